"""Create, change and find events."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from pyramid.registry import Registry
from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import Session, joinedload, selectinload
from sqlalchemy.orm.attributes import flag_modified
from translationstring import TranslationStringFactory

from fdplattform.dialogues.models import Dialogue
from fdplattform.errors import check_version
from fdplattform.events.dates import DateValues
from fdplattform.events.details import write_details
from fdplattform.events.facts import SHOW_TAG
from fdplattform.events.models import Event, EventDate
from fdplattform.events.record import note
from fdplattform.events.tools import tools, tools_of
from fdplattform.findings.models import FieldOfAction
from fdplattform.journal.services import Actor
from fdplattform.plugins.format import EventFormat
from fdplattform.web.slugs import free_slug

_ = TranslationStringFactory("fdplattform")

#: Columns of an event that people edit.
EDITABLE = ("title", "goal", "results_promise", "description", "host", "language", "block", "field_id", "tools_off")


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
    #: Optional tools that the event does without; None: those that the format switches off at first.
    tools_off: Sequence[str] | None = None
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
        tools_off=_off_at_first(format_) if new.tools_off is None else list(new.tools_off),
    )
    session.add(event)
    session.flush()
    write_details(session, event, format_, dict(new.details))
    for use in tools_of(event, format_):
        created = tools(registry)[use.tool].created
        if created is not None:
            created(session, event, format_)
    note(session, "event:create", event, dialogue, actor, at=now, format=format_.id)
    session.flush()
    return event


def _off_at_first(format_: EventFormat) -> list[str]:
    return [use.tool for use in format_.conduct.tools if use.off_at_first]


def fields_of(session: Session, dialogue_id: int) -> Sequence[FieldOfAction]:
    """The dialogue's fields of action in their order."""
    query = select(FieldOfAction).where(FieldOfAction.dialogue_id == dialogue_id)
    return session.scalars(query.order_by(FieldOfAction.position)).all()


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
    note(session, "event:edit", event, session.get_one(Dialogue, event.dialogue_id), actor, fields=changed)


def set_hidden(session: Session, event: Event, hidden: bool, *, actor: Actor, now: datetime) -> None:
    """Take the event off the public pages although its state is public, or put it back."""
    if event.hidden == hidden:
        return
    event.hidden = hidden
    tag = "event:hide" if hidden else SHOW_TAG
    note(session, tag, event, session.get_one(Dialogue, event.dialogue_id), actor, at=now)


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
