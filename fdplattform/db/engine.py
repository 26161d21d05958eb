"""Engine and sessions for SQLite (embedded default) and PostgreSQL (production)."""

import sqlite3
import time
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, ExecutionContext, create_engine, event, make_url
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import ConnectionPoolEntry

#: Execution option of a connection: begin with a write lock (SQLite: BEGIN IMMEDIATE). Must be set before first use.
IMMEDIATE = "fdplattform_immediate"

#: Execution option of a connection: no transaction until something is locked or written. Must be set before first use.
ON_WRITE = "fdplattform_on_write"

BUSY_TIMEOUT_MS = 10_000

#: Seconds after which an idle connection to PostgreSQL is asked whether it is still alive.
REST = 1.0
_USED_AT = "fdplattform_used_at"


def make_engine(url: str, **options: Any) -> Engine:
    """An engine for `url`. For SQLite the file's folder is created, and writers queue instead of failing."""
    parsed = make_url(url)
    # Errors end up in logs and in the outbox; what was to be stored may be residents' names.
    options = {"hide_parameters": True, **options}
    if parsed.get_backend_name() != "sqlite":
        engine = create_engine(parsed, **{"pool_size": 20, "pool_timeout": 5, **options})
        event.listen(engine, "checkin", _note_use)
        event.listen(engine, "checkout", _ping_after_rest)
        return engine
    if parsed.database and parsed.database != ":memory:":
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(parsed, **{"connect_args": {"timeout": BUSY_TIMEOUT_MS / 1000}, "pool_size": 20, **options})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    event.listen(engine, "before_cursor_execute", _begin_before_writing)
    return engine


def _note_use(_dbapi_connection: Any, record: ConnectionPoolEntry) -> None:
    record.info[_USED_AT] = time.monotonic()


def _ping_after_rest(dbapi_connection: Any, record: ConnectionPoolEntry, _proxy: object) -> None:
    """Ask whether the server is still there, but not a connection that has just been used: a page uses several."""
    used_at = record.info.get(_USED_AT)
    if used_at is None or time.monotonic() - used_at < REST:
        return
    try:
        with dbapi_connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        dbapi_connection.rollback()
    except dbapi_connection.Error as error:
        # The pool throws all its old connections away and opens a new one.
        raise InvalidatePoolError from error


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
    options = connection.get_execution_options()
    if not options.get(ON_WRITE):
        connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get(IMMEDIATE) else "BEGIN")


def _begin_before_writing(
    connection: Connection,
    cursor: sqlite3.Cursor,
    statement: str,
    _parameters: object,
    context: ExecutionContext | None,
    _executemany: bool,
) -> None:
    if not connection.get_execution_options().get(ON_WRITE) or cursor.connection.in_transaction:
        return
    # SQLite knows no FOR UPDATE and its compiler leaves it out, so the statement itself is asked.
    compiled = getattr(context, "compiled", None)
    locks = getattr(getattr(compiled, "statement", None), "_for_update_arg", None) is not None
    if locks or not statement.lstrip().startswith("SELECT"):
        cursor.execute("BEGIN IMMEDIATE")


def session_factory(engine: Engine) -> sessionmaker[Session]:
    """Sessions that do not expire what they loaded: a committed object can still be read."""
    return sessionmaker(engine, expire_on_commit=False)


def begin_immediate(session: Session) -> None:
    """Take the write lock now. Must be the session's first use; on PostgreSQL it changes nothing."""
    session.connection(execution_options={IMMEDIATE: True})


def lock_on_write(session: Session) -> None:
    """Read as PostgreSQL does, each statement for itself, and take SQLite's write lock with the first statement that
    locks or writes. Must be the session's first use; on PostgreSQL it changes nothing.

    What was read before is as old as it would be on PostgreSQL: whoever decides by it locks the row and reads again.
    """
    session.connection(execution_options={ON_WRITE: True})


def single_statements(engine: Engine) -> Engine:
    """The same database for statements that stand alone: PostgreSQL is spared a BEGIN and a COMMIT around each of them.

    Nothing can be rolled back there. SQLite has no way to the server to spare, and begins as always.
    """
    return engine if engine.dialect.name == "sqlite" else engine.execution_options(isolation_level="AUTOCOMMIT")
