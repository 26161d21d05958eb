"""What an unexpected exception means for the person who waits: our mistake, no database, or a full disk."""

import errno
import sqlite3
from enum import StrEnum
from types import TracebackType

from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

#: PostgreSQL's error class 53 is "insufficient resources"; 53100 is a full disk (manual, appendix A).
POSTGRESQL_DISK_FULL = "53100"
#: The low byte of SQLite's extended result codes is the primary code; 1 is "SQL error" (sqlite.org/rescode.html).
SQLITE_PRIMARY = 0xFF
SQLITE_ERROR = 1


class Fault(StrEnum):
    """The kinds of faults that people are told apart."""

    BUG = "bug"
    DATABASE_GONE = "database gone"
    DISK_FULL = "disk full"


def fault_of(error: BaseException) -> Fault:
    """What kind of fault `error` is, or what it was caused by."""
    cause: BaseException | None = error
    while cause is not None:
        fault = _fault(cause)
        if fault is not Fault.BUG:
            return fault
        cause = cause.__cause__
    return Fault.BUG


def _fault(error: BaseException) -> Fault:
    if isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return Fault.DISK_FULL
    if isinstance(error, PoolTimeout):
        return Fault.DATABASE_GONE
    if not isinstance(error, DBAPIError):
        return Fault.BUG
    if isinstance(error.orig, sqlite3.Error):
        return _sqlite_fault(error.orig)
    if getattr(error.orig, "sqlstate", None) == POSTGRESQL_DISK_FULL:
        return Fault.DISK_FULL
    gone = error.connection_invalidated or isinstance(error, OperationalError)
    return Fault.DATABASE_GONE if gone else Fault.BUG


def _sqlite_fault(error: sqlite3.Error) -> Fault:
    code = getattr(error, "sqlite_errorcode", SQLITE_ERROR) & SQLITE_PRIMARY
    if code == sqlite3.SQLITE_FULL:
        return Fault.DISK_FULL
    gone = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR}
    return Fault.DATABASE_GONE if code in gone | {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_NOTADB} else Fault.BUG


def is_undecodable(error: UnicodeDecodeError) -> bool:
    """True when it was the request that could not be decoded, False when it was our own data."""
    trace: TracebackType | None = error.__traceback__
    modules = []
    while trace is not None:
        modules.append(str(trace.tb_frame.f_globals.get("__name__", "")).partition(".")[0])
        trace = trace.tb_next
    # The request's parts are decoded by WebOb, its path by Pyramid's traverser.
    return "webob" in modules or type(error) is not UnicodeDecodeError
