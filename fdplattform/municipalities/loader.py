"""The register into the database: all at once, again and again, without touching what people edited."""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import Connection, Table, bindparam, insert, select, update
from sqlalchemy.orm import Session

from fdplattform.municipalities.models import Municipality, MunicipalityKind
from fdplattform.municipalities.register import CITY_DISTRICTS, RegisterEntry
from fdplattform.web.slugs import RESERVED, fold, free_slug, slugify

_TABLE = cast(Table, Municipality.__table__)
_REGISTER_COLUMNS = tuple(RegisterEntry.__dataclass_fields__)


@dataclass(frozen=True, kw_only=True)
class ImportResult:
    """What an import did, in numbers of rows."""

    added: int
    updated: int
    unchanged: int
    municipalities: int
    #: Rural districts and city districts (Stadtkreise); the latter are also counted as municipalities.
    districts: int


def import_register(session: Session, entries: Collection[RegisterEntry]) -> ImportResult:
    """Add what is new and bring the register's columns of the rest up to date, by AGS.

    Slugs, contacts, colours and everything else that people edit stay as they are; so does `version`, because the
    edit form does not show the register's columns. What a file does not say, e.g. coordinates, stays as well.
    """
    connection = session.connection()
    existing = _existing(connection)
    new = [entry for entry in entries if entry.ags not in existing]
    changed = [
        {**known, **said, "key": known["id"]}
        for known, said in ((existing[entry.ags], _said(entry)) for entry in entries if entry.ags in existing)
        if said.items() - known.items()
    ]
    if new:
        connection.execute(insert(_TABLE), list(_new_rows(connection, new)))
    if changed:
        statement = update(_TABLE).where(_TABLE.c.id == bindparam("key"))
        connection.execute(statement.values({name: bindparam(name) for name in _columns_of_update()}), changed)
    return ImportResult(
        added=len(new),
        updated=len(changed),
        unchanged=len(entries) - len(new) - len(changed),
        municipalities=sum(entry.kind is MunicipalityKind.GEMEINDE for entry in entries),
        districts=sum(entry.kind is MunicipalityKind.LANDKREIS or entry.type in CITY_DISTRICTS for entry in entries),
    )


def _columns_of_update() -> tuple[str, ...]:
    return (*_REGISTER_COLUMNS, "search_name")


def _columns(entry: RegisterEntry) -> dict[str, Any]:
    return {**entry.columns(), "search_name": fold(entry.name)}


def _said(entry: RegisterEntry) -> dict[str, Any]:
    return {name: value for name, value in _columns(entry).items() if value is not None}


def _existing(connection: Connection) -> dict[str, dict[str, Any]]:
    columns = [_TABLE.c[name] for name in ("id", *_columns_of_update())]
    rows = connection.execute(select(*columns).where(_TABLE.c.ags.is_not(None))).mappings()
    return {row["ags"]: dict(row) for row in rows}


def _new_rows(connection: Connection, new: list[RegisterEntry]) -> Iterator[dict[str, Any]]:
    known = connection.execute(select(_TABLE.c.slug, _TABLE.c.name)).all()
    taken = {row.slug for row in known}
    names = Counter(slugify(row.name) for row in known)
    names.update(slugify(entry.name) for entry in new)
    for entry in new:
        slug = choose_slug(entry, taken, repeated=names[slugify(entry.name)] > 1)
        taken.add(slug)
        yield {**_columns(entry), "slug": slug, "fictional": False, "active": False, "language": "de", "version": 1}


def choose_slug(entry: RegisterEntry, taken: Collection[str], *, repeated: bool) -> str:
    """The short name; with the Kreis where the name repeats; with the AGS where even that does."""
    plain = slugify(entry.name)
    with_district = slugify(f"{entry.name} {entry.district or entry.state}")
    for slug in (with_district,) if repeated else (plain, with_district):
        if slug and slug not in taken and slug not in RESERVED:
            return slug
    return free_slug(f"{entry.name} {entry.ags}", taken, fallback=entry.ags)
