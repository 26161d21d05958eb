"""`fdplattform doctor`: what will go wrong, and how to mend it."""

from dataclasses import replace

import click
from pyramid.registry import Registry

from fdplattform.cli.support.deployment import Deployment, pass_deployment
from fdplattform.settings import BadSetting

_SIGNS = {"ok": "ok     ", "warning": "WARNING", "error": "ERROR  "}


@click.command()
@pass_deployment
def command(deployment: Deployment) -> None:
    """Look for what will go wrong and say how to mend it. Exit status 1 when something does not work."""
    from fdplattform.ops.doctor import Finding, Level, error, examine

    def show(name: str, finding: Finding) -> None:
        click.echo(f"{_SIGNS[finding.level]} {name}: {finding.message}")
        if finding.mend:
            click.echo(f"        → {finding.mend}")

    try:
        registry = _registry(deployment)
    except (BadSetting, OSError) as fault:
        show("settings", error(str(fault), f"correct {deployment.ini}; production.ini is an example with explanations"))
        raise click.exceptions.Exit(1) from fault
    bad = False
    for name, finding in examine(registry):
        show(name, finding)
        bad = bad or finding.level is Level.ERROR
    if bad:
        raise click.exceptions.Exit(1)
    click.echo("nothing stands in the way")


def _registry(deployment: Deployment) -> Registry:
    """The application's registry; a plugin's fault must not keep the doctor from looking."""
    deployment.settings = replace(deployment.read_settings(), strict=False)
    return deployment.registry
