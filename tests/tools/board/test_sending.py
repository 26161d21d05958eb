"""Cards that a browser sends by itself: once each, in order, each refused for itself; and the pages that follow."""

from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from fdplattform.events.models import Event
from fdplattform.testing.client import Client
from fdplattform.testing.queries import queries
from fdplattform.tools.board.models import Board, Card
from fdplattform.tools.board.reading import cards_of
from fdplattform.tools.board.views.write import MOST_AT_ONCE


def typed(text: str, into: str = "solutions") -> dict[str, str]:
    return {"uuid": str(uuid4()), "list": into, "text": text}


@pytest.fixture
def send(scribe: Client, path: str) -> Any:
    """Send cards as the page's script does."""
    token = scribe.get(path).forms["card"]["csrf_token"].value

    def send_cards(*cards: Any, status: int = 200) -> Any:
        headers = {"X-CSRF-Token": token}
        return scribe.post_json(f"{path}/schreiben", {"cards": cards}, headers=headers, status=status)

    return send_cards


def test_cards_arrive_in_their_order(send: Any, session: Session, event: Event) -> None:
    cards = [typed("Eins"), typed("Zwei", "concerns"), typed("l: Drei", "concerns")]
    answer = send(*cards).json
    assert answer == {"taken": [card["uuid"] for card in cards], "refused": {}}
    found = [(card.list_id, card.number, card.text) for card in cards_of(session, event.id)]
    assert found == [("concerns", 1, "Zwei"), ("solutions", 1, "Eins"), ("solutions", 2, "Drei")]


def test_what_is_sent_again_is_there_once(send: Any, session: Session, event: Event) -> None:
    first, second = typed("Eins"), typed("Zwei")
    send(first)
    answer = send({**first, "text": "Etwas anderes"}, second).json
    assert answer["taken"] == [first["uuid"], second["uuid"]]
    assert [card.text for card in cards_of(session, event.id)] == ["Eins", "Zwei"]


def test_the_same_card_twice_in_one_message_is_one_card(send: Any, session: Session, event: Event) -> None:
    card = typed("Eins")
    send(card, card)
    assert len(cards_of(session, event.id)) == 1


def test_what_is_refused_says_why_and_holds_up_no_other(send: Any, session: Session, event: Event) -> None:
    empty, good, nowhere = typed("  "), typed("Gut"), typed("Wohin?", "somewhere")
    unreadable = {"uuid": "not-a-uuid", "list": "solutions", "text": "Wer bin ich?"}
    answer = send(empty, good, nowhere, unreadable, {"list": 5, "text": ["?"]}).json
    assert answer["taken"] == [good["uuid"]]
    assert answer["refused"].keys() == {empty["uuid"], nowhere["uuid"], "not-a-uuid", ""}
    assert all(answer["refused"].values())
    assert [card.text for card in cards_of(session, event.id)] == ["Gut"]


@pytest.mark.parametrize("text", ["\x00Ein\x1b Gedanke", "Ein\r\n\tGedanke", "\ud800Ein Gedanke"])
def test_signs_that_are_none_are_left_out(send: Any, session: Session, event: Event, text: str) -> None:
    send(typed(text))
    assert [card.text for card in cards_of(session, event.id)] == ["Ein Gedanke"]


@pytest.mark.parametrize(
    "body", [b"no json", b"[]", b'{"cards": 5}', b'{"cards": ["text"]}', b"\xff", b'{"cards": {"uuid": 1}}']
)
def test_what_is_no_list_of_cards_is_400(send: Any, scribe: Client, path: str, body: bytes) -> None:
    token = scribe.get(path).forms["card"]["csrf_token"].value
    headers = {"X-CSRF-Token": token, "Content-Type": "application/json"}
    scribe.post(f"{path}/schreiben", body, headers=headers, status=400)


def test_no_more_at_once_than_a_browser_sends(send: Any, session: Session, event: Event) -> None:
    cards = [typed("Gedanke") for _number in range(MOST_AT_ONCE)]
    assert len(send(*cards).json["taken"]) == MOST_AT_ONCE
    send(*cards, typed("Eine zu viel"), status=400)
    assert len(cards_of(session, event.id)) == MOST_AT_ONCE


def test_a_forged_message_writes_nothing(scribe: Client, session: Session, path: str) -> None:
    scribe.get(path)
    scribe.post_json(f"{path}/schreiben", {"cards": [typed("Fälschung")]}, status=400)
    assert session.scalars(select(Card)).all() == []


def test_after_signing_out_the_browser_hears_why(scribe: Client, send: Any, path: str) -> None:
    """The script tells these apart: 403 for a message, a way to the sign-in for the cards."""
    headers = {"X-CSRF-Token": scribe.get(path).forms["card"]["csrf_token"].value}
    cookie = next(name for name in scribe.cookies if name.endswith("csrf"))
    token = scribe.cookies[cookie]
    scribe.logout()
    scribe.set_cookie(cookie, token)
    scribe.post_json(f"{path}/schreiben", {"cards": [typed("Noch da")]}, headers=headers, status=403)
    assert scribe.get(f"{path}/karten", status=303).location.startswith("http://localhost/anmelden?")


def test_who_knows_everything_gets_nothing(scribe: Client, send: Any, session: Session, path: str) -> None:
    fragment = scribe.get(f"{path}/karten?stand=")
    assert fragment.html.find(attrs={"data-revision": "0"})
    scribe.get(f"{path}/karten?stand=0", status=204)
    send(typed("Eins"))
    fragment = scribe.get(f"{path}/karten?stand=0")
    assert [card["id"] for card in fragment.html.select("li")] == ["L1"]
    assert fragment.html.find(attrs={"data-revision": "1"})["data-token"]
    scribe.get(f"{path}/karten?stand=1", status=204)
    assert session.scalars(select(Board.revision)).one() == 1


def test_every_change_is_a_new_revision(scribe: Client, send: Any, session: Session, event: Event, path: str) -> None:
    send(typed("Eins"))
    (card,) = cards_of(session, event.id)
    form = scribe.get(f"{path}/{card.id}").forms["form"]
    form["text"] = "Eins!"
    form.submit("submit", status=303)
    scribe.get(f"{path}/karten?stand=1", status=200)
    token = scribe.get(path).forms["card"]["csrf_token"].value
    scribe.post(f"{path}/ergebnisse", {"card": card.id, "csrf_token": token}, status=303)
    scribe.get(f"{path}/karten?stand=2", status=200)
    scribe.get(f"{path}/karten?stand=3", status=204)


def test_asking_costs_the_same_with_many_cards(scribe: Client, send: Any, engine: Any, path: str) -> None:
    send(typed("Eins"))
    with queries(engine) as few:
        scribe.get(f"{path}/karten?stand=1", status=204)
    send(*(typed(f"Gedanke {number}") for number in range(40)))
    with queries(engine) as many:
        scribe.get(f"{path}/karten?stand=2", status=204)
    assert len(many) == len(few)
    assert not any("board_card" in statement for statement in many)


def test_a_board_that_is_no_longer_live_takes_nothing(
    send: Any, scribe: Client, session: Session, event: Event, path: str
) -> None:
    event.state = "closed"
    session.commit()
    send(typed("Zu spät"), status=403)
    assert cards_of(session, event.id) == []
