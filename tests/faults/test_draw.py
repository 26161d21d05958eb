"""A draw that takes long, in a worker that a test may kill."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyramid.router import Router
from sqlalchemy import func, select
from sqlalchemy.orm import Session, undefer

from fdplattform.events.models import Event
from fdplattform.jobs.models import JobState
from fdplattform.journal.models import JournalEntry
from fdplattform.testing.client import Client
from fdplattform.testing.draws import add_willing, set_criteria
from fdplattform.testing.factories import Make
from fdplattform.testing.html import choose
from fdplattform.testing.platform import PATIENCE, Platform, eventually
from fdplattform.tools.draw.engine.lottery import draw
from fdplattform.tools.draw.engine.record import make_record
from fdplattform.tools.draw.engine.result import Method
from fdplattform.tools.draw.engine.verify import verify
from fdplattform.tools.draw.engine.watch import Step
from fdplattform.tools.draw.panel.models import Run, RunState
from fdplattform.tools.draw.panel.runs import source_of

#: Drawn one by one, so many panels take a quarter of an hour: no test sees the end by chance.
ENDLESS = 100_000


@pytest.fixture
def platform(app: Router, database_url: str, tmp_path: Path) -> Iterator[Platform]:
    """Workers on the database of the tests."""
    platform = Platform(tmp_path, database_url, migrated=True)
    yield platform
    platform.close()


@pytest.fixture
def event(make: Make, session: Session) -> Event:
    event = make.event(state="open")
    set_criteria(session, event)
    add_willing(session, event, 24, household_of=2)
    return event


@pytest.fixture
def path(make: Make, event: Event) -> str:
    return make.path(event, "auslosung")


@pytest.fixture
def staff(client: Client, make: Make, event: Event) -> Client:
    client.login(make.coordinator_of(event))
    return client


def the_run(session: Session) -> Run:
    """The only draw there is, as it is now."""
    session.rollback()
    query = select(Run).options(undefer(Run.sealed))
    return session.scalars(query, execution_options={"populate_existing": True}).one()


def start_endless(staff: Client, path: str, session: Session) -> None:
    """The coordinator starts a draw that does not end while the test looks on."""
    form = staff.get(f"{path}/starten").forms["form"]
    choose(form, "random")
    form.submit("submit", status=303)
    the_run(session).panels = ENDLESS
    session.commit()


def is_drawing(session: Session) -> bool:
    """Whether a worker is in the midst of it, and has said so."""
    run = the_run(session)
    return (run.state, run.step) == (RunState.RUNNING, Step.RANDOM)


def test_after_the_death_of_a_worker_the_same_lottery_comes_out(
    staff: Client, path: str, event: Event, session: Session, platform: Platform
) -> None:
    start_endless(staff, path, session)
    seed = int(the_run(session).seed or "")
    worker = platform.start("worker")
    eventually(lambda: is_drawing(session))
    worker.kill()
    worker.wait(PATIENCE)

    run = the_run(session)
    assert (run.state, run.sealed) == (RunState.RUNNING, None)
    # The test has seen enough of it; and the lease, which ends by itself after a minute, ends now.
    run.panels = 50
    (job,) = (found for found in platform.jobs() if found.lane == "long")
    assert (job.state, job.attempts) == (JobState.RUNNING, 1)
    session.get_one(type(job), job.id).lease_until = job.created_at
    session.commit()
    platform.start("worker")
    eventually(lambda: [found.state for found in platform.jobs() if found.id == job.id] == [JobState.DONE])

    run = the_run(session)
    assert run.state is RunState.OFFERED
    record = json.loads(run.sealed or "")
    again = draw(source_of(session, event.id).pool, 6, seed=seed, method=Method.RANDOM, panels=50)
    assert record == make_record(again)
    assert verify(record) == []
    assert session.scalar(select(func.count()).where(JournalEntry.tag == "draw:offer")) == 1


def test_a_draw_is_stopped_while_it_is_computed(staff: Client, path: str, session: Session, platform: Platform) -> None:
    """It holds no lock meanwhile, and notices that nobody waits for it any more."""
    start_endless(staff, path, session)
    platform.start("worker")
    eventually(lambda: is_drawing(session))
    page = staff.get(f"{path}/")
    assert "Gremien zufällig auslosen" in page
    next(form for form in page.forms.values() if "stoppen" in form.action).submit(status=303)
    eventually(lambda: {job.state for job in platform.jobs() if job.lane == "long"} == {JobState.DONE})
    run = the_run(session)
    assert (run.state, run.sealed, run.seed) == (RunState.CANCELLED, None, None)
