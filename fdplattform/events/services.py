"""Create and change events, their dates and series."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from pyramid.registry import Registry
from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, joinedload, selectinload
from sqlalchemy.orm.attributes import flag_modified
from translationstring import TranslationStringFactory

from fdplattform.dialogues.models import Dialogue
from fdplattform.errors import Conflict, DomainError, check_version
from fdplattform.events.details import write_details
from fdplattform.events.models import Event, EventDate, EventSeries
from fdplattform.events.tools import tell_date_changed, tools, tools_of
from fdplattform.findings.models import FieldOfAction
from fdplattform.journal.services import Actor, record
from fdplattform.plugins.format import EventFormat
from fdplattform.translation.packed import localizer_for
from fdplattform.web.slugs import free_slug
from fdplattform.workflow import CANCELLED

_ = TranslationStringFactory("fdplattform")

#: Columns of an event that people edit.
EDITABLE = ("title", "goal", "results_promise", "description", "host", "language", "block", "field_id", "tools_off")


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


@dataclass(frozen=True, kw_only=True)
class NewEvent:
    """What a new event starts with."""

    title: str
    goal: str
    results_promise: str
    block: int = 2
    language: str = "de"
    description: str | None = None
    host: str | None = None
    details: Mapping[str, Any] = field(default_factory=dict)
    dates: Sequence[DateValues] = ()
    field_id: int | None = None
    tools_off: Sequence[str] = ()
    follows_id: int | None = None
    series_id: int | None = None


def create_event(
    session: Session,
    registry: Registry,
    dialogue: Dialogue,
    format_: EventFormat,
    new: NewEvent,
    *,
    actor: Actor,
    now: datetime,
) -> Event:
    """A new event in the initial state of its format's workflow. Raises DomainError when a date is out of order."""
    for date in new.dates:
        date.check()
    taken = set(session.scalars(select(Event.slug).where(Event.dialogue_id == dialogue.id)))
    event = Event(
        dialogue_id=dialogue.id,
        slug=free_slug(new.title, taken, fallback="veranstaltung"),
        format_id=format_.id,
        workflow_version=format_.conduct.workflow.version,
        state=format_.conduct.workflow.initial,
        series_id=new.series_id,
        follows_id=new.follows_id,
        created_at=now,
        entered_at=now,
        dates=[EventDate(**vars(date)) for date in new.dates],
        **{name: getattr(new, name) for name in EDITABLE if name != "tools_off"},
        tools_off=list(new.tools_off),
    )
    session.add(event)
    session.flush()
    write_details(session, event, format_, dict(new.details))
    for use in tools_of(event, format_):
        created = tools(registry)[use.tool].created
        if created is not None:
            created(session, event, format_)
    _record(session, "event:create", event, dialogue, actor, at=now, format=format_.id)
    session.flush()
    return event


def create_series(
    session: Session,
    registry: Registry,
    dialogue: Dialogue,
    format_: EventFormat,
    title: str,
    field_ids: Sequence[int],
    *,
    actor: Actor,
    now: datetime,
) -> EventSeries:
    """One event for each of the dialogue's fields, in one step. Raises DomainError when no field is chosen."""
    if format_.conduct.series is None:
        raise DomainError(_("This format is not made for a series."))
    query = select(FieldOfAction).where(FieldOfAction.dialogue_id == dialogue.id, FieldOfAction.id.in_(field_ids))
    chosen = session.scalars(query.order_by(FieldOfAction.position)).all()
    if not chosen:
        raise DomainError(_("Choose at least one field of action."), "fields")
    series = EventSeries(
        dialogue_id=dialogue.id, format_id=format_.id, title=title, language=dialogue.language, created_at=now
    )
    session.add(series)
    session.flush()
    translate = localizer_for(registry, dialogue.language).translate
    for item in chosen:
        new = NewEvent(
            title=translate(format_.conduct.series.event_title, mapping={"field": item.title})[:200],
            goal=dialogue.goal,
            results_promise=dialogue.results_promise,
            language=dialogue.language,
            field_id=item.id,
            series_id=series.id,
            block=min(format_.fit.blocks),
        )
        create_event(session, registry, dialogue, format_, new, actor=actor, now=now)
    return series


def fields_of(session: Session, dialogue_id: int) -> Sequence[FieldOfAction]:
    """The dialogue's fields of action in their order."""
    query = select(FieldOfAction).where(FieldOfAction.dialogue_id == dialogue_id)
    return session.scalars(query.order_by(FieldOfAction.position)).all()


def edit_series(
    session: Session,
    dialogue: Dialogue,
    series: EventSeries,
    *,
    title: str,
    synthesis: str | None,
    version: int,
    actor: Actor,
) -> None:
    """Change the title or write the synthesis. Raises StaleVersion."""
    check_version(series, version)
    series.title, series.synthesis = title, synthesis
    record(
        session,
        "event:series",
        actor=actor,
        subject_id=series.id,
        municipality_id=dialogue.municipality_id,
        dialogue_id=dialogue.id,
        payload={"title": title},
    )


def edit_event(
    session: Session,
    event: Event,
    format_: EventFormat | None,
    values: Mapping[str, Any],
    *,
    version: int,
    actor: Actor,
) -> None:
    """Change what is said about an event; its address stays. Raises StaleVersion."""
    check_version(event, version)
    before = {name: getattr(event, name) for name in EDITABLE}
    for name in EDITABLE:
        if name in values:
            setattr(event, name, values[name])
    if format_ is not None:
        write_details(session, event, format_, dict(values.get("details") or {}))
    # The answers may lie in the plugin's table: the event counts on in any case.
    flag_modified(event, "title")
    changed = sorted(name for name in EDITABLE if getattr(event, name) != before[name])
    _record(session, "event:edit", event, session.get_one(Dialogue, event.dialogue_id), actor, fields=changed)


def add_date(session: Session, event: Event, values: DateValues, *, actor: Actor) -> EventDate:
    """A further date. Raises DomainError when its moments are out of order."""
    values.check()
    date = EventDate(event_id=event.id, **vars(values))
    session.add(date)
    session.flush()
    _record(session, "event:date", event, session.get_one(Dialogue, event.dialogue_id), actor)
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
) -> None:
    """Change a date; the tools follow it, and tell people of another time or place.

    Raises StaleVersion, or DomainError when its moments are out of order.
    """
    check_version(date, version)
    values.check()
    moved = _must_be_told(event, date, values, now)
    for name, value in vars(values).items():
        setattr(date, name, value)
    session.flush()
    tell_date_changed(session, registry, event, date, now, moved=moved)
    _record(session, "event:date", event, session.get_one(Dialogue, event.dialogue_id), actor)


def _must_be_told(event: Event, date: EventDate, values: DateValues, now: datetime) -> bool:
    """Of a date that lies behind nobody needs to hear, nor while the event is off: going on tells everybody."""
    if event.state == CANCELLED or event.postponed_at is not None or max(date.ends_at, values.ends_at) <= now:
        return False
    return (date.starts_at, date.ends_at, date.place) != (values.starts_at, values.ends_at, values.place)


def set_hidden(session: Session, event: Event, hidden: bool, *, actor: Actor) -> None:
    """Take the event off the public pages although its state is public, or put it back."""
    if event.hidden == hidden:
        return
    event.hidden = hidden
    tag = "event:hide" if hidden else "event:show"
    _record(session, tag, event, session.get_one(Dialogue, event.dialogue_id), actor)


def find_event(session: Session, dialogue_id: int, slug: str) -> Event | None:
    """The event at this address, with its dates."""
    found = session.scalars(_at_address(), {"dialogue_id": dialogue_id, "slug": slug})
    return found.unique().one_or_none()


@cache
def _at_address() -> Select[Event]:
    """Built once: it is asked for on almost every page."""
    return (
        select(Event)
        .options(joinedload(Event.dates))
        .where(Event.dialogue_id == bindparam("dialogue_id"), Event.slug == bindparam("slug"))
    )


def events_of(session: Session, dialogue_id: int) -> Sequence[Event]:
    """The events of a dialogue with their dates, in the order of their first date; those without a date last."""
    first = (
        select(EventDate.event_id, func.min(EventDate.starts_at).label("at")).group_by(EventDate.event_id).subquery()
    )
    query = (
        select(Event)
        .options(selectinload(Event.dates), selectinload(Event.series))
        .outerjoin(first, first.c.event_id == Event.id)
        .where(Event.dialogue_id == dialogue_id)
        .order_by(first.c.at.is_(None), first.c.at, Event.id)
    )
    return session.scalars(query).all()


def remove_date(session: Session, event: Event, date: EventDate, *, actor: Actor) -> None:
    """Remove a date that nobody depends on. Raises Conflict when people are registered for it."""
    try:
        with session.begin_nested():
            session.delete(date)
            session.flush()
    except IntegrityError as fault:
        raise Conflict(_("People are registered for this date. Cancel or move it instead.")) from fault
    _record(session, "event:date", event, session.get_one(Dialogue, event.dialogue_id), actor)


def _record(
    session: Session,
    tag: str,
    event: Event,
    dialogue: Dialogue,
    actor: Actor,
    *,
    at: datetime | None = None,
    **payload: Any,
) -> None:
    record(
        session,
        tag,
        actor=actor,
        subject_id=event.id,
        municipality_id=dialogue.municipality_id,
        dialogue_id=dialogue.id,
        event_id=event.id,
        payload={"title": event.title, **payload},
        at=at,
    )
