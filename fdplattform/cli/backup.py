"""`fdplattform backup`: the whole database in one file."""

from pathlib import Path

import click

from fdplattform.cli.support.deployment import Deployment, pass_deployment


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@pass_deployment
def command(deployment: Deployment, file: Path) -> None:
    """Write the whole database to FILE (.tar.gz) while the platform runs.

    The file fits SQLite and PostgreSQL alike. It holds personal data: keep it as safe as the database itself.
    """
    from fdplattform.db import make_engine, utcnow
    from fdplattform.ops.backup import write_backup

    engine = make_engine(deployment.settings.database_url)
    try:
        rows = write_backup(engine, file, utcnow())
    except OSError as error:
        raise click.ClickException(f"{file} cannot be written: {error.strerror}") from error
    finally:
        engine.dispose()
    click.echo(f"{sum(rows.values())} rows of {len(rows)} tables are in {file} ({file.stat().st_size // 1024} KB)")
