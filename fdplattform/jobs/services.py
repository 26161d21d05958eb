"""Put work into the outbox, and look at what is there."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, delete, func, select, true, update
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import ReturningInsert

from fdplattform.db import utcnow
from fdplattform.db.sql import affected, insert_on
from fdplattform.jobs.models import Job, JobState, PeriodicRun, WorkerHeartbeat

#: The lanes; each has a thread of its own in every worker. Mail runs in `short`.
LANES = ("short", "long")

#: How long a finished job is remembered, so that its dedup key still counts.
REMEMBER_DONE = timedelta(days=90)


def enqueue(
    session: Session,
    kind: str,
    payload: dict[str, Any],
    *,
    dedup_key: str | None = None,
    run_at: datetime | None = None,
    lane: str = "short",
) -> int:
    """Ask for a job in the session's transaction; it runs after the commit, at least once. Returns its id.

    With a `dedup_key` that was used before nothing is added, and the id of the earlier job is returned.
    `run_at` is the earliest moment. Raises ValueError for an unknown lane.
    """
    if lane not in LANES:
        raise ValueError(f"a job's lane is one of {LANES}, not {lane!r}")
    now = utcnow()
    values = {
        "kind": kind,
        "payload": payload,
        "dedup_key": dedup_key,
        "lane": lane,
        "state": JobState.QUEUED,
        "run_at": run_at or now,
        "attempts": 0,
        "progress": 0,
        "created_at": now,
    }
    added = session.scalar(_adding(session.get_bind().dialect.name), values)
    if added is not None:
        return added
    return session.scalars(select(Job.id).where(Job.dedup_key == dedup_key)).one()


@cache
def _adding(dialect: str) -> ReturningInsert[int]:
    """Built once: registering puts a mail into the outbox while it holds a lock."""
    return insert_on(dialect, Job).on_conflict_do_nothing(index_elements=["dedup_key"]).returning(Job.id)


@dataclass(frozen=True)
class Backlog:
    """What waits in one lane."""

    lane: str
    #: Jobs whose moment has come and that are not done, running ones among them.
    due: int
    failed: int
    #: Age in seconds of the longest overdue job.
    oldest: float


def backlog(session: Session, now: datetime) -> list[Backlog]:
    """What waits, lane by lane."""
    open_states = (JobState.QUEUED, JobState.RUNNING)
    due = session.execute(
        select(Job.lane, func.count(), func.min(Job.run_at))
        .where(Job.state.in_(open_states), Job.run_at <= now)
        .group_by(Job.lane)
    ).all()
    count = {lane: number for lane, number, _oldest in due}
    age = {lane: (now - oldest).total_seconds() for lane, _number, oldest in due}
    given_up = session.execute(select(Job.lane, func.count()).where(Job.state == JobState.FAILED).group_by(Job.lane))
    failed = {row[0]: row[1] for row in given_up}
    return [Backlog(lane, count.get(lane, 0), failed.get(lane, 0), age.get(lane, 0.0)) for lane in LANES]


def last_sign_of_life(session: Session) -> datetime | None:
    """When any worker was last seen, or None when none ever was."""
    return session.scalar(select(func.max(WorkerHeartbeat.seen_at)))


def failed_jobs(session: Session, limit: int = 100) -> list[Job]:
    """Jobs that were given up, newest first."""
    query = select(Job).where(Job.state == JobState.FAILED).order_by(Job.finished_at.desc()).limit(limit)
    return list(session.scalars(query))


def retry(session: Session, job_id: int, now: datetime) -> bool:
    """Let a failed job run again from its first attempt. False when there is no such failed job."""
    return _retry(session, Job.id == job_id, now) == 1


def retry_all(session: Session, now: datetime) -> int:
    """Let every failed job run again, as after a mail server was away for days. Returns their number."""
    return _retry(session, true(), now)


def _retry(session: Session, which: ColumnElement[bool], now: datetime) -> int:
    query = update(Job).where(which, Job.state == JobState.FAILED)
    return affected(session, query.values(state=JobState.QUEUED, attempts=0, run_at=now, finished_at=None))


def forget_finished(session: Session, now: datetime) -> int:
    """Delete jobs done long ago and workers not seen for a day. Returns the number of jobs."""
    session.execute(delete(WorkerHeartbeat).where(WorkerHeartbeat.seen_at < now - timedelta(days=1)))
    return affected(session, delete(Job).where(Job.state == JobState.DONE, Job.finished_at < now - REMEMBER_DONE))


def forget_periodic_runs(session: Session) -> None:
    """Let every periodic job run again at once, as after a restore: the rows are as old as the backup."""
    session.execute(delete(PeriodicRun))
