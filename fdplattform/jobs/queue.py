"""What a worker does to the outbox: claim a job, keep it, finish it, or put it back; each in a short transaction.

A claim is a lease: it ends by itself when the worker dies, and the next worker begins the job anew. The number of the
attempt is the proof that a job is still one's own: whoever comes late changes nothing.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select, update
from sqlalchemy.orm import Session, sessionmaker

from fdplattform.db import begin_immediate
from fdplattform.db.sql import affected
from fdplattform.jobs.models import Job, JobState

#: How long a worker without a sign of life keeps its jobs.
LEASE = timedelta(seconds=60)

FIRST_PAUSE = timedelta(seconds=10)
LONGEST_PAUSE = timedelta(hours=1)

MAX_ERROR = 4000

Sessions = sessionmaker[Session]


@dataclass(frozen=True)
class Claim:
    """A job that this worker may do until its lease ends."""

    id: int
    kind: str
    payload: dict[str, Any]
    key: str
    attempt: int


def pause(attempt: int) -> timedelta:
    """How long to wait after the failed attempt number `attempt` (from 1): doubling, at most an hour."""
    return min(FIRST_PAUSE * 2 ** min(attempt - 1, 20), LONGEST_PAUSE)


def claim(sessions: Sessions, lane: str, worker: str, now: datetime) -> Claim | None:
    """The next due job of `lane`, now this worker's, or None. Jobs of dead workers come back here."""
    with sessions() as session:
        # A look without the write lock first: idle workers disturb nobody.
        if session.scalar(select(Job.id).where(_claimable(lane, now)).limit(1)) is None:
            return None
    with sessions.begin() as session:
        begin_immediate(session)
        query = select(Job).where(_claimable(lane, now)).order_by(Job.run_at, Job.id).limit(1)
        job = session.scalars(query.with_for_update(skip_locked=True)).one_or_none()
        if job is None:
            return None
        job.state = JobState.RUNNING
        job.worker = worker
        job.lease_until = now + LEASE
        job.attempts += 1
        return Claim(job.id, job.kind, job.payload, job.dedup_key or f"job-{job.id}", job.attempts)


def _claimable(lane: str, now: datetime) -> ColumnElement[bool]:
    waiting = and_(Job.state == JobState.QUEUED, Job.run_at <= now)
    abandoned = and_(Job.state == JobState.RUNNING, Job.lease_until < now)
    return and_(Job.lane == lane, or_(waiting, abandoned))


def keep(sessions: Sessions, claims: list[Claim], now: datetime) -> None:
    """Renew the leases of jobs that are still being done."""
    if not claims:
        return
    with sessions.begin() as session:
        begin_immediate(session)
        for held in claims:
            session.execute(update(Job).where(_mine(held)).values(lease_until=now + LEASE))


def finish(sessions: Sessions, held: Claim, now: datetime) -> bool:
    """Note that the job is done and forget its payload. False when the lease was lost and another worker has it."""
    return _close(sessions, held, state=JobState.DONE, finished_at=now, payload={}, progress=100, last_error=None)


def give_up(sessions: Sessions, held: Claim, error: str, now: datetime) -> bool:
    """Note that no further attempt is made. The payload stays, so that a person can let it run again."""
    return _close(sessions, held, state=JobState.FAILED, finished_at=now, last_error=error[-MAX_ERROR:])


def put_back(sessions: Sessions, held: Claim, error: str, now: datetime) -> bool:
    """Let the job wait for its next attempt."""
    run_at = now + pause(held.attempt)
    return _close(sessions, held, state=JobState.QUEUED, run_at=run_at, last_error=error[-MAX_ERROR:])


def _close(sessions: Sessions, held: Claim, **values: Any) -> bool:
    with sessions.begin() as session:
        begin_immediate(session)
        values |= {"lease_until": None, "worker": None}
        return affected(session, update(Job).where(_mine(held)).values(values)) == 1


def _mine(held: Claim) -> ColumnElement[bool]:
    return and_(Job.id == held.id, Job.state == JobState.RUNNING, Job.attempts == held.attempt)
