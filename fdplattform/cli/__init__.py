"""The command line: `fdplattform COMMAND`.

Each command is a module here, named as the command, with a click command called `command`; helpers live in `support`.
A module is imported only when its command is called: `fdplattform --help` is quick, and a fault in one command leaves
the others alone.
"""

import importlib
import pkgutil
from typing import Any

import click
from sqlalchemy.exc import DBAPIError

from fdplattform import __version__
from fdplattform.cli.support.deployment import Deployment


class Commands(click.Group):
    """The commands found in this package."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        names = (module.name for module in pkgutil.iter_modules(__path__) if not module.ispkg)
        return sorted(name.replace("_", "-") for name in names if not name.startswith("_"))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        module: Any = importlib.import_module(f"{__name__}.{cmd_name.replace('-', '_')}")
        command: click.Command = module.command
        return command

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except DBAPIError as error:
            raise click.ClickException(
                f"the database says: {error.orig}\n`fdplattform doctor` looks for the reason."
            ) from error


@click.group(cls=Commands)
@click.option(
    "-c",
    "--config",
    "ini",
    envvar="FDPLATTFORM_INI",
    default="development.ini",
    show_default=True,
    help="The deployment's ini file (environment: FDPLATTFORM_INI).",
)
@click.version_option(__version__, prog_name="fdplattform")
@click.pass_context
def main(ctx: click.Context, ini: str) -> None:
    """Run and look after a deployment of fdplattform."""
    ctx.obj = Deployment(ini)
