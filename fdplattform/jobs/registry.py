"""Who does which kind of job, and what has to be done how often."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from pyramid.config import Configurator
from pyramid.path import DottedNameResolver
from pyramid.registry import Registry
from sqlalchemy import update
from sqlalchemy.orm import Session

from fdplattform.db import begin_immediate
from fdplattform.jobs.models import Job
from fdplattform.settings import Settings

#: Attempts before a job is given up: with the backoff below, about three days.
DEFAULT_ATTEMPTS = 80


class GiveUp(Exception):
    """A handler raises it when another attempt cannot help; the job fails at once."""


@dataclass(frozen=True, kw_only=True)
class JobContext:
    """What a handler works with. It opens its own short transactions and holds no lock between them."""

    registry: Registry
    #: The moment at which the job was begun; rules use this and no other clock.
    now: datetime
    #: The same in every attempt: what must not happen twice (a mail) is named after it.
    key: str
    job_id: int | None = None
    attempt: int = 1

    @property
    def settings(self) -> Settings:
        """The deployment's settings."""
        settings: Settings = self.registry.fdp
        return settings

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """A session that may write; committed at the end of the block, rolled back when it raises."""
        with self.registry.sessions.begin() as session:
            begin_immediate(session)
            yield session

    def progress(self, percent: int) -> None:
        """Say how far a long job has come, 0 to 100."""
        with self.transaction() as session:
            session.execute(update(Job).where(Job.id == self.job_id).values(progress=max(0, min(100, percent))))


JobHandler = Callable[[JobContext, dict[str, Any]], None]
PeriodicHandler = Callable[[JobContext], None]


@dataclass(frozen=True)
class JobKind:
    """A kind of job: who does it, in person or by dotted name, and how often it is tried."""

    done_by: JobHandler | str
    attempts: int

    @cached_property
    def handler(self) -> JobHandler:
        """Who does it; a name is looked up when the first such job is done."""
        handler: JobHandler = DottedNameResolver().maybe_resolve(self.done_by)
        return handler


@dataclass(frozen=True)
class PeriodicJob:
    """Work that comes round. `before_opening`: a server that finds it overdue does it before it takes requests."""

    name: str
    every: timedelta
    handler: PeriodicHandler
    before_opening: bool


@dataclass
class JobRegistry:
    """All kinds of jobs and all periodic work of the deployment."""

    kinds: dict[str, JobKind] = field(default_factory=dict)
    periodic: dict[str, PeriodicJob] = field(default_factory=dict)


def add_job_handler(
    config: Configurator, kind: str, handler: JobHandler | str, *, attempts: int = DEFAULT_ATTEMPTS
) -> None:
    """Directive: `handler(context, payload)` does jobs of `kind` (`subject:action`), in at most `attempts` attempts.

    A handler must bear being run twice: a worker may die between the work and the note that it is done. One that needs
    a large library lies in a module or package called `work` and is told by its dotted name: then no web process
    loads it (adr/0070).
    """

    def register() -> None:
        config.registry.jobs.kinds[kind] = JobKind(handler, attempts)

    config.action(("job handler", kind), register)


def add_periodic_job(
    config: Configurator, name: str, *, every: timedelta, handler: PeriodicHandler, before_opening: bool = False
) -> None:
    """Directive: some worker calls `handler(context)` once in each period of `every`.

    `before_opening` is for rules that must hold before anybody sees a page, such as retention after a restore.
    """

    def register() -> None:
        config.registry.jobs.periodic[name] = PeriodicJob(name, every, handler, before_opening)

    config.action(("periodic job", name), register)
