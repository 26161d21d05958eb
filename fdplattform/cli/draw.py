"""`fdplattform draw`: draw a panel, publish the record, check it. Needs no deployment and no database."""

import csv
import json
import secrets
from pathlib import Path
from typing import Any

import click

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_NEW = click.Path(dir_okay=False, path_type=Path)


@click.group()
def command() -> None:
    """Draw a panel by lot, fairly and so that anybody can check it."""


@command.command()
@click.option("--features", type=_FILE, required=True, help="CSV with feature,value,min,max.")
@click.option("--respondents", type=_FILE, required=True, help="CSV with id, each feature, haushalt (optional).")
@click.option("--size", type=click.IntRange(1), required=True, help="Seats on the panel.")
@click.option("--method", type=click.Choice(["leximin", "random"]), default="leximin", show_default=True)
@click.option("--lottery", type=click.IntRange(1), default=1000, show_default=True, help="Panels to choose from.")
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
    from fdplattform.tools.draw.engine.lottery import Method, draw
    from fdplattform.tools.draw.engine.reading import read_pool
    from fdplattform.tools.draw.engine.record import make_record, public_version
    from fdplattform.tools.draw.engine.watch import Watch

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
    _write(record, sealed)
    if public:
        _write(public, public_version(sealed))
    if panels:
        with panels.open("w", encoding="utf-8", newline="") as stream:
            rows = csv.writer(stream, lineterminator="\n")
            rows.writerow(["panel", "id"])
            rows.writerows(
                [number, pool.people[person].id]
                for number, members in enumerate(drawn.panels, start=1)
                for person in members
            )
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
@click.option("--public", type=_NEW, help="Where the public record goes.")
def number(file: Path, number: int, public: Path | None) -> None:
    """Enter into the sealed record FILE the NUMBER that was drawn by hand."""
    from fdplattform.tools.draw.engine.record import public_version, with_number

    record = _sound(file)
    try:
        record = with_number(record, number)
    except ValueError as fault:
        raise click.ClickException(str(fault)) from fault
    _write(file, record)
    if public:
        _write(public, public_version(record))
    register = record["sections"]["register"]["people"]
    for member in record["sections"]["lottery"][number - 1]:
        click.echo(register[member - 1]["id"])


@command.command()
@click.argument("file", type=_FILE)
@click.argument("leaving", nargs=-1, required=True)
@click.option("--seed", type=click.IntRange(0), help="The same seed draws the same people. Default: a secret one.")
@click.option("--public", type=_NEW, help="Where the public record goes.")
def replace(file: Path, leaving: tuple[str, ...], seed: int | None, public: Path | None) -> None:
    """Replace the people with the ids LEAVING on the drawn panel of the sealed record FILE."""
    from fdplattform.tools.draw.engine.errors import DrawError
    from fdplattform.tools.draw.engine.record import public_version
    from fdplattform.tools.draw.engine.replacement import replace_in

    record = _sound(file)
    try:
        record, joining = replace_in(record, leaving, secrets.randbits(128) if seed is None else seed)
    except (DrawError, ValueError) as fault:
        click.echo(str(fault), err=True)
        raise click.exceptions.Exit(2) from fault
    _write(file, record)
    if public:
        _write(public, public_version(record))
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
    click.echo(f"Größte Abweichung durch Rundung: {float(chances['largest_deviation']):.4%}.")
    click.echo(f"Prüfsumme vor der Ziehung: {record['commitment']}")


def _read(file: Path) -> dict[str, Any]:
    try:
        record = json.loads(file.read_bytes())
    except ValueError as fault:
        raise click.ClickException(f"{file.name} ist kein JSON: {fault}") from fault
    if not isinstance(record, dict):
        raise click.ClickException(f"{file.name} ist kein Protokoll.")
    return record


def _write(file: Path, record: dict[str, Any]) -> None:
    from fdplattform.tools.draw.engine.canonical import canonical

    file.write_bytes(canonical(record) + b"\n")
