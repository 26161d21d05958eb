"""An event with a board, and the scribe who writes on it."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from fdplattform.dialogues.models import Dialogue
from fdplattform.events.models import Event
from fdplattform.municipalities.models import Municipality
from fdplattform.security.permissions import Role
from fdplattform.testing.client import Client
from fdplattform.testing.factories import Make

#: The form's radio buttons: the list of the new card.
LIST = "deformField1"


@pytest.fixture
def event(make: Make) -> Event:
    return make.event(state="open", title="Rat im März")


@pytest.fixture
def path(make: Make, event: Event) -> str:
    """The board's address."""
    return make.path(event, "brett")


@pytest.fixture
def town(session: Session, event: Event) -> Municipality:
    dialogue = session.get_one(Dialogue, event.dialogue_id)
    return session.get_one(Municipality, dialogue.municipality_id)


@pytest.fixture
def scribe(client: Client, make: Make, town: Municipality) -> Client:
    client.login(make.account(Role.FACILITATOR, town))
    return client


@pytest.fixture
def write(scribe: Client, path: str) -> Callable[..., None]:
    """Write cards with the form, as without scripts."""

    def write_each(*texts: str, into: str = "solutions") -> None:
        for text in texts:
            form = scribe.get(path).forms["card"]
            form[LIST], form["text"] = into, text
            form.submit("submit", status=303)

    return write_each
