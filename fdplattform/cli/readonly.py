"""`fdplattform readonly`: let people read and nobody write, during an upgrade."""

import click

from fdplattform.cli.support.deployment import Deployment, pass_deployment


@click.group()
def command() -> None:
    """Stop and allow changes, for all processes on all hosts at once."""


@command.command()
@pass_deployment
def on(deployment: Deployment) -> None:
    """Refuse every change with a clear page (503) from now on."""
    from fdplattform.security.readonly import switch_on

    with deployment.transaction() as session:
        switch_on(session, deployment.registry.clock())
    click.echo("read-only mode is on")


@command.command()
@pass_deployment
def off(deployment: Deployment) -> None:
    """Allow changes again."""
    from fdplattform.security.readonly import switch_off

    with deployment.transaction() as session:
        switch_off(session)
    click.echo("read-only mode is off")


@command.command()
@pass_deployment
def status(deployment: Deployment) -> None:
    """Say whether read-only mode is on."""
    from fdplattform.security.readonly import is_read_only

    with deployment.registry.sessions() as session:
        click.echo("read-only mode is on" if is_read_only(session) else "read-only mode is off")
