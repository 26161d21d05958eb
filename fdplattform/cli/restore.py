"""`fdplattform restore`: put a backup into the database."""

from pathlib import Path

import click

from fdplattform.cli.support.deployment import Deployment, pass_deployment, prepare_environment


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help="Lose what is in the database now.")
@click.option(
    "--without", multiple=True, metavar="PLUGIN", help="Leave out the data of a plugin that is not installed."
)
@pass_deployment
def command(deployment: Deployment, file: Path, replace: bool, without: tuple[str, ...]) -> None:
    """Put the backup FILE into the database of the ini file. Stop the platform and its workers before.

    What was to be deleted since the backup was written is in it again: retention runs before the port next opens.
    Mail that was waiting then is sent, once more perhaps, with the same Message-ID.
    """
    prepare_environment(deployment.settings)
    from fdplattform.config import configure
    from fdplattform.db import begin_immediate
    from fdplattform.jobs.services import forget_periodic_runs
    from fdplattform.ops.migrations import migration_sets
    from fdplattform.ops.restore import BadBackup, restore_backup

    config = configure(deployment.settings)
    config.commit()
    registry = config.registry
    try:
        rows = restore_backup(registry.engine, file, migration_sets(registry), replace=replace, without=without)
    except BadBackup as error:
        raise click.ClickException(str(error)) from error
    with registry.sessions.begin() as session:
        begin_immediate(session)
        forget_periodic_runs(session)
    registry.engine.dispose()
    click.echo(f"{sum(rows.values())} rows were restored; retention runs before the port next opens")
