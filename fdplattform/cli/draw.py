"""`fdplattform draw`: draw a panel, publish the record, check it. Needs no deployment and no database."""

import csv
import os
import secrets
from collections.abc import Iterable
from io import StringIO
from pathlib import Path
from typing import Any

import click

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
#: More seats or panels than anybody needs; beyond it the memory ends.
_MOST = 10**6


class _Target(click.Path):
    """A file to be written; whether it can be is known before anything is computed."""

    def __init__(self, *, fresh: bool) -> None:
        """`fresh`: it must not exist yet."""
        super().__init__(dir_okay=False, writable=True, path_type=Path)
        self.fresh = fresh

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        path = Path(os.fsdecode(super().convert(value, param, ctx)))
        if self.fresh and path.exists():
            self.fail(f"{path} gibt es schon. Bitte einen anderen Namen wählen; überschrieben wird nichts.", param, ctx)
        if not os.access(path.parent, os.W_OK | os.X_OK):
            self.fail(f"In den Ordner {path.parent} kann nicht geschrieben werden.", param, ctx)
        return path


_NEW = _Target(fresh=True)
_RENEWED = _Target(fresh=False)


@click.group()
def command() -> None:
    """Draw a panel by lot, fairly and so that anybody can check it."""


@command.command()
@click.option("--features", type=_FILE, required=True, help="CSV with feature,value,min,max.")
@click.option("--respondents", type=_FILE, required=True, help="CSV with id, each feature, haushalt (optional).")
@click.option("--size", type=click.IntRange(1, _MOST), required=True, help="Seats on the panel.")
@click.option("--method", type=click.Choice(["leximin", "random"]), default="leximin", show_default=True)
@click.option(
    "--lottery", type=click.IntRange(1, _MOST), default=1000, show_default=True, help="Panels to choose from."
)
@click.option("--seed", type=click.IntRange(0), help="The same seed gives the same lottery. Default: a secret one.")
@click.option("--record", type=_NEW, required=True, help="Where the sealed record goes (with everybody's attributes).")
@click.option("--public", type=_NEW, help="Where the public record goes.")
@click.option("--panels", type=_NEW, help="Where all panels go as CSV: panel,id.")
@click.option("--time-limit", type=click.FloatRange(0, min_open=True), help="Seconds; then the best lottery so far.")
def panel(
    features: Path,
    respondents: Path,
    size: int,
    method: str,
    lottery: int,
    seed: int | None,
    record: Path,
    public: Path | None,
    panels: Path | None,
    time_limit: float | None,
) -> None:
    """Make a lottery of panels that keep the quotas. Exit status 2 when no panel does."""
    from fdplattform.tools.draw.engine.errors import BadInput, DrawError
    from fdplattform.tools.draw.engine.infeasible import Infeasible
    from fdplattform.tools.draw.engine.lottery import draw
    from fdplattform.tools.draw.engine.reading import read_pool
    from fdplattform.tools.draw.engine.record import make_record, public_version
    from fdplattform.tools.draw.engine.result import Method
    from fdplattform.tools.draw.engine.watch import Watch

    _apart(record, public, panels)
    try:
        pool = read_pool(features, respondents)
        drawn = draw(
            pool,
            size,
            seed=secrets.randbits(128) if seed is None else seed,
            method=Method(method),
            panels=lottery,
            watch=Watch(time_limit),
        )
    except Infeasible as fault:
        click.echo(str(fault), err=True)
        raise click.exceptions.Exit(2) from fault
    except BadInput as fault:
        click.echo(str(fault), err=True)
        raise click.exceptions.Exit(1) from fault
    except DrawError as fault:
        raise click.ClickException(str(fault)) from fault
    sealed = make_record(drawn)
    _write(record, _bytes(sealed), secret=True)
    if public:
        _write(public, _bytes(public_version(sealed)))
    if panels:
        ids = ([number, pool.people[p].id] for number, members in enumerate(drawn.panels, start=1) for p in members)
        _write(panels, _csv([["panel", "id"], *ids]), secret=True)
    _summarize(sealed)


@command.command()
@click.argument("file", type=_FILE)
def verify(file: Path) -> None:
    """Check a record, sealed or public. Exit status 1 when it is wrong, with what and where."""
    from fdplattform.tools.draw.engine.verify import is_sealed, verify

    record = _read(file)
    faults = verify(record)
    for fault in faults:
        click.echo(fault, err=True)
    if faults:
        raise click.exceptions.Exit(1)
    click.echo("Das Protokoll ist in Ordnung." if is_sealed(record) else "Der öffentliche Teil ist in Ordnung.")
    _summarize(record)


@command.command()
@click.argument("file", type=_FILE)
@click.argument("number", type=click.IntRange(1))
@click.option("--public", type=_RENEWED, help="Where the public record goes.")
def number(file: Path, number: int, public: Path | None) -> None:
    """Enter into the sealed record FILE the NUMBER that was drawn by hand."""
    from fdplattform.tools.draw.engine.record import with_number

    record = _sound(file)
    _same_draw(public, record)
    try:
        record = with_number(record, number)
    except ValueError as fault:
        raise click.ClickException(str(fault)) from fault
    _renew(file, public, record)
    register = record["sections"]["register"]["people"]
    for member in record["sections"]["lottery"][number - 1]:
        click.echo(register[member - 1]["id"])


@command.command()
@click.argument("file", type=_FILE)
@click.argument("leaving", nargs=-1, required=True)
@click.option("--public", type=_RENEWED, help="Where the public record goes.")
def replace(file: Path, leaving: tuple[str, ...], public: Path | None) -> None:
    """Replace the people with the ids LEAVING on the drawn panel of the sealed record FILE. Exit status 2 when nobody
    of the reserve fits.

    Who joins follows from the seed in the record: repeating it draws the same people.
    """
    from fdplattform.tools.draw.engine.errors import DrawError
    from fdplattform.tools.draw.engine.infeasible import Infeasible
    from fdplattform.tools.draw.engine.replacement import replace_in

    record = _sound(file)
    _same_draw(public, record)
    try:
        record, joining = replace_in(record, leaving)
    except Infeasible as fault:
        click.echo(str(fault), err=True)
        raise click.exceptions.Exit(2) from fault
    except (DrawError, ValueError) as fault:
        raise click.ClickException(str(fault)) from fault
    _renew(file, public, record)
    for person in joining:
        click.echo(person)


def _sound(file: Path) -> dict[str, Any]:
    """A sealed record that is in order."""
    from fdplattform.tools.draw.engine.verify import is_sealed, verify

    record = _read(file)
    faults = verify(record)
    if not faults and not is_sealed(record):
        faults = ["Dafür wird das versiegelte Protokoll gebraucht, nicht das öffentliche."]
    if faults:
        raise click.ClickException("\n".join(faults))
    return record


def _summarize(record: dict[str, Any]) -> None:
    rules, chances = record["sections"]["rules"], record["sections"]["chances"]
    claims = {
        "exact": "Fairste Auslosung (LEXIMIN), bis auf die Rundung",
        "stopped-early": "Vorzeitig beendet: die beste Auslosung bis dahin, nicht die fairste",
        "random": "Einfache Zufallsauswahl mit Quoten, ohne Ausgleich der Chancen",
    }
    smallest, largest = chances["smallest"] / rules["panels"], chances["largest"] / rules["panels"]
    bound = float(record["sections"]["bound"]["smallest_chance_at_most"])
    click.echo(f"{claims[rules['outcome']]}.")
    click.echo(
        f"{rules['panels']} Gremien mit {rules['size']} Plätzen aus {len(record['sections']['people'])} Personen."
    )
    click.echo(f"Chancen von {smallest:.2%} bis {largest:.2%}; die kleinste kann höchstens {bound:.4%} sein.")
    if rules["outcome"] == "exact":
        click.echo(f"Größte Abweichung durch Rundung: {float(chances['largest_deviation']):.4%}.")
    else:
        click.echo(f"Mehr ist nicht bewiesen; der kleinsten Chance fehlen höchstens {bound - smallest:.4%}.")
    click.echo(f"Prüfsumme vor der Ziehung: {record['commitment']}")


def _apart(*files: Path | None) -> None:
    """Refuse to write two things into one file."""
    named = [file.resolve() for file in files if file]
    if len(set(named)) < len(named):
        raise click.UsageError("Zwei Dateien haben denselben Namen.")


def _same_draw(public: Path | None, record: dict[str, Any]) -> None:
    """Refuse to write the public record over anything but the earlier one of the same draw."""
    from fdplattform.tools.draw.engine.verify import is_sealed

    if public is None or not public.exists():
        return
    earlier = _read(public)
    if earlier.get("commitment") != record["commitment"] or is_sealed(earlier):
        raise click.UsageError(
            f"{public} ist kein öffentliches Protokoll dieser Auslosung; es wird nicht überschrieben."
        )


def _read(file: Path) -> dict[str, Any]:
    from fdplattform.tools.draw.engine.canonical import read_file

    try:
        record = read_file(file.read_bytes())
    except ValueError as fault:
        raise click.ClickException(f"{file.name} lässt sich nicht lesen: {fault}.") from fault
    if not isinstance(record, dict):
        raise click.ClickException(f"{file.name} ist kein Protokoll.")
    return record


def _renew(file: Path, public: Path | None, record: dict[str, Any]) -> None:
    from fdplattform.tools.draw.engine.record import public_version

    _write(file, _bytes(record), secret=True)
    if public:
        _write(public, _bytes(public_version(record)))


def _bytes(record: dict[str, Any]) -> bytes:
    from fdplattform.tools.draw.engine.canonical import file_of

    return file_of(record)


def _csv(rows: Iterable[Iterable[Any]]) -> bytes:
    text = StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode()


def _write(file: Path, content: bytes, *, secret: bool = False) -> None:
    """Write the whole file or nothing; if `secret`, nobody else on the machine can read it."""
    file = file.resolve()
    half = file.with_name(f"{file.name}.{os.getpid()}.neu")
    try:
        half.touch(0o600 if secret else 0o666, exist_ok=False)
        half.write_bytes(content)
        half.replace(file)
    except OSError as fault:
        half.unlink(missing_ok=True)
        raise click.UsageError(f"{file} lässt sich nicht schreiben: {fault.strerror}.") from fault
