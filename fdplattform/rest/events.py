"""Events for machines: when and where, how many seats are left, and where to register."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from pyramid.request import Request
from sqlalchemy import ColumnElement, Select, func, nulls_last, select
from sqlalchemy.orm import contains_eager, selectinload

from fdplattform.dialogues.models import Dialogue
from fdplattform.dialogues.resources import dialogue_resource
from fdplattform.events.listing import everybody_sees
from fdplattform.events.models import Event, EventDate
from fdplattform.events.resources import EventResource, event_resource
from fdplattform.municipalities.models import Municipality
from fdplattform.municipalities.resources import municipality_resource
from fdplattform.tools.registration.counts import Counts, counts_by_date, total
from fdplattform.tools.registration.door import Door, door_of
from fdplattform.tools.registration.listing import admits


def query(request: Request, values: dict[str, Any]) -> Select[Any]:
    """The public events by their first date, each with dates, dialogue and municipality."""
    first_date = select(func.min(EventDate.starts_at)).where(EventDate.event_id == Event.id).scalar_subquery()
    found = (
        select(Event)
        .join(Event.dialogue)
        .join(Dialogue.municipality)
        .options(contains_eager(Event.dialogue).contains_eager(Dialogue.municipality), selectinload(Event.dates))
        .where(everybody_sees(request.registry))
        .order_by(nulls_last(first_date), Event.id)
    )
    columns: dict[str, Any] = {
        "municipality": Municipality.slug,
        "dialogue": Event.dialogue_id,
        "format": Event.format_id,
        "state": Event.state,
    }
    for name, column in columns.items():
        if values.get(name) is not None:
            found = found.where(column == values[name])
    return found.where(admits(request.registry, request.now)) if values.get("registration") else found


def has_id(event_id: int) -> ColumnElement[bool]:
    """The event with this id."""
    return Event.id == event_id


def present(request: Request, found: Sequence[Event]) -> list[dict[str, Any]]:
    """As the schema `Event`; two queries for all."""
    counts = counts_by_date(request.db, [date for event in found for date in event.dates])
    request.texts(*found)
    return [_item(request, event, counts) for event in found]


def _item(request: Request, event: Event, counts: dict[int, Counts]) -> dict[str, Any]:
    place = event_resource(
        dialogue_resource(municipality_resource(request, event.dialogue.municipality), event.dialogue), event
    )
    title = request.texts().get(event, "title")
    return {
        "id": event.id,
        "title": title.value,
        "goal": request.texts().get(event, "goal").value,
        "language": title.lang,
        "url": request.resource_url(place),
        "registration_url": request.resource_url(place, "anmelden") if _is_open(request, place) else None,
        "calendar_url": request.resource_url(place, "termin.ics"),
        "municipality": event.dialogue.municipality.slug,
        "dialogue": event.dialogue_id,
        "format": event.format_id,
        "state": event.state,
        "postponed": event.postponed_at is not None,
        "dates": [_date(request, date, counts[date.id]) for date in event.dates],
        **_people(total(counts[date.id] for date in event.dates)),
    }


def _is_open(request: Request, place: EventResource) -> bool:
    door = door_of(place.event, place.event.dates, place.format, place.use("registration"), request.now)
    return door is Door.OPEN


def _date(request: Request, date: EventDate, counts: Counts) -> dict[str, Any]:
    def moment(value: datetime) -> str:
        return str(request.fmt.local(value).isoformat())

    return {
        "id": date.id,
        "starts_at": moment(date.starts_at),
        "ends_at": moment(date.ends_at),
        "place": date.place,
        "address": date.address,
        "registration_until": moment(date.registration_until) if date.registration_until else None,
        **_people(counts),
    }


def _people(counts: Counts) -> dict[str, int | None]:
    return {"capacity": counts.capacity, "confirmed": counts.confirmed, "waiting": counts.waiting}
