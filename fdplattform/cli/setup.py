"""`fdplattform setup`: everything a new deployment needs before it runs, in one step that can be repeated."""

import click

from fdplattform.cli.support.deployment import Deployment, pass_deployment


@click.command()
@click.option("--demo", is_flag=True, help="Add the demo as well.")
@pass_deployment
def command(deployment: Deployment, demo: bool) -> None:
    """Migrate the database, load the municipalities of Baden-Württemberg, print the first admin's link.

    What is there already stays as it is, so a second call takes seconds.
    """
    from fdplattform.cli.db import upgrade_all
    from fdplattform.cli.support.serving import compile_templates

    if not upgrade_all(deployment):
        raise click.exceptions.Exit(1)
    _load_register(deployment)
    if demo:
        from fdplattform.cli.demo import add_demo

        add_demo(deployment)
    # The first start after an installation need not do it then.
    compile_templates(deployment.registry)
    _print_admin_link(deployment)


def _load_register(deployment: Deployment) -> None:
    from sqlalchemy import select

    from fdplattform.municipalities.loader import import_register
    from fdplattform.municipalities.models import Municipality
    from fdplattform.municipalities.register import shipped_register

    with deployment.transaction() as session:
        if session.scalar(select(Municipality.id).where(Municipality.ags.is_not(None)).limit(1)) is None:
            result = import_register(session, shipped_register("Baden-Württemberg"))
            click.echo(f"{result.municipalities} municipalities and {result.districts} districts are loaded.")


def _print_admin_link(deployment: Deployment) -> None:
    from fdplattform.accounts.services import create_first_admin_link

    with deployment.transaction() as session:
        url = create_first_admin_link(session, base_url=deployment.settings.base_url, now=deployment.registry.clock())
    if url is not None:
        click.echo(f"The first admin sets a name and a password here (this link works once): {url}")
