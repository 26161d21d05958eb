"""Writing with a link for the day: no account, one event, one day."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from fdplattform.dialogues.models import Dialogue
from fdplattform.events.models import Event
from fdplattform.journal.models import JournalEntry
from fdplattform.municipalities.models import Municipality
from fdplattform.security.permissions import Role
from fdplattform.testing.client import Client
from fdplattform.testing.clock import Clock
from fdplattform.testing.factories import Make
from fdplattform.tools.board.reading import cards_of


@pytest.fixture
def guest(client: Client, make: Make, town: Municipality, event: Event, clock: Clock) -> Client:
    """Somebody at table 3, on the day."""
    client.login(make.account(Role.COORDINATOR, town))
    form = client.get(make.path(event, "tageslinks")).forms["form"]
    form["name"] = "Tisch 3"
    address = form.submit("submit").follow().html.select_one(".link-address").text
    client.logout()
    clock.set(event.dates[0].starts_at - timedelta(hours=2))
    client.get(address.removeprefix(client.registry.fdp.base_url)).forms["form"].submit("submit", status=303)
    return client


def test_a_guest_writes_on_the_board_of_this_event(
    guest: Client, make: Make, session: Session, event: Event, path: str
) -> None:
    form = guest.get(path).forms["card"]
    form["text"] = "Ein Gedanke"
    form.submit("submit", status=303)
    (card,) = cards_of(session, event.id)
    assert card.text == "Ein Gedanke"
    entry = session.scalars(select(JournalEntry).where(JournalEntry.tag == "board:write")).one()
    assert (entry.actor_type, entry.actor_name) == ("unnamed", "")
    guest.get(f"{path}/projektor")
    guest.get(f"{path}/{card.id}/entfernen", status=403)
    other = make.event(session.get_one(Dialogue, event.dialogue_id), state="open")
    guest.get(make.path(other, "brett"), status=403)


def test_a_guest_makes_results_and_is_not_led_to_those_of_the_dialogue(
    guest: Client, session: Session, event: Event, path: str
) -> None:
    form = guest.get(path).forms["card"]
    form["text"] = "Ein Gedanke"
    form.submit("submit", status=303)
    page = guest.get(f"{path}/ergebnisse")
    next(form for form in page.forms.values() if "card" in form.fields).submit(status=303)
    assert cards_of(session, event.id)[0].finding_id
    item = guest.get(f"{path}/ergebnisse").html.select_one("#H1")
    assert item.select("a, form") == []
