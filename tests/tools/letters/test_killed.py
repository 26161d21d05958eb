"""A worker that is killed while it lays out letters: afterwards everybody has one, and nobody two."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pyramid.router import Router
from sqlalchemy.orm import Session

from fdplattform.events.models import Event
from fdplattform.jobs.models import Job, JobState
from fdplattform.testing.draws import add_invited
from fdplattform.testing.platform import PATIENCE, Platform, eventually
from fdplattform.tools.letters.lookup import files_of, keys_in
from fdplattform.tools.letters.models import LetterRun, RunState

#: Laid out in two slices: after the first one, the worker says how far it is.
LETTERS = 100

pytestmark = pytest.mark.backends("sqlite")


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
    session.commit()
    worker = platform.start("worker")
    eventually(lambda: 0 < the_job(platform).progress < 100)
    worker.kill()
    worker.wait(PATIENCE)
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


def the_job(platform: Platform) -> Job:
    """The one that makes the letters."""
    (job,) = (found for found in platform.jobs() if found.kind == "letters:make")
    return job
