"""A dialogue whose coordinator is signed in."""

import pytest

from fdplattform.dialogues.models import Dialogue
from fdplattform.security.permissions import Role
from fdplattform.testing.client import Client
from fdplattform.testing.factories import Make


@pytest.fixture
def dialogue(make: Make) -> Dialogue:
    return make.dialogue(make.municipality())


@pytest.fixture
def staff(make: Make, client: Client, dialogue: Dialogue) -> Client:
    """The client, signed in as coordinator of the dialogue's municipality."""
    make.session.refresh(dialogue, ["municipality"])
    client.login(make.account(Role.COORDINATOR, dialogue.municipality))
    return client
