"""`fdplattform plugins`: what is installed, what is used, and what is wrong with the rest."""

import json
from dataclasses import replace

import click

from fdplattform.cli.support.deployment import Deployment, pass_deployment


@click.command()
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@pass_deployment
def command(deployment: Deployment, as_json: bool) -> None:
    """List the installed plugins with their state. Exit status 1 when one is quarantined."""
    from fdplattform.plugins.registry import PluginState

    # A fault is to be listed here, not to stop the list.
    deployment.settings = replace(deployment.settings, strict=False)
    plugins = deployment.registry.plugins.all
    if as_json:
        keys = ("id", "version", "state", "reason", "traceback")
        click.echo(json.dumps([{key: getattr(plugin, key) for key in keys} for plugin in plugins], indent=1))
    else:
        for plugin in plugins:
            click.echo(f"{plugin.id} {plugin.version}: {plugin.state.replace('_', ' ')}")
            if plugin.reason:
                click.echo(f"  {plugin.reason}")
            if plugin.traceback:
                click.echo("".join(f"  | {line}\n" for line in plugin.traceback.splitlines()), nl=False)
    if any(plugin.state is PluginState.QUARANTINED for plugin in plugins):
        raise click.exceptions.Exit(1)
