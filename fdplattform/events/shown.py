"""How an event's answers are shown, and how machines read the page."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import colander
from markupsafe import Markup
from pyramid.request import Request

from fdplattform.events.details import read_details
from fdplattform.events.facts import load_facts
from fdplattform.events.models import Event
from fdplattform.events.records import rows_of
from fdplattform.events.resources import EventResource
from fdplattform.events.translatable import PREFIX, EventTexts, is_text
from fdplattform.municipalities.resources import MunicipalityResource
from fdplattform.plugins.format import Note
from fdplattform.web.tree import nearest
from fdplattform.workflow import CANCELLED


def answers(request: Request, context: EventResource, *, public_only: bool) -> list[tuple[str, Any]]:
    """The answers to the format's own form, as (question, readable answer)."""
    format_ = context.format
    if format_ is None or format_.data.details is None:
        return []
    values = read_details(request.db, context.event, format_)
    texts = EventTexts(context.event, values)
    return [
        (
            node.title,
            context.texts.get(texts, PREFIX + node.name)
            if is_text(node)
            else readable(request, node, values[node.name]),
        )
        for node in format_.data.details().bind(request=request).children
        if values.get(node.name) not in (None, "", []) and (getattr(node, "public", False) or not public_only)
    ]


def notes(request: Request, context: EventResource) -> Sequence[Note]:
    """What the format says on the event's page, computed from the facts."""
    format_ = context.format
    if format_ is None or format_.output.notes is None:
        return ()
    return format_.output.notes(load_facts(request.db, request.registry, context.event, format_))


def public_lists(request: Request, context: EventResource) -> list[dict[str, Any]]:
    """The format's public lists that have rows: title, columns, and the values of the fields that are public."""
    format_ = context.format
    found = []
    for record_list in format_.data.lists if format_ is not None else ():
        rows = rows_of(request.db, context.event, record_list) if record_list.public else []
        if rows:
            nodes = [n for n in record_list.schema().bind(request=request).children if getattr(n, "public", False)]
            found.append(
                {
                    "title": record_list.title,
                    "columns": [node.title for node in nodes],
                    "rows": [[readable(request, node, row[node.name]) for node in nodes] for row in rows],
                }
            )
    return found


def is_over(event: Event, now: datetime) -> bool:
    """True when the last date has ended: from now on people come to read what came of it."""
    return bool(event.dates) and all(date.ends_at <= now for date in event.dates)


def readable(request: Request, node: colander.SchemaNode, value: Any) -> Any:
    """A value as people read it: the title of a choice, a date in their language, yes or no."""
    if value is None or value == "":
        return ""
    if isinstance(value, list | tuple):
        return request.fmt.list(str(readable(request, node, item)) for item in value)
    titles = dict(getattr(node.widget, "pairs", ()))
    if titles:
        return request.localizer.translate(titles.get(str(value), str(value)))
    if isinstance(value, float):
        return request.fmt.number(value, digits=getattr(node, "decimals", 2))
    return _written(request, value)


def _written(request: Request, value: Any) -> Any:
    if isinstance(value, bool):
        return "✓" if value else "–"
    if isinstance(value, datetime):
        return request.fmt.datetime(value)
    if isinstance(value, date):
        return request.fmt.date(value)
    if isinstance(value, int):
        return request.fmt.number(value)
    return ", ".join(str(item) for item in value.values()) if isinstance(value, Mapping) else value


def structured_data(context: EventResource, request: Request) -> Markup:
    """schema.org Event as JSON-LD, one for each date. Safe inside a script element."""
    host = nearest(context, MunicipalityResource).municipality.name
    found = [_schema_org(context, request, host, number) for number in range(len(context.event.dates))]
    text = json.dumps(found, ensure_ascii=False).replace("<", "\\u003c").replace(">", "\\u003e")
    return Markup(text)  # noqa: S704 - escaped above


def _schema_org(context: EventResource, request: Request, host: str, number: int) -> dict[str, Any]:
    event, day = context.event, context.event.dates[number]
    return {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": context.texts.get(event, "title").value,
        "description": context.texts.get(event, "goal").value,
        "startDate": day.starts_at.isoformat(),
        "endDate": day.ends_at.isoformat(),
        "eventStatus": f"https://schema.org/{_status(event)}",
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "isAccessibleForFree": True,
        "location": {"@type": "Place", "name": day.place, "address": day.address or host},
        "organizer": {"@type": "GovernmentOrganization", "name": host},
        "url": request.resource_url(context),
    } | ({"maximumAttendeeCapacity": day.capacity} if day.capacity else {})


def _status(event: Event) -> str:
    if event.state == CANCELLED:
        return "EventCancelled"
    return "EventPostponed" if event.postponed_at else "EventScheduled"
