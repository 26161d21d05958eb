"""`fdplattform municipalities`: the register of municipalities."""

from pathlib import Path

import click
from translationstring import TranslationString

from fdplattform.cli.support.deployment import Deployment, pass_deployment
from fdplattform.errors import DomainError


@click.group()
def command() -> None:
    """Load the register of municipalities."""


@command.command("import")
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--state", help="Only the municipalities of this state, e.g. Bayern.")
@pass_deployment
def import_(deployment: Deployment, file: Path | None, state: str | None) -> None:
    """Load FILE, or without FILE the register of all of Germany that comes with the program.

    FILE is a GV100AD, which Destatis publishes each month, the workbook “Auszug aus dem Gemeindeverzeichnis” of each
    quarter, or a CSV with the columns of the shipped register.
    Municipalities that are there are brought up to date; what people edited stays as it is. It can be repeated at any
    time.
    """
    from fdplattform.municipalities.loader import import_register
    from fdplattform.municipalities.register import read_register, shipped_register

    try:
        entries = read_register(file, state) if file else shipped_register(state)
    except (DomainError, UnicodeDecodeError) as error:
        message = TranslationString(error.message).interpolate() if isinstance(error, DomainError) else str(error)
        raise click.ClickException(message) from error
    with deployment.transaction() as session:
        result = import_register(session, entries)
    click.echo(
        f"{result.municipalities} municipalities and {result.districts} districts read: "
        f"{result.added} added, {result.updated} updated, {result.unchanged} unchanged."
    )
