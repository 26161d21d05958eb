"""A backup of the whole database in one portable file, the same for SQLite and PostgreSQL.

A gzipped tar: `manifest.json` (format, revisions, tables with their columns), then each table in pieces of a few
megabytes, one JSON list per row, then `end.json` with the number of rows. Only a file with its end is a backup. Tables
of plugins that are no longer installed are in it, too.
"""

import base64
import io
import json
import os
import tarfile
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import (
    JSON,
    Connection,
    Date,
    DateTime,
    Engine,
    Float,
    LargeBinary,
    MetaData,
    Numeric,
    Table,
    Time,
    Uuid,
    select,
    text,
)
from sqlalchemy.types import TypeEngine

from fdplattform import __version__
from fdplattform.db import UtcDateTime

FORMAT = 1
#: Size in bytes at which a piece of a table is closed. Neither side ever holds much more in memory.
PIECE = 4 * 1024 * 1024
VERSION_TABLES = "alembic_version_"


def write_backup(engine: Engine, path: Path, now: datetime) -> dict[str, int]:
    """Write a backup of one moment to `path` while the platform runs. Returns the number of rows by table.

    The file appears under its name only when it is complete, and only its owner reads it: it is full of personal data.
    Raises OSError when it cannot be written.
    """
    unfinished = path.with_name(f"{path.name}.part")
    unfinished.unlink(missing_ok=True)
    try:
        with (
            engine.connect() as connection,
            open(unfinished, "wb", opener=_for_the_owner) as file,
            tarfile.open(fileobj=file, mode="w:gz", compresslevel=6) as archive,
        ):
            _freeze(connection)
            rows = _write(connection, archive, now)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
    return rows


def _for_the_owner(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def reflect(connection: Connection) -> MetaData:
    """The tables as the database has them, with column types that mean the same on every engine."""
    metadata = MetaData()
    metadata.reflect(connection)
    for table in metadata.tables.values():
        for column in table.columns:
            if isinstance(column.type, DateTime):
                column.type = UtcDateTime()
            elif isinstance(column.type, JSON):
                column.type = JSON(none_as_null=True)
    return metadata


def revisions(connection: Connection, metadata: MetaData) -> dict[str, str]:
    """The revision of the core and of each plugin that ever had tables here."""
    found = {}
    for table in metadata.tables.values():
        if table.name.startswith(VERSION_TABLES):
            number = connection.scalar(select(table.c.version_num))
            if number is not None:
                found[table.name.removeprefix(VERSION_TABLES)] = str(number)
    return found


def _freeze(connection: Connection) -> None:
    """All that follows sees the database as it is at one moment. (SQLite's readers always do.)"""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"))


def _write(connection: Connection, archive: tarfile.TarFile, now: datetime) -> dict[str, int]:
    metadata = reflect(connection)
    tables = {name: table for name, table in metadata.tables.items() if not name.startswith(VERSION_TABLES)}
    manifest = {
        "format": FORMAT,
        "version": __version__,
        "written_at": now.isoformat(),
        "revisions": revisions(connection, metadata),
        "tables": {name: [column.name for column in table.columns] for name, table in sorted(tables.items())},
    }
    _add(archive, "manifest.json", json.dumps(manifest, indent=1).encode(), now)
    rows = {}
    for name, table in sorted(tables.items()):
        rows[name] = 0
        for number, (count, piece) in enumerate(_pieces(connection, table)):
            _add(archive, f"tables/{name}/{number:06}.jsonl", piece, now)
            rows[name] += count
    _add(archive, "end.json", json.dumps({"rows": rows}).encode(), now)
    return rows


def _pieces(connection: Connection, table: Table) -> Iterator[tuple[int, bytes]]:
    piece, count = io.BytesIO(), 0
    with connection.execution_options(yield_per=20).execute(select(table)) as result:
        for row in result:
            line = json.dumps([encode(value) for value in row], ensure_ascii=False, separators=(",", ":"))
            piece.write(line.encode() + b"\n")
            count += 1
            if piece.tell() >= PIECE:
                yield count, piece.getvalue()
                piece, count = io.BytesIO(), 0
    if count:
        yield count, piece.getvalue()


def _add(archive: tarfile.TarFile, name: str, content: bytes, now: datetime) -> None:
    member = tarfile.TarInfo(name)
    member.size = len(content)
    member.mtime = int(now.timestamp())
    archive.addfile(member, io.BytesIO(content))


def encode(value: Any) -> Any:
    """A column's value as JSON. Raises TypeError for a type that not every engine has."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(value).decode()
    if isinstance(value, Decimal | UUID):
        return str(value)
    if value is None or isinstance(value, str | int | float | bool | dict | list):
        return value
    raise TypeError(f"values of type {type(value).__name__} cannot be backed up")


def decoder(column_type: TypeEngine[Any]) -> Callable[[Any], Any]:
    """What makes a value of a column of `column_type` from its JSON (never None)."""
    for kind, decode in _DECODERS:
        if isinstance(column_type, kind):
            return decode
    return lambda value: value


_DECODERS: tuple[tuple[type[TypeEngine[Any]], Callable[[Any], Any]], ...] = (
    (UtcDateTime, datetime.fromisoformat),
    (Date, date.fromisoformat),
    (Time, time.fromisoformat),
    (LargeBinary, base64.b64decode),
    (Float, float),
    (Numeric, Decimal),
    (Uuid, UUID),
)
