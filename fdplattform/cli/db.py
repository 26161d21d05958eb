"""`fdplattform db`: the database's revisions, of the core and of each plugin."""

import click

from fdplattform.cli.support.deployment import Deployment, pass_deployment, prepare_environment


@click.group()
def command() -> None:
    """Bring the database up to date, or look at how it stands."""


@command.command()
@pass_deployment
def upgrade(deployment: Deployment) -> None:
    """Bring the core's and every plugin's tables to the newest revision.

    A plugin whose revision fails is left as it was; the core and the other plugins are upgraded all the same, and the
    exit status is 1.
    """
    if not upgrade_all(deployment):
        raise click.exceptions.Exit(1)


def upgrade_all(deployment: Deployment) -> bool:
    """Upgrade everything. False when a plugin's revisions failed; a failure of the core's is raised."""
    prepare_environment(deployment.settings)
    from fdplattform.config import migrate

    faults = migrate(deployment.settings)
    for name, fault in faults.items():
        click.echo(f"plugin {name}: its revisions failed: {type(fault).__name__}: {fault}", err=True)
    return not faults


@command.command()
@pass_deployment
def status(deployment: Deployment) -> None:
    """Show the current and the newest revision. Exit status 1 when something is behind."""
    from fdplattform.db.migrate import current, head
    from fdplattform.ops.migrations import migration_sets

    behind = False
    with deployment.registry.engine.connect() as connection:
        for migrations in migration_sets(deployment.registry):
            now, newest = current(connection, migrations), head(migrations)
            behind = behind or now != newest
            click.echo(f"{migrations.name}: {now or 'empty'}" + ("" if now == newest else f", newest is {newest}"))
    if behind:
        raise click.exceptions.Exit(1)


@command.command()
@pass_deployment
def check(deployment: Deployment) -> None:
    """Compare the models with the migrated database. Exit status 1 when a revision is missing."""
    from fdplattform.db.migrate import drift
    from fdplattform.ops.migrations import migration_sets

    found = False
    with deployment.registry.engine.connect() as connection:
        for migrations in migration_sets(deployment.registry):
            for difference in drift(connection, migrations):
                found = True
                click.echo(f"{migrations.name}: {difference}")
    if found:
        raise click.exceptions.Exit(1)
    click.echo("models and database agree")


@command.command()
@click.option("--plugin", help="Id of the plugin; without it the core's revision is written.")
@click.option("-m", "--message", required=True, help="What changes, in a few words.")
@pass_deployment
def revision(deployment: Deployment, plugin: str | None, message: str) -> None:
    """Write a new revision from the difference between the models and the database."""
    from fdplattform.db.migrate import write_revision
    from fdplattform.ops.migrations import migration_sets

    wanted = plugin or "core"
    for migrations in migration_sets(deployment.registry):
        if migrations.name == wanted:
            write_revision(deployment.registry.engine, migrations, message)
            click.echo(f"written to {migrations.versions}")
            return
    raise click.ClickException(f"no loaded plugin with tables is called {wanted}")
