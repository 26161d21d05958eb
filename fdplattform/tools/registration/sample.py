"""Registrations for the demo. Nobody is told: the people are made up, and a mail to them would reach nobody."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from fdplattform.events.models import Event
from fdplattform.journal.services import COMMAND_LINE
from fdplattform.tools.registration.models import Source, Status
from fdplattform.tools.registration.queue import Locked, lock_date
from fdplattform.tools.registration.services import Entry, note, take_seats


def fill(session: Session, event: Event, now: datetime, values: Mapping[str, Any]) -> None:
    """`groups`: mappings in the order of entry, each with the columns of an `Entry` (`name`, `people`, `email` …).

    Besides: `days_ago` (when it was entered, default 5), `source` (default online), `attended` (people who came),
    `call` (it moved up from the waiting list, and has to be called).
    """
    locked = lock_date(session, event.dates[0].id)
    for group in values["groups"]:
        _enter(locked, dict(group), now)


def _enter(locked: Locked, group: dict[str, Any], now: datetime) -> None:
    at = now - timedelta(days=group.pop("days_ago", 5))
    source, attended = Source(group.pop("source", Source.ONLINE)), group.pop("attended", None)
    call = group.pop("call", False)
    registration = take_seats(locked, Entry(**group), source=source, now=at)
    note(locked, "enter", registration, COMMAND_LINE, at=at, people=registration.people)
    if registration.status is Status.CONFIRMED:
        registration.attended = attended
    if call:
        registration.promoted_at = registration.news_at = now
        note(locked, "promote", registration, COMMAND_LINE, at=now, people=registration.people)
    locked.session.flush()
