"""When names and addresses of people who were drawn from the register are deleted, and the nightly job that does it.

Whoever was not drawn for the panel and is not in the reserve, and the fingerprint of who was deleted on request: four
weeks after the draw. Everybody else: when the event
is over; an event without a date counts as over a year after the last sample, one whose date is past but that is only
postponed a year after that was said. The file of an extract goes as soon as the sample is drawn, at the latest when its
time is over or the event is cancelled.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from pyramid.config import Configurator
from sqlalchemy import ColumnElement, Select, delete, func, select, update
from sqlalchemy.orm import Session

from fdplattform.events.models import Event, EventDate
from fdplattform.events.over import UNDATED, over_at, over_by, waiting_at
from fdplattform.jobs.registry import JobContext
from fdplattform.journal.services import SYSTEM
from fdplattform.tools.draw.criteria.models import Plan
from fdplattform.tools.draw.register.models import Extract, ExtractState, Invitee, InviteeCategory, letter_key
from fdplattform.tools.draw.register.services import close, journal
from fdplattform.tools.letters.runs import forget_recipients
from fdplattform.workflow import CANCELLED

#: After the draw, for who is neither on the panel nor in the reserve.
KEEP_AFTER_DRAW = timedelta(weeks=4)
#: After an event was cancelled, for everybody.
KEEP_AFTER_CANCEL = timedelta(weeks=4)

#: The ids of invitees who are still needed after the draw: the reserve, and who sits.
Keeper = Callable[[], Select[Any]]

_NOTHING: dict[str, Any] = dict.fromkeys(
    ("given_name", "family_name", "street", "postal_code", "city", "language", "household", "code_hash")
)


@dataclass(frozen=True, kw_only=True)
class Dates:
    """When what is deleted, as far as it is known."""

    #: The rest, after the draw.
    rest: datetime | None
    #: Panel and reserve.
    all: datetime | None


def deletion_dates(session: Session, event_id: int) -> Dates:
    """The dates that the coordinator is shown; one query each."""
    drawn_at = session.scalar(select(Plan.drawn_at).where(Plan.event_id == event_id))
    ending = _ending(session, session.get_one(Event, event_id))
    return Dates(rest=None if drawn_at is None else drawn_at + KEEP_AFTER_DRAW, all=ending)


def _ending(session: Session, event: Event) -> datetime | None:
    """From when on `events_over` has the event; None while nobody is invited to an event without a date."""
    ends_at = session.scalar(select(func.max(EventDate.ends_at)).where(EventDate.event_id == event.id))
    if ends_at is None:
        sampled_at = session.scalar(select(func.max(Invitee.sampled_at)).where(Invitee.event_id == event.id))
        ends_at = None if sampled_at is None else sampled_at + UNDATED
    if event.state != CANCELLED:
        return None if ends_at is None else over_at(event, ends_at)
    forgotten_at = event.entered_at + KEEP_AFTER_CANCEL
    return forgotten_at if ends_at is None else min(ends_at, forgotten_at)


def add_invitee_keeper(config: Configurator, name: str, keeper: Keeper) -> None:
    """Directive: whom `keeper` selects is kept after the draw, until the event is over."""
    config.action(("invitee keeper", name), lambda: config.registry.invitee_keepers.append(keeper))


def shred_due(session: Session, keepers: Collection[Keeper], now: datetime) -> int:
    """Delete what may no longer be kept at `now`. Returns the number of people whose data was deleted."""
    _expire_extracts(session, now)
    known = select(Invitee.id, Invitee.event_id).where(Invitee.shredded_at.is_(None))
    over = known.where(Invitee.event_id.in_(events_over(now)))
    drawn = select(Plan.event_id).where(Plan.drawn_at <= now - KEEP_AFTER_DRAW)
    rest = known.where(Invitee.event_id.in_(drawn), *(Invitee.id.not_in(keeper()) for keeper in keepers))
    due = {row.id: row.event_id for query in (over, rest) for row in session.execute(query)}
    shred_invitees(session, due, now)
    _forget_barred(session, Invitee.event_id.in_(events_over(now)) | Invitee.event_id.in_(drawn))
    for event_id in sorted(set(due.values())):
        people = sum(1 for each in due.values() if each == event_id)
        journal(session, "register:shred", session.get_one(Event, event_id), SYSTEM, people=people)
    return len(due)


def shred_invitees(session: Session, ids: Collection[int], now: datetime, *, barred: bool = False) -> None:
    """Delete who these people are, to which categories they belong, and the files of letters in which they stand.

    That letters were written stays countable. Of who is `barred` the keyed hash stays, by which a further extract
    leaves the person out: an objection has to be heeded (Art. 21 GDPR), and nothing else could recognise the person.
    """
    nothing = _NOTHING if barred else {**_NOTHING, "person": None}
    session.flush()
    todo = sorted(ids)
    for start in range(0, len(todo), 1000):
        some = todo[start : start + 1000]
        forget_recipients(session, [letter_key(invitee_id) for invitee_id in some], now)
        session.execute(delete(InviteeCategory).where(InviteeCategory.invitee_id.in_(some)))
        session.execute(
            update(Invitee).where(Invitee.id.in_(some)).values(**nothing, shredded_at=now),
            execution_options={"synchronize_session": "fetch"},
        )


def _forget_barred(session: Session, no_further_sample: ColumnElement[bool]) -> None:
    barred = Invitee.shredded_at.is_not(None) & Invitee.person.is_not(None)
    statement = update(Invitee).where(barred, no_further_sample).values(person=None)
    session.execute(statement, execution_options={"synchronize_session": False})


def _expire_extracts(session: Session, now: datetime) -> None:
    # Nobody draws for an event that was cancelled, and its team can no longer open the register to delete the file.
    needless = Extract.event_id.in_(select(Event.id).where(Event.state == CANCELLED))
    due = select(Extract).where(Extract.active_key.is_not(None), (Extract.delete_at <= now) | needless)
    for extract in session.scalars(due).all():
        close(session, extract, ExtractState.EXPIRED)
        journal(session, "register:expire", session.get_one(Event, extract.event_id), SYSTEM)


def events_over(now: datetime) -> Select[Any]:
    """Events whose last date is over, that were cancelled long enough ago, or that never got a (new) date."""
    cancelled = (Event.state == CANCELLED) & (Event.entered_at <= now - KEEP_AFTER_CANCEL)
    undated = (
        select(Invitee.event_id)
        .where(Invitee.event_id.not_in(select(EventDate.event_id)))
        .group_by(Invitee.event_id)
        .having(func.max(Invitee.sampled_at) <= now - UNDATED)
    )
    return select(Event.id).where(cancelled | Event.id.in_(over_by(now)) | (Event.id.in_(undated) & ~waiting_at(now)))


def run(context: JobContext) -> None:
    """The periodic job."""
    with context.transaction() as session:
        shred_due(session, context.registry.invitee_keepers, context.now)


def includeme(config: Configurator) -> None:
    config.registry.invitee_keepers = []
    config.add_directive("add_invitee_keeper", add_invitee_keeper)
    config.add_periodic_job("register:shred", every=timedelta(days=1), handler=run, before_opening=True)
