"""An event whose people make a statement, and its team."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from fdplattform.dialogues.models import Dialogue
from fdplattform.events.models import Event
from fdplattform.municipalities.models import Municipality
from fdplattform.security.permissions import Role
from fdplattform.testing.client import Client
from fdplattform.testing.factories import Make
from fdplattform.testing.html import choose
from fdplattform.tools.statement.models import StatementPoint


@pytest.fixture
def event(make: Make) -> Event:
    """Open: the words are still written."""
    return make.event(state="open", hours=3)


@pytest.fixture
def municipality(session: Session, event: Event) -> Municipality:
    return session.get_one(Municipality, session.get_one(Dialogue, event.dialogue_id).municipality_id)


@pytest.fixture
def staff(client: Client, make: Make, municipality: Municipality) -> Client:
    client.login(make.account(Role.COORDINATOR, municipality))
    return client


@pytest.fixture
def path(make: Make, event: Event) -> str:
    return make.path(event, "erklaerung")


@pytest.fixture
def write(staff: Client, path: str):
    """Saves words as the team types them."""

    def written(text, status=303, unanimity=None, **values):
        form = staff.get(f"{path}/bearbeiten").forms["form"]
        form["text"] = text
        if unanimity is not None:
            choose(form, unanimity)
        for name, value in values.items():
            form[name] = value
        return form.submit("submit", status=status)

    return written


@pytest.fixture
def closed(session: Session, event: Event):
    """Leads the event past the drafting."""

    def now_closed(state="held"):
        session.expire_all()
        event.state = state
        session.commit()

    return now_closed


@pytest.fixture
def point(session: Session, event: Event):
    """A point of the event's statement."""

    def made(text="Eine Bank vor dem Rathaus", **values):
        found = StatementPoint(event_id=event.id, position=values.pop("position", 1), text=text, **values)
        session.add(found)
        session.commit()
        return found

    return made


@pytest.fixture
def points(session: Session, event: Event):
    """What is stored."""

    def stored():
        session.rollback()
        query = select(StatementPoint).where(StatementPoint.event_id == event.id)
        return session.scalars(query.order_by(StatementPoint.position)).all()

    return stored
