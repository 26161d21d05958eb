"""How far the worker is with an extract."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from fdplattform.jobs.models import Job, JobState
from fdplattform.tools.draw.register.models import Extract, ExtractState


@dataclass(frozen=True, kw_only=True)
class Work:
    """What the worker does: `percent` of it is done; `failed` when it gave up, which a person has to know."""

    percent: int
    failed: bool


def is_at_work(extract: Extract) -> bool:
    """True while the worker reads the extract, or draws from it."""
    return extract.state in (ExtractState.READING, ExtractState.SAMPLING)


def work_of(session: Session, extract: Extract) -> Work | None:
    """The work on the extract, or None when it is at rest."""
    if not is_at_work(extract):
        return None
    job = session.get(Job, extract.job_id) if extract.job_id is not None else None
    if job is None:
        return Work(percent=0, failed=True)
    return Work(percent=job.progress, failed=job.state is JobState.FAILED)
