"""The dates of an event."""

from dataclasses import dataclass
from datetime import datetime

from pyramid.registry import Registry
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from translationstring import TranslationString, TranslationStringFactory

from fdplattform.dialogues.models import Dialogue
from fdplattform.errors import Conflict, DomainError, check_version
from fdplattform.events.facts import DATE_TAG
from fdplattform.events.models import Event, EventDate
from fdplattform.events.record import note
from fdplattform.events.tools import tell_date_changed
from fdplattform.journal.services import Actor
from fdplattform.workflow import CANCELLED

_ = TranslationStringFactory("fdplattform")


@dataclass(frozen=True, kw_only=True)
class DateValues:
    """What people say of a date; datetimes are aware."""

    starts_at: datetime
    ends_at: datetime
    place: str
    address: str | None = None
    access: str | None = None
    capacity: int | None = None
    registration_until: datetime | None = None

    def check(self) -> None:
        """Raises DomainError at the field when the moments are in the wrong order."""
        if self.ends_at <= self.starts_at:
            raise DomainError(_("The end must come after the start."), "ends_at")
        if self.registration_until is not None and self.registration_until > self.ends_at:
            raise DomainError(_("Registration cannot end after the event."), "registration_until")


def add_date(session: Session, event: Event, values: DateValues, *, actor: Actor) -> EventDate:
    """A further date. Raises DomainError when its moments are out of order."""
    values.check()
    date = EventDate(event_id=event.id, **vars(values))
    session.add(date)
    session.flush()
    note(session, DATE_TAG, event, session.get_one(Dialogue, event.dialogue_id), actor)
    return date


def edit_date(
    session: Session,
    registry: Registry,
    event: Event,
    date: EventDate,
    values: DateValues,
    *,
    version: int,
    actor: Actor,
    now: datetime,
) -> list[TranslationString]:
    """Change a date; the tools follow it, and tell people of another time or place. Returns what they say of it.

    Raises StaleVersion, or DomainError when its moments are out of order.
    """
    check_version(date, version)
    values.check()
    other = (date.starts_at, date.ends_at, date.place) != (values.starts_at, values.ends_at, values.place)
    moved = other and _matters(event, date, values, now)
    for name, value in vars(values).items():
        setattr(date, name, value)
    session.flush()
    said = tell_date_changed(session, registry, event, date, now, moved=moved)
    note(session, DATE_TAG, event, session.get_one(Dialogue, event.dialogue_id), actor, moved=other)
    return said


def _matters(event: Event, date: EventDate, values: DateValues, now: datetime) -> bool:
    """Of a date that lies behind nobody needs to hear, nor while the event is off: going on tells everybody."""
    return event.state != CANCELLED and event.postponed_at is None and max(date.ends_at, values.ends_at) > now


def remove_date(session: Session, event: Event, date: EventDate, *, actor: Actor) -> None:
    """Remove a date that nobody depends on. Raises Conflict when people are registered for it."""
    try:
        with session.begin_nested():
            session.delete(date)
            session.flush()
    except IntegrityError as fault:
        raise Conflict(_("People are registered for this date. Cancel or move it instead.")) from fault
    note(session, DATE_TAG, event, session.get_one(Dialogue, event.dialogue_id), actor)
