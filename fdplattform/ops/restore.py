"""Put a backup into a database, of whichever engine: wholly or not at all."""

import json
import tarfile
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, MetaData, Table, func, insert, select, text
from sqlalchemy.schema import AddConstraint, DropConstraint

from fdplattform.db.migrate import MigrationSet, upgrade
from fdplattform.ops.backup import FORMAT, VERSION_TABLES, decoder, reflect


class BadBackup(Exception):
    """The file cannot be restored here; the message says why and what to do."""


@dataclass
class _Contents:
    """What a backup says about itself."""

    manifest: dict[str, Any]
    rows: dict[str, int]

    @property
    def tables(self) -> dict[str, list[str]]:
        tables: dict[str, list[str]] = self.manifest["tables"]
        return tables


def restore_backup(
    engine: Engine,
    path: Path,
    histories: Sequence[MigrationSet],
    *,
    replace: bool = False,
    without: Collection[str] = (),
) -> dict[str, int]:
    """Restore `path` and bring it to the newest revisions. Returns the number of rows by table.

    `histories` are the revisions of the core and of the installed plugins; tables of a plugin named in `without` are
    left out. A database with rows in it is refused unless `replace` empties it. Nobody else may use the database
    meanwhile. Raises BadBackup; then nothing was loaded.
    """
    contents = _inspect(path)
    known = {history.name: history for history in histories if history.name not in without}
    _check(contents, known, without)
    _make_empty(engine, replace=replace)
    # In the order of `histories`, the core first: the plugins' tables refer to its tables.
    for name, history in known.items():
        if name in contents.manifest["revisions"]:
            upgrade(engine, history, contents.manifest["revisions"][name])
    _load(engine, path, contents, lambda table: any(history.owns(table) for history in known.values()))
    for history in histories:
        upgrade(engine, history)
    return contents.rows


def _inspect(path: Path) -> _Contents:
    """Read the file once from end to end: a torn one must be found before anything is touched."""
    contents: _Contents | None = None
    ended = False
    try:
        for name, lines in _members(path):
            if name == "manifest.json":
                manifest = json.loads(b"".join(lines()))
                contents = _Contents(manifest, dict.fromkeys(manifest["tables"], 0))
            elif name == "end.json":
                ended = contents is not None and json.loads(b"".join(lines()))["rows"] == contents.rows
            elif contents is not None:
                table = name.split("/")[1]
                contents.rows[table] += sum(1 for _line in lines())
    except (tarfile.TarError, EOFError, OSError, ValueError, KeyError, IndexError) as error:
        raise BadBackup(f"{path} is no complete backup: {error}") from error
    if contents is None or not ended:
        raise BadBackup(f"{path} is no complete backup: its end is missing or does not agree with its contents")
    return contents


def _members(path: Path) -> Iterator[tuple[str, Callable[[], Iterator[bytes]]]]:
    with tarfile.open(path, "r|gz") as archive:
        for member in archive:
            file = archive.extractfile(member)
            if file is not None:
                yield member.name, file.__iter__


def _check(contents: _Contents, known: dict[str, MigrationSet], without: Collection[str]) -> None:
    if contents.manifest["format"] != FORMAT:
        raise BadBackup(f"format {contents.manifest['format']} of the backup is unknown to this version")
    for name in contents.manifest["revisions"]:
        if name not in known and name not in without:
            raise BadBackup(
                f"the backup holds data of the plugin {name}, which is not installed here: "
                f"install it, or leave its data out with --without {name}"
            )


def _make_empty(engine: Engine, *, replace: bool) -> None:
    with engine.begin() as connection:
        metadata = MetaData()
        metadata.reflect(connection)
        full = [
            table.name
            for table in metadata.tables.values()
            if not table.name.startswith(VERSION_TABLES) and connection.scalar(select(func.count()).select_from(table))
        ]
        if full and not replace:
            raise BadBackup(
                f"the database is not empty ({len(full)} tables hold rows): "
                "restore into an empty one, or give --replace to lose what is in it"
            )
        metadata.drop_all(connection)


def _load(engine: Engine, path: Path, contents: _Contents, wanted: Callable[[str], bool]) -> None:
    with engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            # Only outside of a transaction; a new connection has it on again.
            raw: Any = connection.connection.dbapi_connection
            raw.execute("PRAGMA foreign_keys=OFF")
        try:
            with connection.begin():
                metadata = reflect(connection)
                _check_columns(contents, metadata, wanted)
                with _Unbound(connection, metadata):
                    for name, lines in _members(path):
                        table = name.split("/")[1] if name.startswith("tables/") else ""
                        if table and wanted(table):
                            _insert(connection, metadata.tables[table], contents.tables[table], lines())
                _set_sequences(connection, metadata)
        finally:
            connection.invalidate()


def _check_columns(contents: _Contents, metadata: MetaData, wanted: Callable[[str], bool]) -> None:
    for name, columns in contents.tables.items():
        if not wanted(name):
            continue
        if name not in metadata.tables or set(columns) != set(metadata.tables[name].columns.keys()):
            raise BadBackup(f"table {name} of the backup does not fit the revision that the backup names")


def _insert(connection: Connection, table: Table, columns: list[str], lines: Iterator[bytes]) -> None:
    decoders = [decoder(table.columns[name].type) for name in columns]
    rows: list[dict[str, Any]] = []
    size = 0
    for line in lines:
        values = zip(columns, decoders, json.loads(line), strict=True)
        rows.append({name: None if value is None else decode(value) for name, decode, value in values})
        size += len(line)
        if len(rows) >= 500 or size > 1024 * 1024:
            connection.execute(insert(table), rows)
            rows, size = [], 0
    if rows:
        connection.execute(insert(table), rows)


class _Unbound:
    """Tables may be filled in any order inside; at the end every reference is checked."""

    def __init__(self, connection: Connection, metadata: MetaData) -> None:
        self._connection = connection
        self._keys = [key for table in metadata.tables.values() for key in table.foreign_key_constraints]

    def __enter__(self) -> None:
        if self._connection.dialect.name == "postgresql":
            for key in self._keys:
                self._connection.execute(DropConstraint(key))

    def __exit__(self, kind: type[BaseException] | None, *_rest: object) -> None:
        if kind is not None:
            return
        if self._connection.dialect.name == "postgresql":
            for key in self._keys:
                self._connection.execute(AddConstraint(key))
        elif (broken := self._connection.execute(text("PRAGMA foreign_key_check")).first()) is not None:
            raise BadBackup(f"a row of table {broken[0]} refers to nothing")


def _set_sequences(connection: Connection, metadata: MetaData) -> None:
    """PostgreSQL counts ids apart from the rows; SQLite follows them by itself."""
    if connection.dialect.name != "postgresql":
        return
    for table in metadata.tables.values():
        for column in table.primary_key.columns:
            sequence = connection.scalar(select(func.pg_get_serial_sequence(f'"{table.name}"', column.name)))
            if sequence is not None:
                highest = connection.scalar(select(func.max(column)))
                connection.execute(select(func.setval(sequence, highest or 1, highest is not None)))
