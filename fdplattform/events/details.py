"""The answers to a format's own form: kept in the event, or in the plugin's model with the same field names.

Dates are dates for guards and templates, and ISO text in the database.
"""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

import colander
from sqlalchemy.orm import Session

from fdplattform.events.models import Event
from fdplattform.forms.types import Moment
from fdplattform.plugins.format import EventFormat
from fdplattform.plugins.offers import settings_of


def read_details(session: Session, event: Event, format_: EventFormat) -> dict[str, Any]:
    """The event's answers, deserialized; a field without an answer is None."""
    if format_.data.details is None:
        return {}
    schema = format_.data.details()
    if format_.data.model is None:
        return from_stored(schema, event.details or {})
    row = session.get(format_.data.model, event.id)
    return {node.name: getattr(row, node.name, None) for node in schema.children}


def write_details(session: Session, event: Event, format_: EventFormat, values: dict[str, Any]) -> None:
    """Change the answers that `values` names; others stay as they are. Adds to the event's version."""
    if format_.data.details is None or not values:
        return
    schema = format_.data.details()
    names = {node.name for node in schema.children} & values.keys()
    if format_.data.model is None:
        event.details = {**(event.details or {}), **{name: _to_json(values[name]) for name in names}}
        return
    row = session.get(format_.data.model, event.id)
    if row is None:
        row = format_.data.model(event_id=event.id)
        session.add(row)
    for name in names:
        value = values[name]
        setattr(row, name, None if value is colander.null else value)


def read_settings(session: Session, municipality_id: int, format_: EventFormat) -> dict[str, Any]:
    """The municipality's settings for the format; what it did not set has the schema's default."""
    if format_.data.settings is None:
        return {}
    schema = format_.data.settings()
    defaults = {node.name: node.default for node in schema.children if node.default is not colander.null}
    stored = from_stored(schema, settings_of(session, municipality_id, format_.id))
    return {**stored, **{name: value for name, value in defaults.items() if stored[name] is None}}


def to_stored(schema: colander.SchemaNode, values: Mapping[str, Any]) -> dict[str, Any]:
    """`values` as JSON can hold them."""
    return {node.name: _to_json(values.get(node.name)) for node in schema.children}


def from_stored(schema: colander.SchemaNode, stored: Mapping[str, Any]) -> dict[str, Any]:
    """What `to_stored` made, as Python values; a field without an answer is None."""
    return {node.name: _from_json(node, stored.get(node.name)) for node in schema.children}


def _to_json(value: Any) -> Any:
    if value is colander.null:
        return None
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {name: _to_json(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_to_json(item) for item in value]
    return value


def _from_json(node: colander.SchemaNode, stored: Any) -> Any:
    if stored is None:
        return None
    for kind, read in _READERS:
        if isinstance(node.typ, kind):
            return read(stored)
    if isinstance(node.typ, colander.Sequence):
        return [_from_json(node.children[0], item) for item in stored]
    if isinstance(node.typ, colander.Mapping):
        return from_stored(node, stored)
    return stored


#: How the values that JSON does not know are read back. Moment before Date: each is tried in turn.
_READERS = (
    (Moment, datetime.fromisoformat),
    (colander.Date, date.fromisoformat),
    (colander.Time, time.fromisoformat),
)
