"""Ground floor: engine, session, base types and migrations. Knows SQLAlchemy and nothing of the project."""

from fdplattform.db.base import NAMING_CONVENTION, Base, PluginBase, UtcDateTime, Versioned, plugin_metadata, utcnow
from fdplattform.db.engine import (
    IMMEDIATE,
    begin_immediate,
    lock_on_write,
    make_engine,
    session_factory,
    single_statements,
)

__all__ = [
    "IMMEDIATE",
    "NAMING_CONVENTION",
    "Base",
    "PluginBase",
    "UtcDateTime",
    "Versioned",
    "begin_immediate",
    "lock_on_write",
    "make_engine",
    "plugin_metadata",
    "session_factory",
    "single_statements",
    "utcnow",
]
