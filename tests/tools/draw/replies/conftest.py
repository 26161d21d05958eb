"""An event to which somebody was invited, and the coordinator who sees the answers."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from fdplattform.accounts.models import Account
from fdplattform.events.models import Event
from fdplattform.testing.client import Client
from fdplattform.testing.draws import add_invited, code_of, set_criteria
from fdplattform.testing.factories import Make
from fdplattform.tools.draw.criteria.models import Category, Criterion, Kind, Source
from fdplattform.tools.draw.register.models import Invitee


@pytest.fixture
def event(make: Make, session: Session) -> Event:
    """With two dates, criteria that the register knows, and one that only a reply tells."""
    event = make.event(state="open", dates=2)
    set_criteria(session, event, reply_until=make.registry.clock().date() + timedelta(days=20))
    education = Criterion(
        event_id=event.id,
        position=3,
        language="de",
        title="Bildung",
        source=Source.REPLY,
        kind=Kind.CATEGORY,
        categories=[Category(position=1, title="mit Abitur"), Category(position=2, title="ohne Abitur")],
    )
    session.add(education)
    session.commit()
    return event


@pytest.fixture
def education(session: Session, event: Event) -> dict[str, Category]:
    """The categories that only a reply tells, by title."""
    found = session.query(Category).join(Criterion, Criterion.id == Category.criterion_id)
    return {category.title: category for category in found.filter(Criterion.source == Source.REPLY)}


@pytest.fixture
def invitee(session: Session, event: Event) -> Invitee:
    return add_invited(session, event, 1, given_name="Amal", family_name="Haddad")[0]


@pytest.fixture
def code(session: Session, invitee: Invitee) -> str:
    return code_of(session, invitee)


@pytest.fixture
def coordinator(make: Make, event: Event) -> Account:
    return make.coordinator_of(event)


@pytest.fixture
def staff(client: Client, coordinator: Account) -> Client:
    client.login(coordinator)
    return client


@pytest.fixture
def path(make: Make, event: Event) -> str:
    return make.path(event, "antworten")
