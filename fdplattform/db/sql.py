"""Small gaps between SQLAlchemy and what both engines can do."""

from typing import Any, cast

from sqlalchemy import CursorResult, Delete, Update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session


def insert_for(session: Session, model: type) -> postgresql.Insert | sqlite.Insert:
    """An INSERT into `model`'s table that knows `ON CONFLICT` on the session's engine."""
    postgres = session.get_bind().dialect.name == "postgresql"
    return postgresql.insert(model) if postgres else sqlite.insert(model)


def affected(session: Session, statement: Update | Delete) -> int:
    """Execute an UPDATE or DELETE and return the number of rows it touched."""
    return cast("CursorResult[Any]", session.execute(statement)).rowcount
