"""At the door."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from fdplattform.accounts.models import Account
from fdplattform.dialogues.models import Dialogue
from fdplattform.events.models import Event
from fdplattform.municipalities.models import Municipality
from fdplattform.security.permissions import Role
from fdplattform.testing.client import Client
from fdplattform.testing.clock import Clock
from fdplattform.testing.factories import Make
from fdplattform.testing.registration import fill, registrations, sign_up
from fdplattform.tools.registration.models import Source


@pytest.fixture
def event(make: Make) -> Event:
    return make.event(state="open", capacity=3)


@pytest.fixture
def path(make: Make, event: Event) -> str:
    return make.path(event)


@pytest.fixture
def facilitator(make: Make, session: Session, event: Event) -> Account:
    dialogue = session.get_one(Dialogue, event.dialogue_id)
    return make.account(Role.FACILITATOR, session.get_one(Municipality, dialogue.municipality_id))


@pytest.fixture
def door(client: Client, facilitator: Account) -> Client:
    """The facilitator's tablet."""
    browser = Client(client.app)
    browser.login(facilitator)
    return browser


def tick(door: Client, path: str, registration_id: int, people: str | None = None):
    page = door.get(f"{path}/anwesenheit")
    form = next(form for form in page.forms.values() if form.action.endswith(f"/{registration_id}/anwesend"))
    if people is None:
        return form.submit("people", status=303).follow()
    form["people"].force_value(people)
    return form.submit(status=303).follow()


def test_tick_and_untick(client: Client, door: Client, path: str, session: Session) -> None:
    sign_up(client, path)
    (made,) = registrations(session)
    assert made.attended is None
    page = tick(door, path, made.id)
    assert registrations(session)[0].attended == 1
    assert page.html.find("button", attrs={"aria-pressed": "true"})
    tick(door, path, made.id)
    assert registrations(session)[0].attended is None


def test_part_of_a_group(client: Client, door: Client, path: str, session: Session) -> None:
    sign_up(client, path, people=3)
    (made,) = registrations(session)
    tick(door, path, made.id, "2")
    assert registrations(session)[0].attended == 2
    for wrong in ("4", "-1", "x", "9" * 9):
        assert tick(door, path, made.id, wrong).html.find(class_="kern-alert--warning")
    assert registrations(session)[0].attended == 2
    tick(door, path, made.id, "0")
    assert registrations(session)[0].attended == 0


def test_who_waits_cannot_be_ticked(client: Client, door: Client, path: str, session: Session) -> None:
    sign_up(client, path, people=3)
    sign_up(client, path, name="Basim")
    waiting = registrations(session)[1]
    page = door.get(f"{path}/anwesenheit")
    token = page.forms[0]["csrf_token"].value
    door.post(f"{path}/teilnehmende/{waiting.id}/anwesend", {"people": "1", "csrf_token": token}, status=303)
    assert registrations(session)[1].attended is None


def test_walk_in(client: Client, door: Client, path: str, session: Session) -> None:
    sign_up(client, path, people=3)

    def come(name: str, let_in: bool) -> None:
        form = door.get(f"{path}/an-der-tuer").forms["form"]
        form["let_in"] = let_in
        fill(form, name=name).submit("submit", status=303)

    come("Spontan", False)
    come("Dringend", True)
    _first, waits, inside = registrations(session)
    assert (waits.status.value, waits.attended, waits.source) == ("waiting", None, Source.WALK_IN)
    assert (inside.status.value, inside.attended, inside.beyond_capacity) == ("confirmed", 1, True)


def test_at_the_door_the_absent_do_not_hold_seats(
    client: Client, door: Client, facilitator: Account, path: str, session: Session, event: Event, clock: Clock
) -> None:
    """A large group waits for more seats than are free; after the start it is not there to take them."""
    sign_up(client, path, people=2)
    sign_up(client, path, people=3)
    clock.set(event.dates[0].starts_at)
    door.login(facilitator)
    fill(door.get(f"{path}/an-der-tuer").forms["form"], name="Spontan").submit("submit", status=303)
    assert [item.status.value for item in registrations(session)] == ["confirmed", "waiting", "confirmed"]
    assert not registrations(session)[2].beyond_capacity


def test_list_on_paper(client: Client, door: Client, path: str) -> None:
    sign_up(client, path, name="أمل")
    page = door.get(f"{path}/anwesenheitsliste")
    assert "أمل" in page.html.find("table").get_text()


def test_one_date_of_several(client: Client, door: Client, make: Make, session: Session) -> None:
    event = make.event(dialogue_of(session), state="open", dates=2)
    path = make.path(event)
    page = client.get(f"{path}/anmelden")
    form = fill(page.forms["form"], name="Nur am zweiten Tag")
    form[page.html.find("input", type="radio")["name"]].force_value(str(event.dates[1].id))
    form.submit("submit", status=303)
    assert "Nur am zweiten Tag" not in door.get(f"{path}/anwesenheit").text
    assert "Nur am zweiten Tag" in door.get(f"{path}/anwesenheit?termin={event.dates[1].id}").text


def dialogue_of(session: Session) -> Dialogue:
    """The dialogue of the facilitator's municipality."""
    return session.scalars(select(Dialogue).order_by(Dialogue.id)).first()


def test_the_page_says_what_to_do_without_a_date(door: Client, make: Make, session: Session) -> None:
    event = make.event(dialogue_of(session), state="open", dates=0)
    page = door.get(f"{make.path(event)}/anwesenheit")
    assert page.html.find(class_="empty").find("a")
