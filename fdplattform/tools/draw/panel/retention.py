"""When what is known about a panel is deleted, and the nightly job that does it.

The sealed record holds everybody's attributes: it goes when the period for replacements ends, at the latest when the
event is over. Members are written to afterwards, so their names stay longer, unless they withdraw. Numbers and the
public record stay.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fdplattform.events.models import Event, EventDate
from fdplattform.events.over import UNDATED, over_at
from fdplattform.jobs.registry import JobContext
from fdplattform.journal.services import SYSTEM
from fdplattform.tools.draw.panel.forgetting import forget
from fdplattform.tools.draw.panel.journal import Doing
from fdplattform.tools.draw.panel.models import Member, Run
from fdplattform.tools.draw.panel.runs import unseal
from fdplattform.tools.draw.register.models import Invitee
from fdplattform.tools.draw.replies.forgetting import forget_what_the_draw_needed
from fdplattform.workflow import CANCELLED

#: How long the members of a panel are known after the event; who left or waits in reserve is forgotten when it is over.
KEEP_MEMBERS = timedelta(days=92)


@dataclass(frozen=True, kw_only=True)
class Deadlines:
    """When what is deleted, as the coordinator reads it."""

    sealed: datetime
    members: datetime


def ending(event: Event, ends_at: datetime | None, begun: datetime) -> datetime:
    """When the event is over: at the end of its last date, or when it was cancelled. Without a date the time counts
    from `begun`; a postponed event waits for its new date."""
    if event.state == CANCELLED:
        return min(event.entered_at, ends_at or event.entered_at)
    return over_at(event, ends_at or begun + UNDATED)


def deadlines(event: Event, dates: Sequence[EventDate], begun: datetime) -> Deadlines:
    """For an event with these dates, whose draw began at `begun`."""
    over = ending(event, max((date.ends_at for date in dates), default=None), begun)
    return Deadlines(sealed=over, members=over + KEEP_MEMBERS)


def shred_due(session: Session, now: datetime) -> int:
    """Delete what may no longer be kept at `now`. Returns the number of members whose names were deleted."""
    _unseal(session, now)
    return _forget_members(session, now)


def _unseal(session: Session, now: datetime) -> None:
    ends = _ends()
    rows = session.execute(
        select(Run, Event, ends.c.ends_at)
        .join(Event, Event.id == Run.event_id)
        .outerjoin(ends, ends.c.event_id == Event.id)
        .where(Run.sealed.is_not(None))
        .order_by(Run.id)
    )
    for run, event, ends_at in rows.all():
        if ending(event, ends_at, run.started_at) <= now:
            forget_draw(session, run, now)
            Doing(event=event, actor=SYSTEM, now=now).note(session, "draw:unseal", public=True)
    session.flush()


def forget_draw(session: Session, run: Run, now: datetime) -> None:
    """Nobody is replaced any more: delete the sealed record, everybody's categories, the needs of who does not sit."""
    unseal(run, now)
    sits = Member.joined_at.is_not(None) & Member.left_at.is_(None) & Member.invitee_id.is_not(None)
    seated = select(Member.invitee_id).where(Member.event_id == run.event_id, sits)
    forget_what_the_draw_needed(session, run.event_id, seated)


def _forget_members(session: Session, now: datetime) -> int:
    ends = _ends()
    rows = session.execute(
        select(Member, Event, ends.c.ends_at, Invitee.shredded_at)
        .join(Event, Event.id == Member.event_id)
        .outerjoin(Invitee, Invitee.id == Member.invitee_id)
        .outerjoin(ends, ends.c.event_id == Event.id)
        .where(Member.shredded_at.is_(None))
        .order_by(Member.id)
    )
    due: dict[Event, list[int]] = defaultdict(list)
    for member, event, ends_at, withdrew_at in rows.all():
        keep = KEEP_MEMBERS if member.sits else timedelta(0)
        over = ending(event, ends_at, member.entered_at)
        # Everybody's invitation is forgotten when the event is over; before, it is who wants to be forgotten, and who
        # may have been drawn at the very moment.
        if over + keep <= now or (withdrew_at is not None and withdrew_at < over):
            due[event].append(member.id)
    for event, ids in due.items():
        forget(session, ids, now)
        Doing(event=event, actor=SYSTEM, now=now).note(session, "panel:shred", number=len(ids))
    return sum(map(len, due.values()))


def _ends() -> Any:
    last = func.max(EventDate.ends_at).label("ends_at")
    return select(EventDate.event_id, last).group_by(EventDate.event_id).subquery()


def run(context: JobContext) -> None:
    """The periodic job."""
    with context.transaction() as session:
        shred_due(session, context.now)
