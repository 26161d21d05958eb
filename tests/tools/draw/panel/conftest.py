"""An event with criteria and people who are willing, and the coordinator who draws."""

from collections.abc import Callable

import pytest
from pyramid.router import Router
from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from fdplattform.accounts.models import Account
from fdplattform.events.models import Event
from fdplattform.testing.client import Client
from fdplattform.testing.draws import add_willing, set_criteria, work
from fdplattform.testing.factories import Make
from fdplattform.testing.html import choose
from fdplattform.tools.draw.panel import runs
from fdplattform.tools.draw.panel.models import Run


@pytest.fixture(autouse=True)
def fewer_panels(monkeypatch: pytest.MonkeyPatch) -> None:
    """A tenth of them shows the same in less time."""
    monkeypatch.setattr(runs, "PANELS", 100)


@pytest.fixture
def event(make: Make) -> Event:
    return make.event(state="open")


@pytest.fixture
def path(make: Make, event: Event) -> str:
    return make.path(event)


@pytest.fixture
def coordinator(make: Make, event: Event) -> Account:
    return make.coordinator_of(event)


@pytest.fixture
def staff(client: Client, coordinator: Account) -> Client:
    client.login(coordinator)
    return client


@pytest.fixture
def people(session: Session, event: Event) -> list[int]:
    """Criteria for six seats, and 24 people in households of two who are willing."""
    set_criteria(session, event)
    return add_willing(session, event, 24, household_of=2)


@pytest.fixture
def start(staff: Client, path: str, app: Router, session: Session) -> Callable[..., Run]:
    """Starts a draw as the coordinator does, and lets the worker compute it."""

    def started(method: str = "leximin", *, computed: bool = True) -> Run:
        form = staff.get(f"{path}/auslosung/starten").forms["form"]
        choose(form, method)
        if "anyway" in form.fields:
            form["anyway"] = True
        form.submit("submit", status=303)
        if computed:
            work(app.registry, session)
        return newest(session)

    return started


@pytest.fixture
def committed(start: Callable[..., Run], staff: Client, path: str, session: Session, people: list[int]) -> Run:
    """A draw whose record is public."""
    start()
    staff.get(f"{path}/auslosung/annehmen").forms["confirm"].submit(status=303)
    return newest(session)


@pytest.fixture
def drawn(committed: Run, staff: Client, path: str, session: Session) -> Run:
    """A draw of which number 41 was drawn."""
    form = staff.get(f"{path}/auslosung/nummer").forms["form"]
    form["number"], form["witnesses"] = "41", "Zwei Mitglieder des Gemeinderats"
    form.submit("submit").forms["confirm"].submit("sure", status=303)
    return newest(session)


def newest(session: Session) -> Run:
    fresh(session)
    query = select(Run).order_by(Run.id.desc()).limit(1).options(undefer(Run.sealed), undefer(Run.public))
    return session.scalars(query, execution_options={"populate_existing": True}).one()


def fresh(session: Session) -> None:
    """See what others have committed."""
    session.rollback()
    session.expire_all()
