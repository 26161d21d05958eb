"""Who has no complete address is named to those who may know it, completed, or left out on purpose."""

from collections.abc import Callable
from typing import Any

import pytest
from pyramid.router import Router
from sqlalchemy import select
from sqlalchemy.orm import Session

from fdplattform.events.models import Event
from fdplattform.journal.models import JournalEntry
from fdplattform.testing.client import Client
from fdplattform.testing.draws import add_invited, enter_members, work
from fdplattform.testing.factories import Make
from fdplattform.tools.draw.register.models import Invitee, letter_key
from fdplattform.tools.letters.lookup import keys_in
from fdplattform.tools.letters.models import LetterRun
from tests.tools.letters.conftest import newest


@pytest.fixture
def lost(session: Session, event: Event) -> Invitee:
    """Three people are drawn; of the last one the street is not known."""
    add_invited(session, event, 2)
    return add_invited(session, event, 1, street="")[0]


def entries(session: Session, tag: str) -> list[Any]:
    session.rollback()
    return list(session.scalars(select(JournalEntry.payload).where(JournalEntry.tag == tag).order_by(JournalEntry.id)))


def complete(page: Any, **values: str) -> Any:
    form = page.click("Anschrift ergänzen").forms["form"]
    for name, value in values.items():
        form[name] = value
    return form.submit("submit")


def test_people_without_an_address_are_named_with_what_is_missing(
    staff: Client, path: str, lost: Invitee, session: Session
) -> None:
    page = staff.get(f"{path}/").click("Wer das ist und was fehlt")
    cells = [cell.get_text(strip=True) for cell in page.html.select_one("main tbody tr").find_all(["th", "td"])]
    assert cells[:2] == ["Vorname 3 Nachname 3", "Straße und Hausnummer"]
    assert [payload["people"] for payload in entries(session, "letter:incomplete")] == [1]
    assert page.headers["Cache-Control"] == "no-store"


def test_a_completed_address_gets_its_letter(
    staff: Client, path: str, lost: Invitee, order: Callable[..., LetterRun], session: Session
) -> None:
    person = lost.id
    complete(staff.get(f"{path}/unvollstaendig"), street="Gasse 3")
    assert "vollständige Anschrift" in staff.get(f"{path}/unvollstaendig").html.find(class_="empty").get_text()
    assert letter_key(person) in keys_in(session, order().id)
    assert [payload["number"] for payload in entries(session, "register:address")] == [3]


def test_nobody_is_left_out_by_oversight(staff: Client, path: str, lost: Invitee, session: Session) -> None:
    page = staff.get(f"{path}/").forms["make"].submit(status=303).follow()
    assert "kreuzen Sie an" in page.html.find(role="status").get_text()
    assert entries(session, "letter:make") == []
    form = page.forms["make"]
    form["leave_out"] = True
    form.submit(status=303)
    assert [payload["letters"] for payload in entries(session, "letter:make")] == [2]
    assert [payload["people"] for payload in entries(session, "letter:leave_out")] == [1]


def test_a_letter_that_is_not_posted_follows_a_corrected_address(
    staff: Client, make: Make, event: Event, session: Session, app: Router, order: Callable[..., LetterRun]
) -> None:
    person, _other = add_invited(session, event, 2)
    run, where = order(), make.path(event, "antworten", str(person.id), "anschrift")
    form = staff.get(where).forms["form"]
    form["street"] = "Neue Gasse 9"
    form.submit("submit", status=303)
    work(app.registry, session)
    assert "Neue Gasse 9" in staff.get(f"{make.path(event, 'briefe', 'invitation')}/{run.id}/druck/1")
    staff.get(f"{make.path(event, 'briefe', 'invitation')}/{run.id}/").forms["form"].submit("submit", status=303)
    # Once it is posted, it stays posted: nobody gets a second one.
    form = staff.get(where).forms["form"]
    form["street"] = "Alte Gasse 1"
    form.submit("submit", status=303)
    assert "make" not in staff.get(make.path(event, "briefe", "invitation") + "/").forms
    assert letter_key(person.id) in keys_in(session, newest(session, event).id)


def test_two_people_do_not_overwrite_each_other(
    staff: Client, make: Make, event: Event, session: Session, lost: Invitee
) -> None:
    where = make.path(event, "antworten", str(lost.id), "anschrift")
    first, second = staff.get(where).forms["form"], staff.get(where).forms["form"]
    first["street"], second["street"] = "Gasse 3", "Gasse 4"
    first.submit("submit", status=303)
    answer = second.submit("submit", status=409)
    assert answer.forms["form"]["street"].value == "Gasse 4"
    session.expire_all()
    assert session.get_one(Invitee, lost.id).street == "Gasse 3"


def test_an_empty_street_is_refused_at_its_field(staff: Client, make: Make, event: Event, lost: Invitee) -> None:
    form = staff.get(make.path(event, "antworten", str(lost.id), "anschrift")).forms["form"]
    form["city"] = "Neustadt"
    assert form.submit("submit", status=422).forms["form"]["city"].value == "Neustadt"


def test_members_are_completed_on_the_page_of_the_panel(
    staff: Client, make: Make, event: Event, session: Session, app: Router
) -> None:
    enter_members(app.registry, session, event, 1)
    page = staff.get(make.path(event, "briefe", "drawn", "unvollstaendig"))
    assert "Mitglied 1" in page
    assert page.click("Anschrift ergänzen").forms["form"]["street"].value == ""
