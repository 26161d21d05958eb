"""Small gaps between SQLAlchemy and what both engines can do."""

from typing import Any, cast

from sqlalchemy import BindParameter, CursorResult, Delete, Update, bindparam
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import InstrumentedAttribute, Session


def insert_for(session: Session, model: type) -> postgresql.Insert | sqlite.Insert:
    """An INSERT into `model`'s table that knows `ON CONFLICT` on the session's engine."""
    return insert_on(session.get_bind().dialect.name, model)


def insert_on(dialect: str, model: type) -> postgresql.Insert | sqlite.Insert:
    """The same where no session is at hand."""
    return postgresql.insert(model) if dialect == "postgresql" else sqlite.insert(model)


def affected(session: Session, statement: Update | Delete) -> int:
    """Execute an UPDATE or DELETE and return the number of rows it touched."""
    return cast("CursorResult[Any]", session.execute(statement)).rowcount


def constant(column: InstrumentedAttribute[Any], value: Any) -> BindParameter[Any]:
    """A value of the code, never of a person, written into the statement: PostgreSQL, which soon plans a statement once
    for all values, then knows how many rows it means. A list is for `in_`."""
    many = isinstance(value, list)
    return bindparam(None, value, type_=column.type, unique=True, expanding=many, literal_execute=True)
