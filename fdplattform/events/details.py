"""The answers to a format's own form: kept in the event, or in the plugin's model with the same field names.

Values go through the schema in both directions, so that dates are dates for guards and templates.
"""

from typing import Any

import colander
from sqlalchemy.orm import Session

from fdplattform.events.models import Event
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
        stored = {name: schema[name].serialize(_or_null(values[name])) for name in names}
        event.details = {**(event.details or {}), **{name: _plain(value) for name, value in stored.items()}}
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


def to_stored(schema: colander.SchemaNode, values: dict[str, Any]) -> dict[str, Any]:
    """`values` as JSON can hold them."""
    return {node.name: _plain(node.serialize(_or_null(values.get(node.name)))) for node in schema.children}


def from_stored(schema: colander.SchemaNode, stored: dict[str, Any]) -> dict[str, Any]:
    """What `to_stored` made, as Python values. An answer that the schema no longer accepts counts as not given."""
    return {node.name: _deserialize(node, stored.get(node.name)) for node in schema.children}


def _deserialize(node: colander.SchemaNode, stored: Any) -> Any:
    if stored is None:
        return None
    try:
        value = node.typ.deserialize(node, stored)
    except colander.Invalid:
        return None
    return None if value is colander.null else value


def _or_null(value: Any) -> Any:
    return colander.null if value is None else value


def _plain(value: Any) -> Any:
    return None if value is colander.null else value
