"""An old link to what is not public: residents read that it is not, and are not sent to sign in."""

import pytest

from fdplattform.dialogues.models import Dialogue
from fdplattform.events.models import Event
from fdplattform.municipalities.models import Municipality
from fdplattform.security.permissions import Role
from fdplattform.testing.client import Client
from fdplattform.testing.factories import Make
from fdplattform.testing.html import soup

SECRET = "Schließung des Freibads"


@pytest.fixture
def municipality(make: Make) -> Municipality:
    return make.municipality()


@pytest.fixture
def dialogue(make: Make, municipality: Municipality) -> Dialogue:
    return make.dialogue(municipality, title="Zusammenleben")


@pytest.fixture
def draft(make: Make, municipality: Municipality) -> Dialogue:
    return make.dialogue(municipality, title=SECRET, public=False)


@pytest.fixture
def event(make: Make, dialogue: Dialogue) -> Event:
    """An event in preparation."""
    return make.event(dialogue, title=SECRET)


@pytest.mark.parametrize("view", ["", "anmelden", "termin.ics", "transparenz", "unterlagen"])
def test_an_event_that_is_not_public_says_so(client: Client, make: Make, event: Event, view: str) -> None:
    page = client.get(make.path(event, view), status=404)
    assert "Diese Seite ist nicht öffentlich" in soup(page).h1.get_text()
    assert SECRET not in page.text
    assert page.cache_control.no_store


def test_one_is_led_to_the_nearest_place_that_is_public(
    client: Client, make: Make, municipality: Municipality, dialogue: Dialogue, draft: Dialogue, event: Event
) -> None:
    for hidden, shown in ((event, make.path(dialogue)), (draft, f"/kommunen/{municipality.slug}")):
        buttons = soup(client.get(make.path(hidden), status=404)).select("main .buttons a")
        assert [link["href"].rstrip("/") for link in buttons] == [shown, ""]
        for link in buttons:
            client.get(link["href"], status=200)


def test_an_event_that_was_taken_off_or_whose_dialogue_was_withdrawn(
    client: Client, make: Make, dialogue: Dialogue, draft: Dialogue
) -> None:
    taken_off = make.event(dialogue, state="open", title=SECRET)
    client.get(make.path(taken_off), status=200)
    taken_off.hidden = True
    make.session.commit()
    for event in (taken_off, make.event(draft, state="open", title=SECRET)):
        assert SECRET not in client.get(make.path(event), status=404).text


@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("en", "This page is not public"),
        ("de", "Diese Seite ist nicht öffentlich"),
        ("ar", "هذه الصفحة غير متاحة للعموم"),
    ],
)
def test_it_says_so_in_every_language(client: Client, make: Make, draft: Dialogue, language: str, says: str) -> None:
    page = client.get(f"{make.path(draft)}?lang={language}", status=404)
    assert soup(page).h1.get_text(strip=True) == says


def test_staff_sign_in_there_and_come_back(
    client: Client, make: Make, municipality: Municipality, event: Event
) -> None:
    path = make.path(event)
    (link,) = (each for each in soup(client.get(path, status=404)).select("main a") if "/anmelden" in each["href"])
    coordinator = make.account(Role.COORDINATOR, municipality)
    assert client.get(link["href"]).status_int == 200
    assert f"weiter={path.replace('/', '%2F')}" in link["href"]
    client.login(coordinator)
    assert SECRET in client.get(path).text


def test_pages_of_staff_lead_to_signing_in(client: Client, make: Make, dialogue: Dialogue, event: Event) -> None:
    open_event = make.event(dialogue, state="open")
    for path in (make.path(event, "schritte"), make.path(open_event, "bearbeiten"), make.path(dialogue, "bearbeiten")):
        assert client.get(path, status=303).location.startswith("http://localhost/anmelden?weiter=")


def test_staff_of_elsewhere_do_not_read_the_title_either(
    client: Client, make: Make, draft: Dialogue, event: Event
) -> None:
    client.login(make.account(Role.COORDINATOR, make.municipality()))
    for path in (make.path(event), make.path(event, "bearbeiten"), make.path(draft), make.path(draft, "bearbeiten")):
        assert SECRET not in client.get(path, status=403).text
