"""An event that draws, with criteria; a coordinator; and what they do with an extract, in one line each."""

from collections.abc import Callable
from typing import Any

import pytest
from pyramid.router import Router
from sqlalchemy import select
from sqlalchemy.orm import Session
from webtest import Upload

from fdplattform.events.models import Event
from fdplattform.jobs.worker import Worker
from fdplattform.journal.services import SYSTEM
from fdplattform.testing.client import Client
from fdplattform.testing.factories import Make
from fdplattform.testing.registers import QUARTERS, TITLES
from fdplattform.tools.draw.criteria.models import Kind, Source
from fdplattform.tools.draw.criteria.services import CategoryValues, CriterionValues, add_criterion
from fdplattform.tools.draw.register.models import Extract, Invitee


def category(title: str, first: int | None = None, last: int | None = None, weight: float = 1.0) -> CategoryValues:
    return CategoryValues(title=title, age_from=first, age_to=last, weight=weight)


AGE = CriterionValues(
    title="Alter",
    source=Source.REGISTER,
    kind=Kind.AGE,
    categories=[category("jung", None, 39), category("mittel", 40, 64), category("älter", 65, None)],
)
GENDER = CriterionValues(
    title="Geschlecht",
    source=Source.REGISTER,
    kind=Kind.CATEGORY,
    categories=[category("Frauen"), category("Männer"), category("Divers")],
)
QUARTER = CriterionValues(
    title="Ortsteil", source=Source.REGISTER, kind=Kind.CATEGORY, categories=[category(each) for each in QUARTERS]
)


@pytest.fixture
def event(make: Make, session: Session) -> Event:
    event = make.event(state="open")
    for criterion in (AGE, GENDER, QUARTER):
        add_criterion(session, event, criterion, actor=SYSTEM)
    session.commit()
    return event


@pytest.fixture
def staff(client: Client, make: Make, event: Event) -> Client:
    client.login(make.coordinator_of(event))
    return client


@pytest.fixture
def path(make: Make, event: Event) -> str:
    return make.path(event)


@pytest.fixture
def work(app: Router) -> Callable[[], None]:
    """Do what waits in the worker's lanes."""
    return Worker(app.registry, app.registry.clock).drain


def csv_of(*rows: str, titles: str = ";".join(TITLES)) -> bytes:
    """An extract with these lines below the titles."""
    return "\n".join([titles, *rows, ""]).encode()


def row(
    family: str = "Maier",
    given: str = "Anna",
    born: str = "01.02.1980",
    gender: str = "w",
    number: str = "1",
    quarter: str = "Kernstadt",
    locked: str = "",
    street: str = "Hauptstraße",
) -> str:
    """A line of an extract."""
    return f"{family};{given};{born};{gender};{street};{number};70999;Musterstadt;{quarter};deutsch;{locked}"


class Coordinator:
    """Somebody who works with the register."""

    def __init__(self, staff: Client, path: str, work: Callable[[], None]) -> None:
        self.staff, self.path, self.work = staff, path, work

    def upload(self, content: bytes, name: str = "register.csv", **options: Any) -> Any:
        """Upload an extract; returns the page of the columns."""
        form = self.staff.get(f"{self.path}/register/").forms["form"]
        form["file"] = Upload(name, content)
        answer = form.submit("submit", **{"status": 303, **options})
        return answer.follow() if answer.status_int == 303 else answer

    def read(self, page: Any, **columns: str) -> Any:
        """Confirm the columns, let the worker read; returns the page of the register."""
        form = page.forms["form"]
        for name, value in columns.items():
            form[name] = value
        form.submit("submit", status=303)
        self.work()
        return self.staff.get(f"{self.path}/register/")

    def sample(self, size: int, *, leave_out: bool = False) -> Any:
        """Draw so many people; returns the page of the sample."""
        form = self.staff.get(f"{self.path}/stichprobe/").forms["form"]
        form["size"] = str(size)
        if leave_out:
            form["leave_out"] = True
        form.submit("submit", status=303)
        self.work()
        return self.staff.get(f"{self.path}/stichprobe/")


@pytest.fixture
def coordinator(staff: Client, path: str, work: Callable[[], None]) -> Coordinator:
    return Coordinator(staff, path, work)


def extract_of(session: Session, event: Event) -> Extract:
    """The event's newest extract as it is now."""
    session.rollback()
    query = select(Extract).where(Extract.event_id == event.id).order_by(Extract.id.desc()).limit(1)
    return session.scalars(query.execution_options(populate_existing=True)).one()


def invitees(session: Session, event: Event) -> list[Invitee]:
    """Everybody who was drawn, as it is now."""
    session.rollback()
    query = select(Invitee).where(Invitee.event_id == event.id).order_by(Invitee.number)
    return list(session.scalars(query.execution_options(populate_existing=True)))
