"""`fdplattform start`: from nothing to a running platform, for one's own machine and for small deployments."""

import click

from fdplattform.cli import main
from fdplattform.cli.db import upgrade_all
from fdplattform.cli.run import serve_deployment
from fdplattform.cli.support.deployment import Deployment, pass_deployment


@click.command()
@click.option("--host", envvar="HOST", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", envvar="PORT", default=6543, show_default=True, help="Port to listen on (environment: PORT).")
@click.option("--demo", is_flag=True, help="Add a fictional municipality with a dialogue, once.")
@click.pass_context
@pass_deployment
def command(deployment: Deployment, ctx: click.Context, host: str, port: int, demo: bool) -> None:
    """Bring the database up to date, load the register of municipalities, serve, with a worker beside.

    As long as nobody has administrator's rights, it prints a link with which the first admin sets a password.
    """
    deployment.set_up_logging()
    deployment.answer_on(port)
    upgrade_all(deployment)
    if _is_empty(deployment):
        _call(ctx, "municipalities", "import")
    if demo:
        _call(ctx, "demo")
    _greet(deployment)
    serve_deployment(deployment, host, port, with_worker=True)


def _call(ctx: click.Context, name: str, *words: str) -> None:
    """Run another command of ours, as if somebody had typed it."""
    found = main.get_command(ctx, name)
    if found is None:
        raise click.ClickException(f"there is no command {name}")
    with found.make_context(name, [*words], parent=ctx.parent) as context:
        found.invoke(context)


def _is_empty(deployment: Deployment) -> bool:
    from sqlalchemy import select

    from fdplattform.municipalities.models import Municipality

    with deployment.registry.sessions() as session:
        return session.scalar(select(Municipality.id).limit(1)) is None


def _greet(deployment: Deployment) -> None:
    from fdplattform.accounts.services.access_links import create_first_admin_link

    with deployment.transaction() as session:
        link = create_first_admin_link(session, base_url=deployment.settings.base_url, now=deployment.registry.clock())
    if link:
        click.echo(f"Set the first admin's password here (the link works once):\n  {link}")
