"""What the board looks like elsewhere: on the wall, on paper, as a file, on the event's page, among the results."""

import csv
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from fdplattform.events.models import Event
from fdplattform.findings.models import Finding, FindingKind
from fdplattform.security.permissions import Role
from fdplattform.testing.client import Client
from fdplattform.testing.factories import Make
from fdplattform.tools.board.reading import cards_of

Write = Callable[..., None]


@pytest.fixture
def written(write: Write) -> None:
    write("Mehr Bänke", "Ein Fest")
    write("Wer räumt nach L2 auf?", into="concerns")


def token(client: Client, path: str) -> str:
    return str(client.get(path).forms["card"]["csrf_token"].value)


def form_for(page: Any, size: int, card_id: int) -> Any:
    """The form that makes results of so many cards, this one among them."""
    forms = [(form, [field.value for field in form.fields.get("card", ())]) for form in page.forms.values()]
    (found,) = (form for form, cards in forms if len(cards) == size and str(card_id) in cards)
    return found


@pytest.mark.usefixtures("written")
def test_the_wall_has_the_newest_first_and_nothing_to_operate(scribe: Client, path: str) -> None:
    page = scribe.get(f"{path}/projektor").html
    assert [card["id"] for card in page.select("li")] == ["L2", "L1", "B1"]
    assert page.select("form, button, input, nav") == []
    assert page.h1.get_text() == "Rat im März"
    # Without scripts the page fetches itself.
    assert page.select_one("noscript meta")["http-equiv"] == "refresh"
    assert {link["href"] for link in page.select("main a")} <= {"#L2", "/anmelden"}


@pytest.mark.usefixtures("written")
def test_on_paper_the_order_is_that_of_mention(scribe: Client, path: str) -> None:
    page = scribe.get(f"{path}/drucken").html
    assert [card["id"] for card in page.select("main li[id]")] == ["L1", "L2", "B1"]
    assert page.select_one("[data-print]")


def test_an_empty_board_says_how_to_begin(scribe: Client, path: str) -> None:
    assert scribe.get(path).html.find(class_="empty")
    assert scribe.get(f"{path}/ergebnisse").html.find(class_="empty")


def test_the_table_calculates_nothing(scribe: Client, write: Write, path: str) -> None:
    write("=1+1", "Mehr; Bänke")
    answer = scribe.get(f"{path}/karten.csv", {"lang": "de"})
    rows = list(csv.reader(answer.body.decode("utf-8-sig").splitlines(), delimiter=";"))
    assert [row[:3] for row in rows] == [
        ["Karte", "Liste", "Text"],
        ["L1", "Lösungen und Ideen", "'=1+1"],
        ["L2", "Lösungen und Ideen", "Mehr; Bänke"],
    ]


@pytest.mark.usefixtures("written")
def test_the_text_can_be_pasted_somewhere(scribe: Client, path: str) -> None:
    text = scribe.get(f"{path}/karten.txt", {"lang": "de"}).text
    assert "Rat im März" in text
    assert "Lösungen und Ideen\nL1  Mehr Bänke\nL2  Ein Fest\n" in text


@pytest.mark.usefixtures("written")
def test_a_board_is_not_public_unless_its_format_says_so(client: Client, scribe: Client, path: str) -> None:
    client.logout()
    assert "Mehr Bänke" not in client.get(path.removesuffix("/brett")).text


def test_a_public_board_stands_on_the_event_page(client: Client, make: Make, session: Session) -> None:
    event = make.event(format_id="grossgruppenforum", state="invited")
    page = make.path(event)
    assert "board-public" not in client.get(page).text
    client.login(make.account(Role.ADMIN))
    for text in ("Der Bus fährt zu selten", "Dazu passt T1"):
        form = client.get(f"{page}/brett").forms["card"]
        form["text"] = text
        form.submit("submit", status=303)
    client.logout()
    public = client.get(page, {"lang": "de"}).html.find(class_="board-public")
    assert [card["id"] for card in public.select("li")] == ["T1", "T2"]
    assert public.select_one("#T2 a")["href"] == "#T1"
    assert "Themenspeicher" in public.get_text()
    # Lists in which nothing was said are not shown.
    assert len(public.select("h2")) == 1


@pytest.mark.usefixtures("written")
def test_a_card_becomes_a_result_that_remembers_it(scribe: Client, session: Session, event: Event, path: str) -> None:
    card = next(each for each in cards_of(session, event.id) if each.list_id == "concerns")
    form = form_for(scribe.get(f"{path}/ergebnisse"), 1, card.id)
    form.submit(status=303)
    finding = session.scalars(select(Finding)).one()
    assert (finding.kind, finding.text, finding.published) == (FindingKind.CONCERN, "Wer räumt nach L2 auf?", False)
    assert finding.origin == "B1 · Rat im März"
    session.refresh(card)
    assert card.finding_id == finding.id
    page = scribe.get(f"{path}/ergebnisse").html.select_one("#B1")
    assert page.form is None
    assert page.a["href"].endswith(f"/ergebnisse/{finding.id}")


@pytest.mark.usefixtures("written")
def test_a_whole_list_becomes_results_once(scribe: Client, session: Session, event: Event, path: str) -> None:
    form = form_for(scribe.get(f"{path}/ergebnisse"), 2, cards_of(session, event.id)[-1].id)
    form.submit(status=303)
    form.submit(status=303)
    findings = session.scalars(select(Finding).order_by(Finding.id)).all()
    assert [(each.text, each.origin) for each in findings] == [
        ("Mehr Bänke", "L1 · Rat im März"),
        ("Ein Fest", "L2 · Rat im März"),
    ]


@pytest.mark.usefixtures("written")
def test_the_chain_from_the_card_to_the_field_holds_when_the_event_is_gone(
    scribe: Client, session: Session, event: Event, path: str
) -> None:
    card = cards_of(session, event.id)[0]
    scribe.post(f"{path}/ergebnisse", {"card": card.id, "csrf_token": token(scribe, path)}, status=303)
    finding = session.scalars(select(Finding)).one()
    origin = finding.origin
    session.execute(delete(Event).where(Event.id == event.id))
    session.commit()
    session.expire_all()
    assert session.scalars(select(Finding)).one().origin == origin


@pytest.mark.usefixtures("written")
def test_a_result_that_was_deleted_can_be_made_again(scribe: Client, session: Session, event: Event, path: str) -> None:
    card = cards_of(session, event.id)[0]
    values = {"card": card.id, "csrf_token": token(scribe, path)}
    scribe.post(f"{path}/ergebnisse", values, status=303)
    session.delete(session.scalars(select(Finding)).one())
    session.commit()
    scribe.post(f"{path}/ergebnisse", values, status=303)
    assert len(session.scalars(select(Finding)).all()) == 1


def test_cards_of_another_board_become_no_results_here(
    scribe: Client, write: Write, make: Make, session: Session, event: Event, path: str
) -> None:
    write("Hier")
    (card,) = cards_of(session, event.id)
    client = scribe
    other = make.event(state="open")
    client.login(make.account(Role.ADMIN))
    values = {"card": [card.id, "x", "99999999999"], "csrf_token": token(client, path)}
    client.post(make.path(other, "brett/ergebnisse"), values, status=303)
    assert session.scalars(select(Finding)).all() == []


@pytest.mark.usefixtures("written")
def test_a_result_that_was_reworded_is_not_made_a_second_time(
    scribe: Client, session: Session, event: Event, path: str
) -> None:
    card = cards_of(session, event.id)[0]
    values = {"card": card.id, "csrf_token": token(scribe, path)}
    scribe.post(f"{path}/ergebnisse", values, status=303)
    session.scalars(select(Finding)).one().text = "Sorgfältiger gesagt"
    session.commit()
    scribe.post(f"{path}/ergebnisse", values, status=303)
    assert [each.text for each in session.scalars(select(Finding))] == ["Sorgfältiger gesagt"]


@pytest.mark.usefixtures("written")
def test_nothing_is_made_of_a_text_that_was_removed(
    scribe: Client, make: Make, session: Session, event: Event, path: str
) -> None:
    card = cards_of(session, event.id)[0]
    scribe.login(make.account(Role.ADMIN))
    scribe.get(f"{path}/{card.id}/entfernen").forms["confirm"].submit(status=303)
    scribe.post(f"{path}/ergebnisse", {"card": card.id, "csrf_token": token(scribe, path)}, status=303)
    assert session.scalars(select(Finding)).all() == []
