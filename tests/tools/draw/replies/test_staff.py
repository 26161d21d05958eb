"""What staff see and do with answers: cards count as much as answers online, everybody can take theirs back."""

import csv
import io
from collections.abc import Callable

import pytest
from pyramid.router import Router
from sqlalchemy.orm import Session
from webtest.forms import Form, Radio

from fdplattform.accounts.models import Account
from fdplattform.events.models import Event
from fdplattform.journal.models import JournalEntry
from fdplattform.security.permissions import Role
from fdplattform.testing.client import Client
from fdplattform.testing.clock import Clock
from fdplattform.testing.draws import add_invited, code_of
from fdplattform.testing.factories import Make
from fdplattform.testing.html import token_on
from fdplattform.testing.queries import queries
from fdplattform.tools.draw.criteria.models import Category, Plan
from fdplattform.tools.draw.register.models import Invitee, InviteeCategory
from fdplattform.tools.draw.replies.models import Answer, Channel, Reply, ReplyCategory
from fdplattform.tools.draw.replies.services import willing

Enter = Callable[..., None]


@pytest.fixture
def enter(staff: Client, path: str) -> Enter:
    """Enters a card as the coordinator does."""

    def entered(who: str, answer: str = "yes", status: int = 303, **fields: str) -> None:
        form = staff.get(f"{path}/eintragen").forms["form"]
        form["who"], radio(form).value = who, answer
        for name, value in fields.items():
            form[name] = value
        form.submit("submit", status=status)

    return entered


def radio(form: Form) -> Radio:
    """Yes or no."""
    found = next(fields[0] for fields in form.fields.values() if isinstance(fields[0], Radio))
    assert isinstance(found, Radio)
    return found


@pytest.mark.parametrize("by", ["code", "number", "name"])
def test_a_card_is_an_answer(
    enter: Enter, session: Session, invitee: Invitee, code: str, by: str, event: Event
) -> None:
    enter({"code": code.lower(), "number": str(invitee.number), "name": "amal  HADDAD"}[by], phone="0711 22")
    reply = session.get_one(Reply, invitee.id)
    assert (reply.answer, reply.channel, reply.phone) == (Answer.YES, Channel.CARD, "0711 22")
    assert [person.invitee_id for person in willing(session, event.id)] == [invitee.id]


def test_nobody_answers_twice(enter: Enter, client: Client, session: Session, invitee: Invitee, code: str) -> None:
    enter(code, "no")
    enter(code, "yes", status=409)
    assert session.get_one(Reply, invitee.id).answer is Answer.NO
    client.get(f"/antwort/{code}", status=404)


def test_who_was_not_invited_is_said_at_the_field(
    staff: Client, path: str, make: Make, session: Session, invitee: Invitee, event: Event
) -> None:
    add_invited(session, event, 2, given_name="Zwei", family_name="Gleiche")
    elsewhere = add_invited(session, make.event(state="open"), 1, given_name="Nicht", family_name="Hier")[0]
    form = staff.get(f"{path}/eintragen").forms["form"]
    for typed in (
        "999",
        "0000-0000-0000",
        "Niemand",
        "Zwei Gleiche",
        "Nicht Hier",
        code_of(session, elsewhere),
        "1" * 30,
    ):
        form["who"], radio(form).value = typed, "yes"
        page = form.submit("submit", status=422)
        assert page.html.find("input", attrs={"name": "who"})["aria-invalid"] == "true"
        assert page.forms["form"]["who"].value == typed
    assert session.query(Reply).count() == 0


def test_a_late_card_counts_only_when_it_came_in_time(
    enter: Enter, staff: Client, coordinator: Account, path: str, session: Session, invitee: Invitee, clock: Clock
) -> None:
    clock.advance(days=25)
    staff.login(coordinator)
    enter("1", status=422)
    form = staff.get(f"{path}/eintragen").forms["form"]
    form["who"], radio(form).value, form["in_time"] = "1", "yes", True
    form.submit("submit", status=303)
    assert session.query(Reply).count() == 1


def test_no_card_counts_once_the_draw_is_prepared(
    enter: Enter, session: Session, invitee: Invitee, event: Event, clock: Clock
) -> None:
    session.get_one(Plan, event.id).locked_at = clock()
    session.commit()
    enter("1", status=422)
    enter("1", status=409, in_time="1")
    assert session.query(Reply).count() == 0


def test_an_answer_is_corrected(
    enter: Enter,
    staff: Client,
    path: str,
    session: Session,
    invitee: Invitee,
    event: Event,
    education: dict[str, Category],
) -> None:
    chosen = education["mit Abitur"]
    enter("1", **{f"criterion_{chosen.criterion_id}": str(chosen.id), "consent": "1", "access_needs": "Rampe"})
    form = staff.get(f"{path}/{invitee.id}/").forms["form"]
    assert form[f"criterion_{chosen.criterion_id}"].value == str(chosen.id)
    assert form["access_needs"].value == "Rampe"
    radio(form).value = "no"
    form.submit("submit", status=303)
    session.expire_all()
    reply = session.get_one(Reply, invitee.id)
    assert (reply.answer, reply.access_needs, reply.consented_at) == (Answer.NO, None, None)
    assert session.query(ReplyCategory).count() == 0
    assert willing(session, event.id) == []


def test_after_the_draw_is_prepared_people_can_still_leave_but_not_join(
    enter: Enter, staff: Client, path: str, session: Session, event: Event, clock: Clock, education: dict[str, Category]
) -> None:
    chosen = education["mit Abitur"]
    yes, no = add_invited(session, event, 2)
    question = f"criterion_{chosen.criterion_id}"
    enter(str(yes.number), **{question: str(chosen.id), "consent": "1"})
    enter(str(no.number), "no")
    session.get_one(Plan, event.id).locked_at = clock()
    session.commit()

    def correct(invitee: Invitee, status: int, answer: str = "", **fields: str) -> None:
        form = staff.get(f"{path}/{invitee.id}/").forms["form"]
        radio(form).value = answer or radio(form).value
        for name, value in fields.items():
            form[name] = value
        form.submit("submit", status=status)

    correct(no, 409, answer="yes")
    correct(yes, 409, **{question: str(education["ohne Abitur"].id)})
    correct(yes, 303, phone="0711 33")
    correct(yes, 303, **{question: ""})
    correct(yes, 303, answer="no")
    correct(yes, 409, answer="yes")


def test_two_corrections_at_once_do_not_overwrite_each_other(
    enter: Enter, staff: Client, path: str, session: Session, invitee: Invitee
) -> None:
    enter("1")
    mine, other = (staff.get(f"{path}/{invitee.id}/").forms["form"] for _ in range(2))
    other["phone"] = "0711 1"
    other.submit("submit", status=303)
    mine["phone"] = "0711 2"
    mine.submit("submit", status=409)
    session.expire_all()
    assert session.get_one(Reply, invitee.id).phone == "0711 1"


def test_who_asks_for_it_is_forgotten_at_once(
    enter: Enter,
    staff: Client,
    path: str,
    session: Session,
    invitee: Invitee,
    event: Event,
    code: str,
    education: dict[str, Category],
) -> None:
    chosen = education["mit Abitur"]
    enter("1", **{f"criterion_{chosen.criterion_id}": str(chosen.id), "consent": "1", "phone": "0711 22"})
    staff.get(f"{path}/{invitee.id}/daten-loeschen").forms["confirm"].submit(status=303)
    session.expire_all()
    gone = session.get_one(Invitee, invitee.id)
    assert (gone.given_name, gone.family_name, gone.street, gone.city, gone.code_hash) == (None,) * 5
    reply = session.get_one(Reply, invitee.id)
    assert (reply.answer, reply.phone, reply.token, reply.consented_at) == (Answer.YES, None, None, None)
    assert session.query(ReplyCategory).count() == 0
    assert willing(session, event.id) == []
    client_page = staff.get(f"/antwort/{code}", status=404)
    assert "Haddad" not in client_page.text
    page = staff.get(f"{path}/{invitee.id}/")
    assert "form" not in page.forms
    assert session.query(JournalEntry).filter_by(tag="reply:erase", subject_id=invitee.id).count() == 1


@pytest.mark.parametrize("state", ["closed", "cancelled"])
def test_as_long_as_data_is_kept_people_are_told_of_it_and_deleted(
    enter: Enter, staff: Client, path: str, session: Session, event: Event, invitee: Invitee, state: str
) -> None:
    young = session.query(Category).filter_by(title="jung").one()
    session.add(InviteeCategory(invitee_id=invitee.id, criterion_id=young.criterion_id, category_id=young.id))
    enter("1", phone="0711 22", access_needs="Rampe")
    event.state = state
    session.commit()
    assert f"{path}/eintragen" not in staff.get(f"{path}/")
    assert b"0711 22" in staff.get(f"{path}/liste.csv").body
    page = staff.get(f"{path}/{invitee.id}/")
    for known in (invitee.street, invitee.city, "0711 22", "Rampe", "jung"):
        assert known in page.html.find("dl", class_="facts").text
    assert "form" not in page.forms
    for view in ("eintragen", f"{invitee.id}/"):
        staff.post(f"{path}/{view}", token_on(page), status=403)
    page.click(href="daten-loeschen").forms["confirm"].submit(status=303)
    session.expire_all()
    assert session.get_one(Invitee, invitee.id).family_name is None


def test_each_look_at_the_answers_is_journalled(
    enter: Enter, staff: Client, path: str, session: Session, invitee: Invitee
) -> None:
    enter("1")
    before = session.query(JournalEntry).filter_by(tag="reply:read").count()
    staff.get(f"{path}/")
    staff.get(f"{path}/{invitee.id}/")
    staff.get(f"{path}/liste.csv")
    assert session.query(JournalEntry).filter_by(tag="reply:read").count() == before + 2
    exported = session.query(JournalEntry).filter_by(tag="reply:export").one()
    assert (exported.payload or {})["people"] == 1
    assert "Haddad" not in str([entry.payload for entry in session.query(JournalEntry)])


def test_the_export_holds_who_said_yes_and_no_formulas(
    enter: Enter, staff: Client, path: str, session: Session, event: Event
) -> None:
    yes, no = add_invited(session, event, 2, given_name="=cmd", family_name="Amal")
    enter(str(yes.number), access_needs="+1")
    enter(str(no.number), "no")
    text = staff.get(f"{path}/liste.csv").body.decode("utf-8-sig")
    header, *rows = csv.reader(io.StringIO(text), delimiter=";")
    assert len(rows) == 1
    assert len(header) == len(rows[0])
    assert rows[0][1] == "'=cmd Amal"
    assert "'+1" in rows[0]


def test_numbers_stand_beside_the_population(
    enter: Enter, staff: Client, path: str, session: Session, event: Event
) -> None:
    young = session.query(Category).filter_by(title="jung").one()
    young.share = 25.0
    people = add_invited(session, event, 4)
    session.add_all(
        InviteeCategory(invitee_id=person.id, criterion_id=young.criterion_id, category_id=young.id)
        for person in people[:2]
    )
    session.commit()
    enter(str(people[0].number))
    enter(str(people[1].number), "no")
    page = staff.get(f"{path}/")
    row = next(row for row in page.html.find_all("tr") if row.find("th") and row.find("th").text.strip() == "jung")
    cells = [" ".join(cell.text.split()) for cell in row.find_all("td")]
    assert cells[:5] == ["25 %", "2", "1 mindestens 2 nötig", "1", "100 %"]
    assert row.find("svg")


def test_the_list_asks_as_often_for_many_answers(
    enter: Enter, staff: Client, path: str, app: Router, session: Session, event: Event
) -> None:
    def asked() -> int:
        with queries(app.registry.engine) as statements:
            staff.get(f"{path}/")
        return len(statements)

    first = add_invited(session, event, 1)[0]
    enter(str(first.number))
    staff.get(f"{path}/")
    few = asked()
    for person in add_invited(session, event, 8):
        enter(str(person.number))
    assert asked() == few


def test_only_the_team_of_the_event_sees_answers(
    client: Client, make: Make, path: str, invitee: Invitee, session: Session
) -> None:
    for role in (Role.PROGRAMME_OFFICE, Role.COORDINATOR):
        municipality = make.municipality() if role is Role.COORDINATOR else None
        client.login(make.account(role, municipality))
        for view in ("", f"{invitee.id}", "eintragen", "liste.csv"):
            client.get(f"{path}/{view}", status=403)
