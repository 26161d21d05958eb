"""Files of letters hold names and addresses: they go in time, the numbers stay."""

from collections.abc import Callable
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from pyramid.router import Router
from sqlalchemy.orm import Session

from fdplattform.accounts.models import Account
from fdplattform.events.models import Event
from fdplattform.files.models import StoredFile
from fdplattform.testing.client import Client
from fdplattform.testing.clock import Clock
from fdplattform.testing.draws import add_invited
from fdplattform.tools.draw.criteria.models import Plan
from fdplattform.tools.letters.lookup import counts
from fdplattform.tools.letters.models import LetterItem, LetterRun, RunState
from fdplattform.tools.letters.retention import clear_due

Order = Callable[..., LetterRun]

HERE = ZoneInfo("Europe/Berlin")


@pytest.fixture
def posted(order: Order, staff: Client, path: str, session: Session, event: Event) -> LetterRun:
    add_invited(session, event, 2)
    run = order()
    staff.get(f"{path}/{run.id}/").forms["form"].submit("submit", status=303)
    session.refresh(run)
    return run


def clear(app: Router, session: Session, clock: Clock) -> int:
    number = clear_due(session, app.registry, clock())
    session.commit()
    return number


def test_files_go_four_weeks_after_posting(
    posted: LetterRun,
    staff: Client,
    coordinator: Account,
    path: str,
    app: Router,
    session: Session,
    event: Event,
    clock: Clock,
) -> None:
    clock.advance(days=28)
    assert clear(app, session, clock) == 0
    assert session.query(StoredFile).count() == 1
    clock.advance(days=1)
    assert clear(app, session, clock) == 1
    assert session.query(StoredFile).count() == 0
    assert counts(session, event.id, posted=True) == {"invitation": 2}
    staff.login(coordinator)
    page = staff.get(f"{path}/{posted.id}/")
    assert "Gelöscht" in page.text
    assert "liste.csv" not in page.text
    assert clear(app, session, clock) == 0


def test_files_go_when_nobody_can_answer_any_more(
    posted: LetterRun, app: Router, session: Session, event: Event, clock: Clock
) -> None:
    session.get_one(Plan, event.id).reply_until = clock().astimezone(HERE).date() + timedelta(days=7)
    session.commit()
    clock.advance(days=7)
    assert clear(app, session, clock) == 0
    clock.advance(days=1)
    assert clear(app, session, clock) == 1
    assert session.query(StoredFile).count() == 0


def test_letters_that_nobody_posts_go_after_eight_weeks(
    order: Order, app: Router, session: Session, event: Event, clock: Clock
) -> None:
    add_invited(session, event, 1)
    run = order()
    clock.advance(days=56)
    assert clear(app, session, clock) == 0
    clock.advance(days=1)
    assert clear(app, session, clock) == 1
    assert (run.state, run.active_key) == (RunState.CANCELLED, None)
    assert session.query(StoredFile).count() == session.query(LetterItem).count() == 0


def test_the_coordinator_reads_until_when(posted: LetterRun, staff: Client, path: str, clock: Clock) -> None:
    last = clock().astimezone(HERE).date() + timedelta(days=28)
    assert f"bis {last.day}. " in staff.get(f"{path}/{posted.id}/").text
