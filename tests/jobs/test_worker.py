"""The worker as a whole: lanes, clockwork, stop."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from pyramid.router import Router
from sqlalchemy.orm import Session

from fdplattform.jobs.models import Job, JobState, PeriodicRun
from fdplattform.jobs.periodic import run_due
from fdplattform.jobs.registry import JobContext, JobKind, PeriodicJob
from fdplattform.jobs.services import enqueue, forget_periodic_runs, last_sign_of_life
from fdplattform.jobs.worker import Worker
from fdplattform.security.readonly import switch_off, switch_on
from fdplattform.testing.clock import Clock

#: Seconds after which a test that waits for another thread fails.
PATIENCE = 20


@pytest.fixture
def running(app: Router) -> Iterator[Worker]:
    """A worker at work in threads of its own."""
    worker = Worker(app.registry)
    thread = threading.Thread(target=worker.run)
    thread.start()
    yield worker
    worker.stop()
    thread.join(PATIENCE)
    assert not thread.is_alive()


def test_a_long_job_does_not_hold_up_mail(
    app: Router, session: Session, running: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, short_done, release = threading.Event(), threading.Event(), threading.Event()

    def long_job(_context: JobContext, _payload: dict[str, Any]) -> None:
        begun.set()
        release.wait(PATIENCE)

    monkeypatch.setitem(app.registry.jobs.kinds, "test:long", JobKind(long_job, 1))
    monkeypatch.setitem(app.registry.jobs.kinds, "test:short", JobKind(lambda *_args: short_done.set(), 1))
    enqueue(session, "test:long", {}, lane="long")
    session.commit()
    assert begun.wait(PATIENCE)
    enqueue(session, "test:short", {})
    session.commit()
    try:
        assert short_done.wait(PATIENCE)
    finally:
        release.set()


def test_a_stop_lets_the_job_finish(app: Router, session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    worker = Worker(app.registry)
    begun, release = threading.Event(), threading.Event()

    def work(_context: JobContext, _payload: dict[str, Any]) -> None:
        begun.set()
        release.wait(PATIENCE)

    monkeypatch.setitem(app.registry.jobs.kinds, "test:kind", JobKind(work, 1))
    enqueue(session, "test:kind", {})
    enqueue(session, "test:kind", {})
    session.commit()
    thread = threading.Thread(target=worker.run)
    thread.start()
    assert begun.wait(PATIENCE)
    worker.stop()
    release.set()
    thread.join(PATIENCE)
    assert not thread.is_alive()
    session.rollback()
    assert [job.state for job in session.query(Job).order_by(Job.id)] == [JobState.DONE, JobState.QUEUED]


def test_a_worker_shows_that_it_lives(app: Router, session: Session, clock: Clock) -> None:
    assert last_sign_of_life(session) is None
    worker = Worker(app.registry, clock)
    worker.beat()
    clock.advance(minutes=1)
    worker.beat()
    session.rollback()
    seen = last_sign_of_life(session)
    assert seen is not None
    assert clock() - seen < timedelta(seconds=5)


@pytest.fixture
def daily(app: Router, monkeypatch: pytest.MonkeyPatch) -> list[JobContext]:
    """A periodic job, alone, that notes each of its runs."""
    runs: list[JobContext] = []
    job = PeriodicJob("test:daily", timedelta(days=1), runs.append, before_opening=False)
    monkeypatch.setattr(app.registry.jobs, "periodic", {job.name: job})
    return runs


def test_periodic_work_is_done_once_in_each_period(app: Router, daily: list[JobContext], clock: Clock) -> None:
    start = clock()
    for hours in (0, 1, 23, 24, 25, 49):
        run_due(app.registry, start + timedelta(hours=hours))
    assert [context.now - start for context in daily] == [timedelta(), timedelta(hours=24), timedelta(hours=49)]


def test_periodic_work_is_done_by_one_of_many_workers(app: Router, daily: list[JobContext], clock: Clock) -> None:
    now = clock()
    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(lambda _worker: run_due(app.registry, now), range(4)))
    assert len(daily) == 1
    assert sorted(map(len, done)) == [0, 0, 0, 1]


def test_failing_periodic_work_is_noted_and_stops_nothing(
    app: Router, session: Session, daily: list[JobContext], clock: Clock
) -> None:
    def fail(_context: JobContext) -> None:
        raise RuntimeError("broken clockwork")

    jobs = app.registry.jobs.periodic
    jobs["test:broken"] = PeriodicJob("test:broken", timedelta(days=1), fail, before_opening=False)
    jobs["test:daily"] = jobs.pop("test:daily")
    assert run_due(app.registry, clock()) == ["test:daily"]
    assert len(daily) == 1
    assert session.get_one(PeriodicRun, "test:broken").last_error == "RuntimeError: broken clockwork"


def test_only_what_must_be_done_before_opening_is_done_then(
    app: Router, session: Session, daily: list[JobContext], clock: Clock
) -> None:
    retention: list[JobContext] = []
    job = PeriodicJob("test:retention", timedelta(days=1), retention.append, before_opening=True)
    app.registry.jobs.periodic[job.name] = job
    run_due(app.registry, clock(), only_before_opening=True)
    run_due(app.registry, clock(), only_before_opening=True)
    assert (len(daily), len(retention)) == (0, 1)
    forget_periodic_runs(session)
    session.commit()
    run_due(app.registry, clock(), only_before_opening=True)
    assert len(retention) == 2


def test_while_nothing_may_be_changed_nothing_is_done(
    app: Router, session: Session, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    monkeypatch.setitem(app.registry.jobs.kinds, "test:job", JobKind(lambda *_args: done.append("job"), 1))
    periodic = PeriodicJob("test:round", timedelta(days=1), lambda _context: done.append("round"), False)
    monkeypatch.setattr(app.registry.jobs, "periodic", {"test:round": periodic})
    enqueue(session, "test:job", {})
    switch_on(session, clock())
    session.commit()
    worker = Worker(app.registry, clock)
    worker.drain()
    assert done == []
    worker.beat()
    assert last_sign_of_life(session) is not None
    session.rollback()
    switch_off(session)
    session.commit()
    worker.drain()
    assert done == ["round", "job"]
