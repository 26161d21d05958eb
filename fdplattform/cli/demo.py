"""`fdplattform demo`: a fictional municipality to try everything out."""

import click

from fdplattform.cli.support.deployment import Deployment, pass_deployment


@click.command()
@pass_deployment
def command(deployment: Deployment) -> None:
    """Add a fictional municipality, marked as such, with an event in each format; nothing when it is there."""
    add_demo(deployment)


def add_demo(deployment: Deployment) -> None:
    """Add the demo unless it is there."""
    from fdplattform.cli.support.sample import SLUG, exists, make_demo

    with deployment.transaction() as session:
        if exists(session):
            return
        make_demo(session, deployment.registry, deployment.registry.clock())
    click.echo(f"The demo is at {deployment.settings.base_url}/kommunen/{SLUG}")
