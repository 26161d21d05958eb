"""The outbox: nothing runs twice at a time, nothing is lost, nothing waits for what it need not."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any
from unittest.mock import Mock

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyramid.router import Router
from sqlalchemy.orm import Session

from fdplattform.jobs import queue
from fdplattform.jobs.mail import KIND, forget_unsent, send_mail
from fdplattform.jobs.models import Job, JobState
from fdplattform.jobs.registry import GiveUp, JobContext, JobKind
from fdplattform.jobs.services import backlog, enqueue, failed_jobs, forget_finished, retry
from fdplattform.jobs.worker import Worker
from fdplattform.testing.clock import Clock

Handler = Callable[[JobContext, dict[str, Any]], None]


@pytest.fixture
def handle(app: Router, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Let a function do the jobs of a kind, for one test."""

    def register(kind: str, handler: Handler, attempts: int = 3) -> None:
        monkeypatch.setitem(app.registry.jobs.kinds, kind, JobKind(handler, attempts))

    return register


@pytest.fixture
def worker(app: Router, clock: Clock) -> Worker:
    return Worker(app.registry, clock)


def only_job(session: Session) -> Job:
    session.rollback()
    return session.query(Job).populate_existing().one()


def test_a_job_exists_only_if_the_change_does(session: Session) -> None:
    enqueue(session, "test:kind", {})
    session.rollback()
    assert session.query(Job).count() == 0


def test_a_done_job_keeps_no_payload(session: Session, worker: Worker, handle: Callable[..., None]) -> None:
    seen = []
    handle("test:kind", lambda context, payload: seen.append((context.key, payload)))
    enqueue(session, "test:kind", {"name": "Ayşe"}, dedup_key="hello")
    session.commit()
    worker.drain()
    assert seen == [("hello", {"name": "Ayşe"})]
    job = only_job(session)
    assert (job.state, job.payload, job.worker, job.lease_until) == (JobState.DONE, {}, None, None)


def test_the_same_key_is_enqueued_once(session: Session, worker: Worker, handle: Callable[..., None]) -> None:
    seen = []
    handle("test:kind", lambda _context, payload: seen.append(payload["n"]))
    first = enqueue(session, "test:kind", {"n": 1}, dedup_key="key")
    session.commit()
    worker.drain()
    assert enqueue(session, "test:kind", {"n": 2}, dedup_key="key") == first
    assert enqueue(session, "test:kind", {"n": 3}) != first
    session.commit()
    worker.drain()
    assert seen == [1, 3]


def test_a_job_waits_for_its_moment(
    session: Session, worker: Worker, handle: Callable[..., None], clock: Clock
) -> None:
    seen: list[datetime] = []
    handle("test:kind", lambda context, _payload: seen.append(context.now))
    run_at = clock() + timedelta(hours=2)
    enqueue(session, "test:kind", {}, run_at=run_at)
    session.commit()
    worker.drain()
    assert seen == []
    clock.advance(hours=3)
    worker.drain()
    assert len(seen) == 1
    assert seen[0] >= run_at


def test_many_workers_never_take_one_job_twice(app: Router, session: Session, clock: Clock) -> None:
    for _number in range(40):
        enqueue(session, "test:kind", {})
    session.commit()
    now = clock()

    def take_all(name: str) -> list[int]:
        taken = []
        while (held := queue.claim(app.registry.sessions, "short", name, now)) is not None:
            taken.append(held.id)
        return taken

    with ThreadPoolExecutor(4) as pool:
        taken = [job for jobs in pool.map(take_all, "abcd") for job in jobs]
    assert len(taken) == 40
    assert len(set(taken)) == 40


def test_a_job_whose_worker_died_is_done_by_another(app: Router, session: Session, clock: Clock) -> None:
    enqueue(session, "test:kind", {"n": 1})
    session.commit()
    sessions = app.registry.sessions
    dead = queue.claim(sessions, "short", "dead", clock())
    assert dead is not None
    assert queue.claim(sessions, "short", "alive", clock()) is None
    clock.advance(seconds=queue.LEASE.total_seconds() + 1)
    alive = queue.claim(sessions, "short", "alive", clock())
    assert alive is not None
    assert (alive.id, alive.payload, alive.attempt) == (dead.id, {"n": 1}, 2)
    # The dead one turns out to have been slow only: its word no longer counts.
    assert not queue.finish(sessions, dead, clock())
    assert only_job(session).worker == "alive"
    assert queue.finish(sessions, alive, clock())


def test_a_worker_that_lives_keeps_its_job(app: Router, session: Session, clock: Clock) -> None:
    enqueue(session, "test:kind", {})
    session.commit()
    held = queue.claim(app.registry.sessions, "short", "slow", clock())
    assert held is not None
    for _beat in range(5):
        clock.advance(seconds=queue.LEASE.total_seconds() - 5)
        queue.keep(app.registry.sessions, [held], clock())
        assert queue.claim(app.registry.sessions, "short", "other", clock()) is None


def test_a_failed_job_is_tried_again_later_and_then_given_up(
    session: Session, worker: Worker, handle: Callable[..., None], clock: Clock
) -> None:
    attempts = []

    def fail(context: JobContext, _payload: dict[str, Any]) -> None:
        attempts.append(context.attempt)
        raise OSError("no such luck")

    handle("test:kind", fail, attempts=3)
    job_id = enqueue(session, "test:kind", {"n": 1})
    session.commit()
    worker.drain()
    worker.drain()
    assert attempts == [1]
    for _attempt in range(4):
        clock.advance(hours=2)
        worker.drain()
    assert attempts == [1, 2, 3]
    session.rollback()
    assert [job.id for job in failed_jobs(session)] == [job_id]
    assert "no such luck" in str(only_job(session).last_error)
    assert [lane.failed for lane in backlog(session, clock())] == [1, 0]
    assert retry(session, job_id, clock())
    session.commit()
    handle("test:kind", lambda _context, payload: attempts.append(payload["n"] * 100))
    worker.drain()
    assert attempts == [1, 2, 3, 100]
    assert not retry(session, job_id, clock())


def test_what_cannot_help_is_not_tried_again(session: Session, worker: Worker, handle: Callable[..., None]) -> None:
    def refuse(_context: JobContext, _payload: dict[str, Any]) -> None:
        raise GiveUp("nobody lives there")

    handle("test:kind", refuse)
    enqueue(session, "test:kind", {})
    session.commit()
    worker.drain()
    job = only_job(session)
    assert (job.state, job.last_error) == (JobState.FAILED, "nobody lives there")


def test_a_job_that_kills_its_workers_is_given_up(
    app: Router, session: Session, worker: Worker, handle: Callable[..., None], clock: Clock
) -> None:
    handle("test:kind", lambda _context, _payload: pytest.fail("must not be begun again"), attempts=2)
    enqueue(session, "test:kind", {})
    session.commit()
    for name in ("first", "second"):
        assert queue.claim(app.registry.sessions, "short", name, clock()) is not None
        clock.advance(minutes=5)
    worker.drain()
    assert only_job(session).state is JobState.FAILED


def test_a_job_of_a_plugin_that_is_gone_waits(session: Session, worker: Worker, clock: Clock) -> None:
    enqueue(session, "gone:kind", {"n": 1})
    session.commit()
    worker.drain()
    job = only_job(session)
    assert (job.state, job.payload) == (JobState.QUEUED, {"n": 1})
    assert job.run_at > clock()


def test_a_handler_writes_in_its_own_transactions(
    session: Session, worker: Worker, handle: Callable[..., None]
) -> None:
    def work(context: JobContext, _payload: dict[str, Any]) -> None:
        with context.transaction() as own:
            enqueue(own, "test:second", {}, dedup_key="second")
        context.progress(30)
        session.rollback()
        assert session.get_one(Job, context.job_id, populate_existing=True).progress == 30

    handle("test:kind", work)
    handle("test:second", lambda _context, _payload: None)
    enqueue(session, "test:kind", {})
    session.commit()
    worker.drain()
    session.rollback()
    assert {job.state for job in session.query(Job)} == {JobState.DONE}


def test_an_unknown_lane_is_refused(session: Session) -> None:
    with pytest.raises(ValueError, match="lane"):
        enqueue(session, "test:kind", {}, lane="middle")


def test_done_jobs_are_forgotten_in_the_end(
    session: Session, worker: Worker, handle: Callable[..., None], clock: Clock
) -> None:
    handle("test:kind", lambda _context, _payload: None)
    enqueue(session, "test:kind", {})
    session.commit()
    worker.drain()
    assert forget_finished(session, clock() + timedelta(days=80)) == 0
    assert forget_finished(session, clock() + timedelta(days=91)) == 1


def test_a_mail_that_was_given_up_is_forgotten_after_four_weeks(
    session: Session, handle: Callable[..., None], worker: Worker, clock: Clock
) -> None:
    handle(KIND, Mock(side_effect=GiveUp("no such person")))
    handle("test:kind", Mock(side_effect=GiveUp("a person has to look at it")))
    send_mail(session, "amal@example.org", "Betreff", "Text")
    enqueue(session, "test:kind", {})
    session.commit()
    worker.drain()
    assert forget_unsent(session, clock() + timedelta(days=27)) == 0
    assert forget_unsent(session, clock() + timedelta(days=29)) == 1
    assert session.query(Job).one().kind == "test:kind"


@given(st.integers(1, 200))
def test_the_pause_grows_and_is_bounded(attempt: int) -> None:
    assert queue.FIRST_PAUSE <= queue.pause(attempt) <= queue.pause(attempt + 1) <= queue.LONGEST_PAUSE
