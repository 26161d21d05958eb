"""When the files of letters are deleted: they hold names and addresses. How many letters it was stays known."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from pyramid.registry import Registry
from sqlalchemy import select
from sqlalchemy.orm import Session

from fdplattform.events.models import Event
from fdplattform.jobs.registry import JobContext
from fdplattform.tools.letters.kinds import LetterKind, letter_kinds
from fdplattform.tools.letters.models import LetterRun, RunState
from fdplattform.tools.letters.runs import clear_files, withdraw

#: After posting: time to find out that a parcel of letters got lost, and to print it again.
AFTER_POSTING = timedelta(weeks=4)
#: Letters that nobody posts.
NEVER_POSTED = timedelta(weeks=8)


def last_day(session: Session, event: Event, kind: LetterKind | None, run: LetterRun, zone: ZoneInfo) -> date:
    """The last day on which the files of `run` are kept; on the next they are deleted."""
    made_on = run.created_at.astimezone(zone).date()
    latest = run.posted_on + AFTER_POSTING if run.posted_on else made_on + NEVER_POSTED
    needed = kind.keep_until(session, event) if kind is not None else None
    # Letters that are made after the last day, e.g. a list to hand out, are kept as all others.
    return min(latest, needed) if needed is not None and needed >= made_on else latest


def clear_due(session: Session, registry: Registry, now: datetime) -> int:
    """Delete the files that may no longer be kept at `now`. Returns the number of runs."""
    zone = ZoneInfo(registry.fdp.time_zone)
    today = now.astimezone(zone).date()
    with_files = list(_with_files(session, registry))
    due = [run for run, event, kind in with_files if last_day(session, event, kind, run, zone) < today]
    for run in due:
        if run.posted_on is None:
            withdraw(session, run, now)
        else:
            clear_files(session, run, now)
    return len(due)


def _with_files(session: Session, registry: Registry) -> Iterator[tuple[LetterRun, Event, LetterKind | None]]:
    query = (
        select(LetterRun, Event)
        .join(Event, Event.id == LetterRun.event_id)
        .where(LetterRun.cleared_at.is_(None), LetterRun.state != RunState.CANCELLED)
        .order_by(LetterRun.id)
    )
    kinds = letter_kinds(registry)
    for run, event in session.execute(query):
        yield run, event, kinds.get(run.kind)


def run(context: JobContext) -> None:
    """The periodic job."""
    with context.transaction() as session:
        clear_due(session, context.registry, context.now)
