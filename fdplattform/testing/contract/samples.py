"""Answers to any form, and rows for any table: with umlauts, Arabic, emoji and an apostrophe, as people write."""

from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from itertools import pairwise
from typing import Any

import colander
from sqlalchemy import Column, Date, DateTime, Enum
from webtest.forms import Checkbox, Form

from fdplattform.events.facts import EventFacts
from fdplattform.forms import (
    Choice,
    Choices,
    Email,
    Field,
    Flag,
    LocalDateTime,
    LongText,
    Number,
    Phone,
    Rows,
    Text,
    Time,
    Url,
)
from fdplattform.forms import Date as DateField
from fdplattform.plugins.format import EventFormat

WORDS = "Größe O'Neill سلام 🎉 "

_TYPED = (
    (Email, "mona@example.org"),
    (Phone, "0711 123456"),
    (Url, "https://example.org/a?b=c"),
    (DateField, "2030-05-04"),
    (Time, "18:30"),
    (LocalDateTime, "2030-05-04T18:00"),
    (Flag, "true"),
)


def typed(node: Any, given: Mapping[str, Any]) -> Any:
    """What somebody could type into the field; `given` has the answers for special fields."""
    if node.name in given:
        return given[node.name]
    if isinstance(node, Text):
        text = WORDS * (1 + node.min // len(WORDS)) + (f"\n{WORDS}" if isinstance(node, LongText) else "")
        return text[: node.max].strip()
    if isinstance(node, Number):
        return str(node.min if node.min else min(1, node.max if node.max is not None else 1))
    if isinstance(node, Choices):
        return sorted(node.offered)
    if isinstance(node, Choice):
        return min(node.offered, default="")
    if isinstance(node, Rows):
        return [typed(node.children[0], given)]
    if isinstance(node.typ, colander.Mapping):
        return {child.name: typed(child, given) for child in node.children}
    return next(text for kind, text in _TYPED if isinstance(node, kind))


def answers(schema: Any, given: Mapping[str, Any]) -> dict[str, Any]:
    """Clean answers to every field of the schema."""
    clean: dict[str, Any] = schema.deserialize({node.name: typed(node, given) for node in schema.children})
    return clean


def fill(form: Form, schema: Any, given: Mapping[str, Any], prefix: str = "") -> None:
    """Type into every simple field of a page's form that the schema asks; lists stay as they are."""
    for node in schema.children:
        control = _control(form, prefix + node.name)
        if not isinstance(node, Field) or isinstance(node, Choices) or control is None:
            continue
        if isinstance(control, Checkbox):
            control.checked = True
        else:
            control.value = typed(node, given)


def _control(form: Form, name: str) -> Any:
    """The control for the field; radio buttons have a name of their own, behind a mark that says whose they are."""
    if name in form.fields:
        return form.fields[name][0]
    controls = [control for _name, control in form.field_order]
    marked = (after for mark, after in pairwise(controls) if (mark.name, mark.value) == ("__start__", f"{name}:rename"))
    return next(marked, None)


def row(model: Any, event_id: int, column: str, now: datetime) -> Any:
    """A row of a plugin's table for the event, with something in `column` and in all that must not be NULL."""
    values: dict[str, Any] = {"event_id": event_id}
    for each in model.__table__.columns:
        wanted = each.name == column or not (each.nullable or each.primary_key or each.default or each.server_default)
        if wanted and each.name not in ("event_id", "version"):
            values[each.name] = _cell(each, now)
    return model(**values)


def _cell(column: Column[Any], now: datetime) -> Any:
    if isinstance(column.type, Enum):
        return (list(column.type.enum_class or ()) or column.type.enums)[0]
    kind = column.type.python_type
    if issubclass(kind, datetime) or isinstance(column.type, DateTime):
        return now
    if issubclass(kind, date) or isinstance(column.type, Date):
        return now.date()
    samples: dict[type, Any] = {str: "Mona", bool: True, int: 1, float: 1.0, Decimal: Decimal(1), time: time(18)}
    return samples.get(kind, {} if issubclass(kind, dict) else [])


def empty_facts(format_: EventFormat, state: str, now: datetime) -> EventFacts:
    """The facts about an event of which nothing is known yet."""
    details, settings = format_.data.details, format_.data.settings
    return EventFacts(
        event_id=1,
        state=state,
        entered_at=now,
        postponed=False,
        details={node.name: None for node in details().children} if details else {},
        settings={node.name: _default(node) for node in settings().children} if settings else {},
        population=None,
        federal_state="Baden-Württemberg",
        records={each.id: () for each in format_.data.lists},
        tools={use.tool: {} for use in format_.conduct.tools},
    )


def _default(node: Any) -> Any:
    return None if node.default is colander.null else node.default
