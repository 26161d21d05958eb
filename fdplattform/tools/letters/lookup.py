"""Questions about the letters of an event."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fdplattform.jobs.models import Job
from fdplattform.tools.letters.models import AT_WORK, LetterFile, LetterItem, LetterRun, RunState


def runs_of(session: Session, event_id: int, kind: str | None = None) -> Sequence[LetterRun]:
    """The event's runs, newest first; those of one kind, where it is named."""
    query = select(LetterRun).where(LetterRun.event_id == event_id).order_by(LetterRun.id.desc())
    if kind is not None:
        query = query.where(LetterRun.kind == kind)
    return session.scalars(query).all()


def open_run(session: Session, event_id: int, kind: str) -> LetterRun | None:
    """The run that is neither posted nor discarded."""
    return session.scalar(select(LetterRun).where(LetterRun.active_key == key_of(event_id, kind)))


def key_of(event_id: int, kind: str) -> str:
    """What is unique among open runs."""
    return f"{event_id}:{kind}"


def files_of(session: Session, run_id: int) -> Sequence[LetterFile]:
    """The files of a run, in order."""
    return session.scalars(select(LetterFile).where(LetterFile.run_id == run_id).order_by(LetterFile.number)).all()


def progress_of(session: Session, run: LetterRun) -> int:
    """How far the worker is, 0 to 100."""
    return session.scalar(select(Job.progress).where(Job.id == run.job_id)) or 0


def keys_in(session: Session, run_id: int, number: int | None = None) -> set[str]:
    """The keys of those who have a letter in the run, or in one of its files."""
    query = select(LetterItem.key).where(LetterItem.run_id == run_id)
    if number is not None:
        query = query.where(LetterItem.number == number)
    return set(session.scalars(query))


def posted_keys(session: Session, event_id: int, kind: str) -> set[str]:
    """The keys of those to whom a letter of this kind was posted: nobody gets it twice."""
    query = (
        select(LetterItem.key)
        .join(LetterRun, LetterRun.id == LetterItem.run_id)
        .where(LetterRun.event_id == event_id, LetterRun.kind == kind, LetterRun.posted_on.is_not(None))
    )
    return set(session.scalars(query))


def everybody_written_to(session: Session, event_id: int) -> set[str]:
    """The keys of those to whom a letter of any kind is made; it may be posted or not."""
    query = select(LetterItem.key).join(LetterRun, LetterRun.id == LetterItem.run_id)
    return set(session.scalars(query.where(LetterRun.event_id == event_id)))


def is_at_work(session: Session, event_id: int) -> bool:
    """True while letters of the event are being made."""
    query = select(LetterRun.id).where(LetterRun.event_id == event_id, LetterRun.state.in_(AT_WORK))
    return session.scalar(query.limit(1)) is not None


def counts(session: Session, event_id: int, *, posted: bool = False) -> dict[str, int]:
    """How many letters of each kind were made; with `posted` only those that staff took to the post."""
    query = (
        select(LetterRun.kind, func.sum(LetterRun.done))
        .where(LetterRun.event_id == event_id, LetterRun.state != RunState.CANCELLED)
        .group_by(LetterRun.kind)
    )
    if posted:
        query = query.where(LetterRun.posted_on.is_not(None))
    return {kind: number or 0 for kind, number in session.execute(query)}
