"""The board on its evening: scribes who only type, a network that goes away, a wall that shows it."""

from typing import Any

import pytest
from sqlalchemy.orm import Session

from fdplattform.accounts.models import Account
from fdplattform.dialogues.models import Dialogue
from fdplattform.events.models import Event
from fdplattform.municipalities.models import Municipality
from fdplattform.security.permissions import Role
from fdplattform.testing.browser import accessibility_faults, overflows
from fdplattform.testing.people import Person
from fdplattform.tools.board.reading import cards_of

pytestmark = [pytest.mark.browser, pytest.mark.backends("sqlite")]

#: What a browser says on its console while there is no network, and when a request is refused.
NO_NETWORK, REFUSED = "ERR_INTERNET_DISCONNECTED", "Failed to load resource"


@pytest.fixture
def event(make: Any) -> Event:
    found: Event = make.event(state="open", title="Rat im März")
    return found


@pytest.fixture
def path(make: Any, event: Event) -> str:
    return str(make.path(event, "brett"))


@pytest.fixture
def account(make: Any, session: Session, event: Event) -> Account:
    dialogue = session.get_one(Dialogue, event.dialogue_id)
    town = session.get_one(Municipality, dialogue.municipality_id)
    found: Account = make.account(Role.FACILITATOR, town)
    return found


def type_card(person: Person, text: str) -> None:
    """Nothing is clicked: the field has the focus already."""
    person.page.keyboard.insert_text(text)
    person.page.keyboard.press("Enter")


def sees(person: Person, label: str, text: str) -> None:
    """Fails when the card does not appear."""
    person.page.locator(f"[id='{label}']", has_text=text).wait_for()


def waits(person: Person) -> list[str]:
    """The cards that wait in the browser."""
    return person.page.locator("[data-waiting] li .text").all_inner_texts()


def on_the_board(session: Session, event: Event) -> list[str]:
    """What has arrived."""
    session.rollback()
    return [card.text for card in cards_of(session, event.id)]


def forget(person: Person, *expected: str) -> None:
    """Complaints of the browser that belong to the fault of the test."""
    person.complaints[:] = [said for said in person.complaints if not any(word in said for word in expected)]


def test_with_the_keyboard_alone(meet: Any, account: Account, session: Session, event: Event, path: str) -> None:
    scribe = meet(account)
    scribe.go(path)
    type_card(scribe, "Zu wenig Platz")
    sees(scribe, "H1", "Zu wenig Platz")
    scribe.page.keyboard.press("Alt+3")
    type_card(scribe, "Einwand zu h1")
    sees(scribe, "B1", "Einwand zu h1")
    type_card(scribe, "l: Mehr Bänke")
    sees(scribe, "L1", "Mehr Bänke")
    # Alt and the digit chose the list for what follows; the letter in front only for its card.
    type_card(scribe, "Wer zahlt?")
    sees(scribe, "B2", "Wer zahlt?")
    scribe.page.keyboard.type("Erste Zeile")
    scribe.page.keyboard.press("Shift+Enter")
    type_card(scribe, "zweite")
    sees(scribe, "B3", "Erste Zeile zweite")
    assert scribe.page.locator("#B1 p a").get_attribute("href") == "#H1"
    assert scribe.page.locator("[data-waiting]").is_hidden()
    assert scribe.page.locator("[data-list=concerns] li").evaluate_all("cards => cards.map(card => card.id)") == [
        "B3",
        "B2",
        "B1",
    ]


def test_a_gap_in_the_network_loses_no_card(
    meet: Any, account: Account, session: Session, event: Event, path: str
) -> None:
    first, second = meet(account), meet(account)
    for scribe in (first, second):
        scribe.go(path)
    type_card(first, "Vorher")
    sees(second, "H1", "Vorher")

    first.page.context.set_offline(True)
    typed = [f"Gedanke {number}" for number in range(1, 11)]
    for text in typed:
        type_card(first, text)
    first.page.locator("[data-state=offline]").wait_for()
    assert waits(first) == typed
    for number in range(3):
        type_card(second, f"Inzwischen {number}")
    sees(second, "H4", "Inzwischen 2")

    # In the middle of it, the page is loaded anew: the browser asks first, and the cards stay.
    first.page.on("dialog", lambda dialog: dialog.accept())
    with pytest.raises(Exception, match=NO_NETWORK):
        first.page.reload()
    first.page.context.set_offline(False)
    first.go(path)

    sees(first, "H14", "Gedanke 10")
    sees(second, "H14", "Gedanke 10")
    first.page.locator("[data-waiting]").wait_for(state="hidden")
    assert on_the_board(session, event) == [
        "Vorher",
        "Inzwischen 0",
        "Inzwischen 1",
        "Inzwischen 2",
        *typed,
    ]
    forget(first, NO_NETWORK)


def test_an_answer_that_gets_lost_makes_no_second_card(
    meet: Any, account: Account, session: Session, event: Event, path: str
) -> None:
    scribe = meet(account)
    scribe.go(path)
    lost = []

    def lose_the_first_answer(route: Any) -> None:
        if lost:
            route.continue_()
            return
        lost.append(route.fetch())
        route.abort("connectionreset")

    scribe.page.route("**/schreiben", lose_the_first_answer)
    type_card(scribe, "Nur einmal")
    scribe.page.locator("[data-state=offline]").wait_for()
    assert waits(scribe) == ["Nur einmal"]
    type_card(scribe, "Danach")
    sees(scribe, "H2", "Danach")
    scribe.page.locator("[data-waiting]").wait_for(state="hidden")
    assert on_the_board(session, event) == ["Nur einmal", "Danach"]
    forget(scribe, "ERR_CONNECTION_RESET")


def test_a_server_that_takes_nothing_is_tried_again(
    meet: Any, account: Account, session: Session, event: Event, path: str
) -> None:
    scribe = meet(account)
    scribe.go(path)
    answers: list[dict[str, Any]] = [{"status": 503, "body": "voll"}]

    # One handler for the whole test: taking it away and setting another would leave a moment without any.
    def answer(route: Any) -> None:
        if answers:
            route.fulfill(**answers[-1])
        else:
            route.continue_()

    scribe.page.route("**/schreiben", answer)
    type_card(scribe, "Bleibt hier")
    scribe.page.locator("[data-state=busy]").wait_for()
    assert waits(scribe) == ["Bleibt hier"]
    answers.clear()
    sees(scribe, "H1", "Bleibt hier")
    scribe.page.locator("[data-state=busy]").wait_for(state="hidden")
    # A network that answers everything with its own sign-in page is none either.
    answers.append({"status": 200, "body": "<h1>Gastnetz</h1>"})
    type_card(scribe, "Bleibt auch")
    scribe.page.locator("[data-state=busy]").wait_for()
    assert waits(scribe) == ["Bleibt auch"]
    answers.clear()
    sees(scribe, "H2", "Bleibt auch")
    forget(scribe, REFUSED)


def test_cards_outlive_the_session(meet: Any, account: Account, path: str) -> None:
    scribe = meet(account)
    scribe.go(path)
    cookies = scribe.page.context.cookies()
    scribe.page.context.clear_cookies()
    type_card(scribe, "Nicht verloren")
    scribe.page.locator("[data-state=signed-out]").wait_for()
    assert scribe.page.get_by_role("link", name="In einem neuen Tab wieder anmelden").is_visible()
    assert waits(scribe) == ["Nicht verloren"]
    # Signed in again in another tab, which gave new tokens for forms.
    scribe.page.context.add_cookies([each for each in cookies if "csrf" not in each["name"]])
    sees(scribe, "H1", "Nicht verloren")
    assert scribe.page.locator("[data-state=signed-out]").is_hidden()
    forget(scribe, REFUSED)


def test_what_is_refused_can_be_taken_back(
    meet: Any, account: Account, session: Session, event: Event, path: str
) -> None:
    scribe = meet(account)
    scribe.go(path)
    type_card(scribe, "l:")
    refused = scribe.page.locator("[data-waiting] li", has_text="Bitte schreiben Sie etwas auf die Karte.")
    refused.wait_for()
    type_card(scribe, "Geht trotzdem")
    sees(scribe, "H1", "Geht trotzdem")
    refused.get_by_role("button").click()
    assert scribe.page.locator("[data-waiting]").is_hidden()
    assert scribe.field("Karte").input_value() == "l:"
    type_card(scribe, " Mit Text")
    sees(scribe, "L1", "Mit Text")


@pytest.mark.parametrize("refusal", ["localStorage", "Storage.prototype.setItem"])
def test_where_nothing_may_be_kept_the_form_does(meet: Any, account: Account, path: str, refusal: str) -> None:
    scribe = meet(account)
    owner, _dot, name = f"window.{refusal}".rpartition(".")
    forbid = "{ get() { throw new DOMException('no', 'SecurityError'); } }"
    scribe.page.add_init_script(f"Object.defineProperty({owner}, '{name}', {forbid})")
    scribe.go(path)
    type_card(scribe, "Ohne Umweg")
    sees(scribe, "H1", "Ohne Umweg")
    assert scribe.reads("Am Brett: H1")
    type_card(scribe, "Noch einmal")
    sees(scribe, "H2", "Noch einmal")


def test_without_scripts_the_form_does(meet: Any, account: Account, event: Event, path: str) -> None:
    scribe = meet(account, scripts=False)
    scribe.go(path)
    assert scribe.page.locator("textarea").evaluate("field => field === document.activeElement")
    scribe.page.keyboard.type("l: Mehr Bänke")
    scribe.page.keyboard.press("Tab")
    scribe.page.keyboard.press("Enter")
    scribe.page.wait_for_load_state()
    sees(scribe, "L1", "Mehr Bänke")
    assert scribe.page.locator("textarea").evaluate("field => field === document.activeElement")
    wall = meet(account, scripts=False)
    wall.go(f"{path}/projektor")
    scribe.page.keyboard.type("Von selbst zu sehen")
    scribe.page.keyboard.press("Tab")
    scribe.page.keyboard.press("Enter")
    sees(wall, "H1", "Von selbst zu sehen")


def test_the_wall_shows_what_is_written(meet: Any, account: Account, event: Event, path: str) -> None:
    scribe, wall = meet(account), meet(account)
    wall.go(f"{path}/projektor")
    scribe.go(path)
    for number in range(1, 31):
        type_card(scribe, f"Gedanke Nummer {number}, so lang wie ein gesprochener Satz")
    sees(wall, "H30", "Gedanke Nummer 30")
    box = wall.page.locator("#H30").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] < 900
    size = wall.page.locator("#H30 p").evaluate("text => parseFloat(getComputedStyle(text).fontSize)")
    assert size >= 20
    assert accessibility_faults(wall.page) == []


@pytest.mark.parametrize("language", ["de", "ar"])
def test_everybody_can_read_it(meet: Any, make: Any, path: str, language: str) -> None:
    scribe = meet(make.account(Role.ADMIN), language=language)
    scribe.go(path)
    type_card(scribe, "Ein_sehr_langes_Wort_ohne_Lücke_das_auf_kein_Telefon_passt_und_trotzdem_bleibt")
    type_card(scribe, "اعتراض على H1")
    scribe.page.locator("#H2 a[href='#H1']").wait_for()
    card = scribe.page.locator("#H1 a.label").get_attribute("href").removeprefix(path)
    for page in ("", "/projektor", "/drucken", "/ergebnisse", card, f"{card}/entfernen"):
        scribe.page.set_viewport_size({"width": 1100, "height": 900})
        scribe.go(path + page)
        assert accessibility_faults(scribe.page) == [], page
        scribe.page.set_viewport_size({"width": 320, "height": 640})
        assert not overflows(scribe.page), page
        assert scribe.page.locator("html").get_attribute("dir") == ("rtl" if language == "ar" else "ltr")
