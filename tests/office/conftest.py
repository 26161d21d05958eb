"""A dialogue whose coordinator is signed in."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from fdplattform.dialogues.models import Dialogue, Phase
from fdplattform.security.permissions import Role
from fdplattform.testing.client import Client
from fdplattform.testing.factories import Make


@pytest.fixture
def dialogue(make: Make) -> Dialogue:
    """One that asks for nothing: it is public, its last phase lies far ahead, and its event was cancelled."""
    dialogue = make.dialogue(make.municipality())
    make.event(dialogue, state="cancelled")
    last = make.session.scalars(select(Phase).where(Phase.dialogue_id == dialogue.id, Phase.block == 6)).one()
    last.starts_on = make.registry.clock().date() + timedelta(days=300)
    make.session.commit()
    return dialogue


@pytest.fixture
def staff(make: Make, client: Client, dialogue: Dialogue) -> Client:
    """The client, signed in as coordinator of the dialogue's municipality."""
    make.session.refresh(dialogue, ["municipality"])
    client.login(make.account(Role.COORDINATOR, dialogue.municipality))
    return client
