"""`fdplattform new-format`: a new plugin, whose tests pass, to change into one's own."""

import keyword
import re
import string
from importlib.resources import files
from pathlib import Path

import click

from fdplattform import __version__
from fdplattform.plugins.loader import API_VERSION, installed

_NAME = re.compile(r"[a-z][a-z0-9_]{1,29}")
_SUFFIX = ".tmpl"


class _Template(string.Template):
    # Neither Python nor translations use this character: `@` and `$` have their own meaning there.
    delimiter = "§"


@click.command()
@click.argument("name")
@click.option("--title", help="What people call the format; without it, made from NAME.")
@click.option(
    "--dir",
    "parent",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(),
    help="Where the new folder is made.",
)
def command(name: str, title: str | None, parent: Path) -> None:
    """Write a new event format called NAME: a distribution of its own, with tests that pass."""
    _check(name, parent / name)
    values = {
        "name": name,
        "distribution": name.replace("_", "-"),
        "title": (title or name.replace("_", " ").capitalize()).replace('"', "'"),
        "core": __version__,
        "major": API_VERSION[0],
        "minor": API_VERSION[1],
    }
    for path, text in _files(values):
        target = parent / name / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    click.echo(f"written to {parent / name}; next:\n  cd {parent / name}\n  pip install -e '.[testing]'\n  pytest")


def _check(name: str, target: Path) -> None:
    if not _NAME.fullmatch(name) or keyword.iskeyword(name):
        raise click.ClickException(
            f"{name!r} cannot be the name of a format: 2 to 30 lower-case ASCII letters, digits and _, a letter first"
        )
    if name in {point.name for point in installed()}:
        raise click.ClickException(f"a plugin called {name} is installed already")
    if target.exists():
        raise click.ClickException(f"{target} exists already")


def _files(values: dict[str, object]) -> list[tuple[Path, str]]:
    """(path, text) of each file of the new plugin."""
    folder = Path(str(files("fdplattform.plugins"))) / "scaffold"
    return [
        (
            Path(str(path.relative_to(folder)).removesuffix(_SUFFIX).replace("NAME", str(values["name"]))),
            _Template(path.read_text(encoding="utf-8")).substitute(values),
        )
        for path in sorted(folder.rglob(f"*{_SUFFIX}"))
    ]
