"""The outbox, the clockwork and the sign of life of the workers."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from fdplattform.db import Base


class JobState(StrEnum):
    """Where a job stands. `failed` is given up: a person has to look at it."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Job(Base):
    """A piece of work, written in the transaction of the change that asked for it."""

    __tablename__ = "job"
    __table_args__ = (Index("ix_job_claim", "lane", "state", "run_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(80))
    #: Emptied when the job is done: a mail holds personal data.
    payload: Mapped[dict[str, Any]]
    #: The same key is never enqueued twice.
    dedup_key: Mapped[str | None] = mapped_column(String(200), unique=True)
    #: Jobs of one lane never wait for those of another.
    lane: Mapped[str] = mapped_column(String(20))
    state: Mapped[JobState]
    run_at: Mapped[datetime]
    #: How often it was begun. Also the token with which a worker proves that the job is still its own.
    attempts: Mapped[int] = mapped_column(default=0)
    #: Until when the worker that runs it is believed to live.
    lease_until: Mapped[datetime | None]
    worker: Mapped[str | None] = mapped_column(String(80))
    last_error: Mapped[str | None] = mapped_column(Text)
    #: 0 to 100, for long jobs.
    progress: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    finished_at: Mapped[datetime | None] = mapped_column(index=True)


class PeriodicRun(Base):
    """When a periodic job was last begun; the row is the lock that makes it run once among many workers."""

    __tablename__ = "periodic_run"

    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    last_at: Mapped[datetime]
    last_error: Mapped[str | None] = mapped_column(Text)


class WorkerHeartbeat(Base):
    """A worker's sign of life."""

    __tablename__ = "worker_heartbeat"

    worker: Mapped[str] = mapped_column(String(80), primary_key=True)
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime]
