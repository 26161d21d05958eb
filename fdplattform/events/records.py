"""The rows of a format's own lists: suggestions, tables, members … kept in the plugin's tables, managed here."""

from typing import Any

import colander
from sqlalchemy import select
from sqlalchemy.orm import Session

from fdplattform.errors import check_version
from fdplattform.events.models import Event
from fdplattform.plugins.format import RecordList


def rows_of(session: Session, event: Event, record_list: RecordList) -> list[dict[str, Any]]:
    """The rows as values by field name, with their `id`, in the list's order."""
    names = field_names(record_list)
    model = record_list.model
    order = [getattr(model, record_list.order_by)] if record_list.order_by is not None else []
    query = select(model).where(model.event_id == event.id).order_by(*order, model.id)
    return [{"id": row.id, **{name: getattr(row, name) for name in names}} for row in session.scalars(query)]


def get_row(session: Session, event: Event, record_list: RecordList, row_id: int) -> Any | None:
    """The row with this id, if it belongs to the event."""
    row = session.get(record_list.model, row_id)
    return row if row is not None and row.event_id == event.id else None


def add_row(session: Session, event: Event, record_list: RecordList, values: dict[str, Any]) -> Any:
    """Add a row."""
    row = record_list.model(event_id=event.id)
    _write(row, record_list, values)
    session.add(row)
    session.flush()
    return row


def edit_row(row: Any, record_list: RecordList, values: dict[str, Any], version: int | None) -> None:
    """Change a row. Raises StaleVersion when the model counts versions and this one is not the present one."""
    if hasattr(row, "version") and version is not None:
        check_version(row, version)
    _write(row, record_list, values)


def field_names(record_list: RecordList) -> list[str]:
    """The fields of a row, in the order of the form."""
    return [node.name for node in record_list.schema().children]


def _write(row: Any, record_list: RecordList, values: dict[str, Any]) -> None:
    for name in field_names(record_list):
        if name in values:
            setattr(row, name, None if values[name] is colander.null else values[name])
