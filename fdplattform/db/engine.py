"""Engine and sessions for SQLite (embedded default) and PostgreSQL (production)."""

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.orm import Session, sessionmaker

#: Execution option of a connection: begin with a write lock (SQLite: BEGIN IMMEDIATE). Must be set before first use.
IMMEDIATE = "fdplattform_immediate"

BUSY_TIMEOUT_MS = 10_000


def make_engine(url: str, **options: Any) -> Engine:
    """An engine for `url`. For SQLite the file's folder is created, and writers queue instead of failing."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return create_engine(parsed, **{"pool_pre_ping": True, "pool_size": 20, "pool_timeout": 5, **options})
    if parsed.database and parsed.database != ":memory:":
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(parsed, **{"connect_args": {"timeout": BUSY_TIMEOUT_MS / 1000}, "pool_size": 20, **options})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(dbapi_connection: sqlite3.Connection, _record: object) -> None:
    # The driver's own transaction handling hides BEGIN; we say it ourselves in _begin_sqlite.
    dbapi_connection.isolation_level = None
    cursor = dbapi_connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
    cursor.execute("PRAGMA journal_mode=WAL")
    # An acknowledged registration must survive a power cut.
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    immediate = connection.get_execution_options().get(IMMEDIATE, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


def session_factory(engine: Engine) -> sessionmaker[Session]:
    """Sessions that do not expire what they loaded: a committed object can still be read."""
    return sessionmaker(engine, expire_on_commit=False)


def begin_immediate(session: Session) -> None:
    """Take the write lock now. Must be the session's first use; on PostgreSQL it changes nothing."""
    session.connection(execution_options={IMMEDIATE: True})
