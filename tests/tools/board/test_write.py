"""Writing on the board with the form: numbers, prefixes, what is refused, corrections, and what is taken away."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from fdplattform.events.models import Event
from fdplattform.events.tools import tools
from fdplattform.findings.models import Finding
from fdplattform.journal.models import JournalEntry
from fdplattform.municipalities.models import Municipality
from fdplattform.plugins.format import ToolUse
from fdplattform.security.permissions import Role
from fdplattform.testing.client import Client
from fdplattform.testing.factories import Make
from fdplattform.testing.queries import queries
from fdplattform.tools.board.models import Card
from fdplattform.tools.board.reading import cards_of

Write = Callable[..., None]
#: The form's radio buttons: the list of the new card.
LIST = "deformField1"


def on_the_board(page: Any) -> list[tuple[str, str]]:
    """Label and text of each card, as the page shows them."""
    return [(card["id"], card.p.get_text()) for card in page.html.select(".board-card[id]")]


@pytest.fixture
def lead(make: Make, town: Municipality, app: Any, session: Session) -> Client:
    """The coordination, at a desk of its own."""
    client = Client(app, session)
    client.login(make.account(Role.COORDINATOR, town))
    return client


def test_cards_are_numbered_in_each_list_and_the_newest_stands_on_top(scribe: Client, write: Write, path: str) -> None:
    write("Mehr Bänke", "Ein Fest")
    write("Wer räumt auf?", into="concerns")
    assert on_the_board(scribe.get(path)) == [
        ("L2", "Ein Fest"),
        ("L1", "Mehr Bänke"),
        ("B1", "Wer räumt auf?"),
    ]


def test_the_list_stays_chosen_and_the_field_is_ready(scribe: Client, path: str) -> None:
    form = scribe.get(path).forms["card"]
    form[LIST], form["text"] = "information", "Es gibt 40 Wohnungen."
    page = form.submit("submit", status=303).follow()
    assert "I1" in page.html.find(class_="alerts").get_text()
    assert page.forms["card"][LIST].value == "information"
    assert page.forms["card"]["text"].attrs["autofocus"]


def test_the_letter_in_front_chooses_the_list(scribe: Client, write: Write, path: str) -> None:
    write("b: Wer zahlt das?", "H:Es fehlt Platz", "x: bleibt hier", into="solutions")
    assert on_the_board(scribe.get(path)) == [
        ("H1", "Es fehlt Platz"),
        ("L1", "x: bleibt hier"),
        ("B1", "Wer zahlt das?"),
    ]


@pytest.mark.parametrize("text", ["", "   ", "l:", "x" * 601])
def test_what_cannot_be_a_card_is_said_at_the_field(scribe: Client, session: Session, path: str, text: str) -> None:
    form = scribe.get(path).forms["card"]
    form[LIST], form["text"] = "concerns", text
    answer = form.submit("submit", status=422)
    assert answer.html.find("textarea")["aria-invalid"] == "true"
    assert answer.forms["card"][LIST].value == "concerns"
    assert answer.forms["card"]["text"].value.strip() == text.strip()
    assert session.scalars(select(Card)).all() == []


def test_a_form_that_is_sent_twice_is_one_card(scribe: Client, session: Session, event: Event, path: str) -> None:
    form = scribe.get(path).forms["card"]
    form["text"] = "Nur einmal"
    form.submit("submit", status=303)
    form.submit("submit", status=303)
    assert [card.number for card in cards_of(session, event.id)] == [1]


def test_references_lead_to_the_card_also_when_it_comes_later(scribe: Client, write: Write, path: str) -> None:
    write("Einwand zu L2 und l 1, nicht L9", into="concerns")
    write("Erste", "Zweite")
    links = scribe.get(path).html.select("#B1 p a")
    assert [(link["href"], link.get_text()) for link in links] == [("#L2", "L2"), ("#L1", "l 1")]


def test_references_are_links_in_arabic_too(scribe: Client, write: Write, path: str) -> None:
    write("Eine Idee")
    write("اعتراض على L1 وعلى بـL١", into="concerns")
    page = scribe.get(path, {"lang": "ar"})
    assert [link["href"] for link in page.html.select("#B1 p a")] == ["#L1", "#L1"]


def test_nobody_is_stored_with_a_card(write: Write) -> None:
    write("Ein Gedanke")
    about_people = {"account", "actor", "author", "speaker", "name", "created_by"}
    assert about_people.isdisjoint(Card.__table__.columns.keys())


def test_the_journal_names_the_cards_but_neither_what_they_say_nor_who_wrote_them(
    lead: Client, write: Write, session: Session, event: Event, path: str
) -> None:
    write("Ein Gedanke")
    sent = {"cards": [{"uuid": str(uuid4()), "list": "concerns", "text": "Noch einer"}]}
    lead.post_json(f"{path}/schreiben", sent, headers={"X-CSRF-Token": token(lead, path)})
    query = select(JournalEntry).where(JournalEntry.event_id == event.id, JournalEntry.tag == "board:write")
    entries = session.scalars(query.order_by(JournalEntry.id)).all()
    assert [entry.payload for entry in entries] == [{"cards": "L1"}, {"cards": "B1"}]
    assert {(entry.actor_type, entry.actor_id, entry.actor_name) for entry in entries} == {("unnamed", None, "")}
    page = lead.get(path.replace("/brett", "/protokoll"), {"lang": "de"})
    assert "Jemand aus dem Team (wer, wird nicht festgehalten)" in page.text


def test_a_correction_is_shown_and_the_journal_keeps_what_stood_there(
    scribe: Client, write: Write, session: Session, event: Event, path: str
) -> None:
    write("Mehr Bännke")
    (card,) = cards_of(session, event.id)
    form = scribe.get(f"{path}/{card.id}").forms["form"]
    form["text"] = "Mehr Bänke"
    page = form.submit("submit", status=303).follow()
    assert on_the_board(page) == [("L1", "Mehr Bänke")]
    assert "korrigiert" in scribe.get(path, {"lang": "de"}).html.select_one("#L1").get_text()
    entry = session.scalars(select(JournalEntry).where(JournalEntry.tag == "card:edit")).one()
    assert entry.payload == {"card": "L1", "before": "Mehr Bännke"}


def test_two_people_correct_the_same_card(
    scribe: Client, write: Write, session: Session, event: Event, path: str
) -> None:
    write("Text")
    (card,) = cards_of(session, event.id)
    mine, theirs = (scribe.get(f"{path}/{card.id}").forms["form"] for _each in range(2))
    theirs["text"] = "Ihr Text"
    theirs.submit("submit", status=303)
    mine["text"] = "Mein Text"
    answer = mine.submit("submit", status=409)
    assert "Ihr Text" in answer.text
    assert answer.forms["form"]["text"].value == "Mein Text"


def test_what_is_personal_is_removed_everywhere_and_the_numbers_stay(
    scribe: Client, lead: Client, write: Write, session: Session, event: Event, path: str
) -> None:
    write("Herr Mülller war es", "Zweite")
    first, _second = cards_of(session, event.id)
    form = scribe.get(f"{path}/{first.id}").forms["form"]
    form["text"] = "Herr Müller war es"
    form.submit("submit", status=303)
    lead.get(f"{path}/ergebnisse").html.select("#L1 button")
    lead.post(f"{path}/ergebnisse", {"card": first.id, "csrf_token": token(lead, path)}, status=303)
    assert "Müller" in session.scalars(select(Finding.text)).one()

    lead.get(f"{path}/{first.id}/entfernen").forms["confirm"].submit(status=303)
    session.expire_all()
    assert [(card.number, card.text) for card in cards_of(session, event.id)] == [(1, ""), (2, "Zweite")]
    assert session.scalars(select(Finding)).all() == []
    everything = " ".join(map(str, session.scalars(select(JournalEntry.payload))))
    assert "Müller" not in everything
    assert "Mülller" not in everything
    assert "Müller" not in lead.get(path).text
    write("Dritte")
    assert cards_of(session, event.id)[-1].number == 3


def token(client: Client, path: str) -> str:
    return str(client.get(path).forms["card"]["csrf_token"].value)


def test_a_card_without_a_text_is_not_written_anew(
    lead: Client, write: Write, session: Session, event: Event, path: str
) -> None:
    write("Weg damit")
    (card,) = cards_of(session, event.id)
    form = lead.get(f"{path}/{card.id}").forms["form"]
    lead.get(f"{path}/{card.id}/entfernen").forms["confirm"].submit(status=303)
    form["text"] = "Doch wieder"
    form.submit("submit", status=409)
    assert "form" not in lead.get(f"{path}/{card.id}").forms
    session.expire_all()
    assert cards_of(session, event.id)[0].text == ""


def test_what_is_personal_can_be_removed_when_the_event_is_over(
    lead: Client, write: Write, session: Session, event: Event, path: str
) -> None:
    write("Herr Müller war es")
    event.state = "closed"
    session.commit()
    lead.get(path, status=403)
    page = lead.get(f"{path}/ergebnisse").click(href="entfernen")
    answer = page.forms["confirm"].submit(status=303)
    assert "Müller" not in answer.follow().text
    session.expire_all()
    assert cards_of(session, event.id)[0].text == ""


def test_scribes_do_not_remove(scribe: Client, write: Write, session: Session, event: Event, path: str) -> None:
    write("Bleibt")
    (card,) = cards_of(session, event.id)
    assert "entfernen" not in scribe.get(f"{path}/{card.id}").text
    scribe.get(f"{path}/{card.id}/entfernen", status=403)


def test_strangers_find_no_board(client: Client, make: Make, event: Event, path: str) -> None:
    assert "/anmelden?" in client.get(path, status=303).location
    client.login(make.account(Role.COORDINATOR, make.municipality()))
    for page in ("", "/karten", "/projektor", "/drucken", "/karten.csv", "/karten.txt"):
        client.get(path + page, status=403)
    client.login(make.account(Role.ADMIN))
    client.get(make.path(make.event(format_id="handlungsfeld"), "brett"), status=404)


def test_a_card_of_another_board_is_not_found(scribe: Client, write: Write, make: Make, session: Session) -> None:
    write("Hier")
    other = make.event(state="open")
    card = session.scalars(select(Card)).one()
    scribe.get(make.path(other, f"brett/{card.id}"), status=404)


def test_facts_count_cards_that_say_something(
    client: Client, lead: Client, write: Write, session: Session, event: Event, path: str
) -> None:
    write("Eins", "Zwei")
    write("Drei", into="concerns")
    card = cards_of(session, event.id)[0]
    lead.get(f"{path}/{card.id}/entfernen").forms["confirm"].submit(status=303)
    found = tools(client.registry)["board"].facts(session, event, ToolUse(tool="board"))
    assert found == {
        "cards": 2,
        "challenges": 0,
        "solutions": 2,
        "concerns": 0,
        "information": 0,
        "breakthroughs": 0,
    }


def test_a_page_asks_the_same_for_one_card_and_for_many(scribe: Client, write: Write, engine: Any, path: str) -> None:
    write("Eins")
    with queries(engine) as few:
        scribe.get(path)
    write(*(f"Gedanke zu L{number}" for number in range(1, 12)))
    with queries(engine) as many:
        scribe.get(path)
    assert len(many) == len(few)
