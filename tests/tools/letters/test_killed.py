"""A worker that is killed while it lays out letters: afterwards everybody has one, and nobody two."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pyramid.router import Router
from sqlalchemy import select
from sqlalchemy.orm import Session

from fdplattform.db import begin_immediate
from fdplattform.events.models import Event
from fdplattform.jobs.models import Job, JobState
from fdplattform.testing.draws import add_invited
from fdplattform.testing.platform import PATIENCE, Platform, eventually
from fdplattform.tools.letters.lookup import files_of, keys_in
from fdplattform.tools.letters.models import LetterRun, RunState

pytestmark = pytest.mark.backends("sqlite")

LETTERS = 40


@pytest.fixture
def platform(app: Router, database_url: str, tmp_path: Path) -> Iterator[Platform]:
    """Workers on the database of the tests."""
    platform = Platform(tmp_path, database_url, migrated=True)
    yield platform
    platform.close()


def test_a_worker_killed_in_the_middle_makes_each_letter_once(
    order: Callable[..., LetterRun], session: Session, event: Event, platform: Platform
) -> None:
    people = add_invited(session, event, LETTERS)
    run = order(made=False)
    run_id = run.id
    session.rollback()
    worker = platform.start("worker")
    eventually(lambda: state_of(session, run_id) is RunState.RUNNING)
    # From here on the worker can keep nothing: it lays out letters, or waits for the test.
    begin_immediate(session)
    worker.kill()
    worker.wait(PATIENCE)
    session.rollback()
    job = the_job(platform)
    assert (job.state, job.attempts) == (JobState.RUNNING, 1)
    session.refresh(run)
    assert (run.state, run.done, files_of(session, run.id)) == (RunState.RUNNING, 0, [])

    # The lease ends by itself after a minute; the test has no time for that.
    session.get_one(Job, job.id).lease_until = job.created_at
    session.commit()
    platform.start("worker")
    eventually(lambda: the_job(platform).state is JobState.DONE)
    session.refresh(run)
    assert (run.state, run.done) == (RunState.DONE, LETTERS)
    assert [(file.number, file.letters) for file in files_of(session, run.id)] == [(1, LETTERS)]
    assert keys_in(session, run.id) == {f"invitee:{person.id}" for person in people}


def state_of(session: Session, run_id: int) -> RunState | None:
    """As it is now; the session is left unused."""
    found = session.scalar(select(LetterRun.state).where(LetterRun.id == run_id))
    session.rollback()
    return found


def the_job(platform: Platform) -> Job:
    """The one that makes the letters."""
    (job,) = (found for found in platform.jobs() if found.kind == "letters:make")
    return job
