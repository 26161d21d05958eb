"""An event is cancelled, another postponed: everybody hears of it."""

from collections.abc import Callable
from typing import Any

import pytest

from fdplattform.events.models import Event
from fdplattform.security.permissions import Role
from fdplattform.testing.client import Client
from fdplattform.testing.people import Person
from fdplattform.testing.registration import sign_up

pytestmark = [pytest.mark.browser, pytest.mark.backends("sqlite")]

Mails = Callable[[], list[str]]


@pytest.fixture
def team(make: Any, meet: Any) -> Person:
    """The coordinator of `make.town`."""
    make.town = make.municipality()
    person: Person = meet(make.account(Role.COORDINATOR, make.town))
    return person


@pytest.fixture
def forum(make: Any, team: Person, client: Client, mails: Mails) -> Event:
    """An announced forum with somebody who has e-mail and somebody who has a telephone; they know of their place."""
    event: Event = make.event(
        make.dialogue(make.town), format_id="grossgruppenforum", state="invited", title="Forum am Fluss"
    )
    sign_up(client, make.path(event), name="Amal", email="amal@example.org")
    sign_up(client, make.path(event), name="Boris", phone="0711 1234")
    mails()
    return event


def test_cancelling_is_public_mailed_and_on_the_call_list(
    make: Any, meet: Any, team: Person, forum: Event, mails: Mails
) -> None:
    path = make.path(forum)
    team.take_step(path, "Veranstaltung absagen", Hinweis_für_alle="Die Halle ist überflutet.")
    (mail,) = mails()
    assert mail.startswith("amal@example.org")
    assert "Die Halle ist überflutet." in mail
    team.follow("Anrufe")
    assert team.reads("Boris")
    assert not team.reads("Amal")

    resident = meet(phone=True, scripts=False)
    resident.go(path)
    assert resident.reads("Die Halle ist überflutet.")
    assert not resident.page.get_by_role("link", name="Anmelden", exact=True).is_visible()


def test_a_postponed_event_goes_on_with_its_registrations(
    make: Any, meet: Any, team: Person, forum: Event, mails: Mails
) -> None:
    path = make.path(forum)
    team.take_step(path, "Veranstaltung verschieben", Hinweis_für_alle="Der Saal ist belegt.")
    assert "Der Saal ist belegt." in mails()[0]
    team.go("/verwaltung")
    assert team.reads("Veranstaltung weitergehen lassen")

    team.go(f"{path}/termine")
    team.page.get_by_role("link", name="Bearbeiten").last.click()
    team.write("Ort", "Kleine Turnhalle")
    team.press("Speichern")
    team.take_step(path, "Veranstaltung weitergehen lassen")
    assert "Kleine Turnhalle" in mails()[0]

    resident = meet(phone=True, scripts=False)
    resident.go(path)
    assert resident.reads("Kleine Turnhalle")
    assert not resident.reads("Der Saal ist belegt.")
