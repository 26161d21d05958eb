"""What the guards of a workflow may know: read-only facts about one event, loaded with a constant number of queries."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any

from pyramid.registry import Registry
from sqlalchemy import select
from sqlalchemy.orm import Session

from fdplattform.dialogues.models import Dialogue, DialogueState
from fdplattform.events.details import read_details, read_settings
from fdplattform.events.models import Event, EventDate, EventSeries
from fdplattform.events.records import rows_of
from fdplattform.events.tools import keeps_people, tools, tools_of
from fdplattform.findings.models import FieldOfAction, Finding, FindingKind
from fdplattform.groups.models import Group, GroupKind
from fdplattform.journal.models import JournalEntry
from fdplattform.municipalities.models import Municipality
from fdplattform.plugins.format import EventFormat
from fdplattform.workflow import POSTPONE

#: The journal tag of every step that an event takes.
STEP_TAG = "event:step"
#: The journal tag of an event that was put back on the public pages.
SHOW_TAG = "event:show"
#: The journal tag of a change of its dates; `moved` is false where time and place stayed.
DATE_TAG = "event:date"


@dataclass(frozen=True, kw_only=True)
class DateFacts:
    """One date of the event."""

    starts_at: datetime
    ends_at: datetime
    place: str
    capacity: int | None


@dataclass(frozen=True, kw_only=True)
class GroupFacts:
    """A working group of the dialogue."""

    title: str
    field_id: int | None
    has_lead: bool
    lead_consented: bool
    has_deputy: bool
    first_meeting_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class OtherEventFacts:
    """Another event: one that follows this one, or one of the same series."""

    format_id: str
    state: str


@dataclass(frozen=True, kw_only=True)
class EventFacts:
    """Everything a guard may ask about an event. `details`, `settings` and `records` hold deserialized values."""

    event_id: int
    state: str
    entered_at: datetime
    postponed: bool
    #: The dialogue is no draft: everybody sees its page, and those of its events that are public.
    dialogue_public: bool = True
    #: The event was taken off the public pages by hand.
    hidden: bool = False
    #: When the dialogue was last published, or the event last put back on the public pages.
    shown_since: datetime | None = None
    #: It was postponed and has another time or place since.
    redated: bool = False
    #: A tool keeps data of people for it.
    keeps_people: bool = False
    details: Mapping[str, Any]
    settings: Mapping[str, Any]
    #: Number of residents of the municipality; None when the register does not say.
    population: int | None
    #: The Land, e.g. "Baden-Württemberg".
    federal_state: str
    #: Who invites, as everybody reads it.
    host: str | None = None
    #: The one field of action it is about, when it is about one.
    field_id: int | None = None
    dates: tuple[DateFacts, ...] = ()
    #: When each transition was last taken, by its id.
    steps: Mapping[str, datetime] = field(default_factory=dict)
    #: Number of this event's findings by kind.
    findings: Mapping[FindingKind, int] = field(default_factory=dict)
    #: The titles of the dialogue's fields of action by id.
    fields: Mapping[int, str] = field(default_factory=dict)
    groups: tuple[GroupFacts, ...] = ()
    #: The rows of the format's own lists, by list id.
    records: Mapping[str, tuple[Mapping[str, Any], ...]] = field(default_factory=dict)
    followers: tuple[OtherEventFacts, ...] = ()
    siblings: tuple[OtherEventFacts, ...] = ()
    #: What the tools say, by tool id.
    tools: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    series_synthesis: str | None = None

    @property
    def starts_at(self) -> datetime | None:
        """The start of the first date."""
        return min((date.starts_at for date in self.dates), default=None)

    @property
    def ends_at(self) -> datetime | None:
        """The end of the last date."""
        return max((date.ends_at for date in self.dates), default=None)


def load_facts(session: Session, registry: Registry, event: Event, format_: EventFormat) -> EventFacts:
    """The facts about `event` as they are now."""
    session.flush()
    host = session.execute(
        select(
            Municipality.id,
            Municipality.population,
            Municipality.state,
            Dialogue.state.label("dialogue_state"),
            Dialogue.published_at,
        )
        .join(Dialogue, Dialogue.municipality_id == Municipality.id)
        .where(Dialogue.id == event.dialogue_id)
    ).one()
    steps, put_back = _journalled(session, event.id)
    return EventFacts(
        event_id=event.id,
        state=event.state,
        entered_at=event.entered_at,
        postponed=event.postponed_at is not None,
        dialogue_public=host.dialogue_state is not DialogueState.DRAFT,
        hidden=event.hidden,
        shown_since=max(filter(None, (host.published_at, put_back)), default=None),
        redated=event.postponed_at is not None and _redated(session, event.id),
        keeps_people=keeps_people(session, registry, event),
        details=MappingProxyType(read_details(session, event, format_)),
        settings=MappingProxyType(read_settings(session, host.id, format_)),
        population=host.population,
        federal_state=host.state,
        host=event.host,
        field_id=event.field_id,
        dates=_dates(session, event),
        steps=steps,
        findings=_findings(session, event),
        fields=_fields(session, event),
        groups=_groups(session, event),
        records={item.id: tuple(rows_of(session, event, item)) for item in format_.data.lists},
        followers=_others(session, Event.follows_id == event.id),
        siblings=_siblings(session, event),
        tools=_tools(session, registry, event, format_),
        series_synthesis=_synthesis(session, event),
    )


def steps_taken(session: Session, event_id: int) -> dict[str, datetime]:
    """When each transition of the event was last taken."""
    steps, _put_back = _journalled(session, event_id)
    return steps


def _journalled(session: Session, event_id: int) -> tuple[dict[str, datetime], datetime | None]:
    """When each transition of the event was last taken, and when it was put back on the public pages: the journal is
    the memory of the workflow."""
    query = (
        select(JournalEntry.tag, JournalEntry.at, JournalEntry.payload)
        .where(JournalEntry.event_id == event_id, JournalEntry.tag.in_((STEP_TAG, SHOW_TAG)))
        .order_by(JournalEntry.id)
    )
    steps: dict[str, datetime] = {}
    put_back = None
    for tag, at, payload in session.execute(query):
        if tag == SHOW_TAG:
            put_back = at
        elif payload:
            steps[payload["transition"]] = at
    return steps, put_back


def _redated(session: Session, event_id: int) -> bool:
    query = (
        select(JournalEntry.tag, JournalEntry.payload)
        .where(JournalEntry.event_id == event_id, JournalEntry.tag.in_((STEP_TAG, DATE_TAG)))
        .order_by(JournalEntry.id.desc())
    )
    for tag, payload in session.execute(query):
        if tag == DATE_TAG and (payload or {}).get("moved", True):
            return True
        if tag == STEP_TAG and (payload or {}).get("transition") == POSTPONE:
            return False
    return False


def _dates(session: Session, event: Event) -> tuple[DateFacts, ...]:
    query = select(EventDate).where(EventDate.event_id == event.id).order_by(EventDate.starts_at)
    return tuple(
        DateFacts(starts_at=date.starts_at, ends_at=date.ends_at, place=date.place, capacity=date.capacity)
        for date in session.scalars(query)
    )


def _findings(session: Session, event: Event) -> Counter[FindingKind]:
    return Counter(session.scalars(select(Finding.kind).where(Finding.event_id == event.id)))


def _fields(session: Session, event: Event) -> dict[int, str]:
    query = select(FieldOfAction.id, FieldOfAction.title).where(FieldOfAction.dialogue_id == event.dialogue_id)
    rows = session.execute(query.order_by(FieldOfAction.position)).all()
    return {row.id: row.title for row in rows}


def _groups(session: Session, event: Event) -> tuple[GroupFacts, ...]:
    query = select(Group).where(Group.dialogue_id == event.dialogue_id, Group.kind == GroupKind.WORKING_GROUP)
    return tuple(
        GroupFacts(
            title=group.title,
            field_id=group.field_id,
            has_lead=bool(group.lead_name),
            lead_consented=group.lead_consented_at is not None,
            has_deputy=bool(group.deputy_name),
            first_meeting_at=group.first_meeting_at,
        )
        for group in session.scalars(query)
    )


def _others(session: Session, condition: Any) -> tuple[OtherEventFacts, ...]:
    found = session.execute(select(Event.format_id, Event.state).where(condition).order_by(Event.id))
    return tuple(OtherEventFacts(format_id=format_id, state=state) for format_id, state in found)


def _siblings(session: Session, event: Event) -> tuple[OtherEventFacts, ...]:
    if event.series_id is None:
        return ()
    return _others(session, (Event.series_id == event.series_id) & (Event.id != event.id))


def _synthesis(session: Session, event: Event) -> str | None:
    if event.series_id is None:
        return None
    return session.scalar(select(EventSeries.synthesis).where(EventSeries.id == event.series_id))


def _tools(session: Session, registry: Registry, event: Event, format_: EventFormat) -> dict[str, Mapping[str, Any]]:
    known = tools(registry)
    return {use.tool: known[use.tool].facts(session, event, use) for use in tools_of(event, format_)}
