"""Work that comes round: once in each period, whichever worker gets there first."""

import logging
from datetime import datetime

from pyramid.registry import Registry
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from fdplattform.db import begin_immediate
from fdplattform.db.sql import affected, insert_for
from fdplattform.jobs.models import PeriodicRun
from fdplattform.jobs.queue import MAX_ERROR
from fdplattform.jobs.registry import JobContext, JobRegistry, PeriodicJob

log = logging.getLogger(__name__)


def run_due(registry: Registry, now: datetime, *, only_before_opening: bool = False) -> list[str]:
    """Do all periodic work whose period is over. Returns the names of what was done here."""
    jobs: JobRegistry = registry.jobs
    wanted = [job for job in jobs.periodic.values() if job.before_opening or not only_before_opening]
    last = _last_runs(registry)
    due = [job for job in wanted if job.name not in last or last[job.name] + job.every <= now]
    return [job.name for job in due if _begin(registry, job, now) and _run(registry, job, now)]


def _last_runs(registry: Registry) -> dict[str, datetime]:
    with registry.sessions() as session:
        return {run.name: run.last_at for run in session.scalars(select(PeriodicRun))}


def _begin(registry: Registry, job: PeriodicJob, now: datetime) -> bool:
    """Claim the period. Only one worker's statement changes the row."""
    with registry.sessions.begin() as session:
        begin_immediate(session)
        row = insert_for(session, PeriodicRun).values(name=job.name, last_at=now)
        if session.scalar(row.on_conflict_do_nothing().returning(PeriodicRun.name)):
            return True
        late = (PeriodicRun.name == job.name) & (PeriodicRun.last_at <= now - job.every)
        return affected(session, update(PeriodicRun).where(late).values(last_at=now)) == 1


def _run(registry: Registry, job: PeriodicJob, now: datetime) -> bool:
    context = JobContext(registry=registry, now=now, key=f"{job.name}@{now.isoformat()}")
    error = None
    try:
        job.handler(context)
    except Exception as raised:
        log.exception("periodic job %s failed", job.name)
        error = f"{type(raised).__name__}: {raised}"[-MAX_ERROR:]
    with context.transaction() as session:
        _note(session, job, error)
    return error is None


def _note(session: Session, job: PeriodicJob, error: str | None) -> None:
    session.execute(update(PeriodicRun).where(PeriodicRun.name == job.name).values(last_error=error))
