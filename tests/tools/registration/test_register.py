"""Registering, as a resident does it: a form, a code, a page that says how it stands."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from fdplattform.jobs.models import Job
from fdplattform.journal.models import JournalEntry
from fdplattform.testing.client import Client
from fdplattform.testing.clock import Clock
from fdplattform.testing.factories import Make
from fdplattform.testing.registration import code_on, fill, form_of, registrations, sign_up
from fdplattform.tools.registration.models import Registration, Status


def test_register_without_account_and_email(client: Client, make: Make, session: Session) -> None:
    path = make.path(make.event(state="open", capacity=10))
    page = sign_up(client, path)
    assert page.status_int == 200
    (made,) = registrations(session)
    assert (made.name, made.status, made.people, made.email) == ("Amal", Status.CONFIRMED, 1, None)
    assert f"/anmeldung/{code_on(page)}" in page.request.url
    assert not session.scalars(select(Job)).all()


def test_code_is_not_in_the_database(client: Client, make: Make, session: Session) -> None:
    page = sign_up(client, make.path(make.event(state="open")))
    code = code_on(page)
    (made,) = registrations(session)
    stored = [str(getattr(made, column.key)) for column in Registration.__table__.columns]
    assert all(code not in value and code.replace("-", "") not in value for value in stored)


def test_mail_is_in_the_outbox_with_the_code(client: Client, make: Make, session: Session) -> None:
    page = sign_up(client, make.path(make.event(state="open")), email="amal@example.org")
    session.rollback()
    (job,) = session.scalars(select(Job))
    assert job.payload["to"] == "amal@example.org"
    assert code_on(page) in str(job.payload)
    assert job.payload["attachments"][0]["name"] == "termin.ics"


def test_who_comes_late_waits_in_order(client: Client, make: Make, session: Session) -> None:
    path = make.path(make.event(state="open", capacity=1))
    sign_up(client, path, name="Eins")
    second = sign_up(client, path, name="Zwei")
    third = sign_up(client, path, name="Drei")
    assert [item.status.value for item in registrations(session)] == ["confirmed", "waiting", "waiting"]
    assert "1" in second.html.find(class_="kern-alert").get_text()
    assert "2" in third.html.find(class_="kern-alert").get_text()
    assert "Zwei" not in third.text


def test_names_are_kept_as_they_are(client: Client, make: Make, session: Session) -> None:
    path = make.path(make.event(state="open"))
    names = ["O'Neill-D’Angelo", "أمل الحسن", "🌍 Zoë", "ä" * 300]
    for name in names:
        page = sign_up(client, path, name=name)
        assert name in page.html.find(class_="facts").get_text()
    assert [item.name for item in registrations(session)] == names


@pytest.mark.parametrize(
    "values", [{"name": " "}, {"name": "x" * 301}, {"people": 0}, {"people": 1000}, {"email": "a"}]
)
def test_bad_input_keeps_what_was_typed(client: Client, make: Make, session: Session, values) -> None:
    path = make.path(make.event(state="open"))
    form = fill(form_of(client, path), **{"name": "Amal", "access_needs": "Rollstuhl", **values})
    answer = form.submit("submit", status=422)
    assert answer.forms["form"]["access_needs"].value == "Rollstuhl"
    assert answer.html.find(attrs={"aria-invalid": "true"})
    assert not registrations(session)


def test_needs_are_folded_up_until_used(client: Client, make: Make, session: Session) -> None:
    path = make.path(make.event(state="open"))
    page = client.get(f"{path}/anmelden")
    assert not page.html.find("details", class_="group").has_attr("open")
    form = fill(page.forms["form"], name="Amal", interpreter="ar", children=2, access_needs="Rollstuhl")
    form["name"] = ""
    assert form.submit("submit", status=422).html.find("details", class_="group").has_attr("open")
    form["name"] = "Amal"
    form.submit("submit", status=303)
    (made,) = registrations(session)
    assert (made.interpreter, made.children, made.access_needs) == ("ar", 2, "Rollstuhl")


def test_double_click_is_one_registration(client: Client, make: Make, session: Session) -> None:
    form = fill(form_of(client, make.path(make.event(state="open"))), name="Amal")
    first = form.submit("submit", status=303)
    second = form.submit("submit", status=303)
    assert first.location == second.location
    assert len(registrations(session)) == 1


def test_back_button_tells_of_the_first_and_takes_a_second(client: Client, make: Make, session: Session) -> None:
    form = fill(form_of(client, make.path(make.event(state="open"))), name="Amal")
    first = form.submit("submit", status=303)
    answer = fill(form, name="Basim").submit("submit", status=409)
    assert len(registrations(session)) == 1
    assert answer.html.find("a", href=first.location.removeprefix("http://localhost"))
    again = answer.forms["form"]
    assert again["name"].value == "Basim"
    again.submit("submit", status=303)
    assert [item.name for item in registrations(session)] == ["Amal", "Basim"]


def test_change_and_cancel_by_code(client: Client, make: Make, session: Session) -> None:
    path = make.path(make.event(state="open", capacity=4))
    page = sign_up(client, path, people=4)
    sign_up(client, path, name="Basim", people=2)
    own = page.request.path
    fill(client.get(f"{own}/aendern").forms["form"], people=2).submit("submit", status=303)
    assert [item.status for item in registrations(session)] == [Status.CONFIRMED, Status.CONFIRMED]
    question = client.get(f"{own}/absagen")
    assert registrations(session)[0].status is Status.CONFIRMED
    done = question.forms[0].submit().follow()
    assert registrations(session)[0].status is Status.CANCELLED
    assert not done.html.find("a", href=f"{own}/aendern")
    client.get(f"{own}/absagen", status=303)


def test_a_group_grows_only_into_free_seats(client: Client, make: Make, session: Session) -> None:
    path = make.path(make.event(state="open", capacity=4))
    own = sign_up(client, path, people=2).request.path
    form = fill(client.get(f"{own}/aendern").forms["form"], people=5)
    answer = form.submit("submit", status=409)
    assert answer.html.find(class_="form-errors")
    fill(form, people=4).submit("submit", status=303)
    sign_up(client, path, name="Basim")
    assert [item.people for item in registrations(session)] == [4, 1]


def test_two_people_change_one_registration(client: Client, make: Make, session: Session) -> None:
    own = sign_up(client, make.path(make.event(state="open"))).request.path
    mine, theirs = client.get(f"{own}/aendern").forms["form"], client.get(f"{own}/aendern").forms["form"]
    fill(theirs, name="Basim").submit("submit", status=303)
    answer = fill(mine, name="Cem").submit("submit", status=409)
    assert "Basim" in answer.text
    assert answer.forms["form"]["name"].value == "Cem"


def test_date_that_was_not_offered_is_refused(client: Client, make: Make, session: Session) -> None:
    event = make.event(state="open", dates=2)
    other = make.event(state="open")
    page = client.get(f"{make.path(event)}/anmelden")
    form = fill(page.forms["form"], name="Amal")
    date = page.html.find("input", type="radio")["name"]
    form.submit("submit", status=422)
    form[date].force_value(str(other.dates[0].id))
    form.submit("submit", status=422)
    form[date].force_value(str(event.dates[1].id))
    form.submit("submit", status=303)
    assert [item.event_date_id for item in registrations(session)] == [event.dates[1].id]


@pytest.mark.parametrize("state", ["held", "closed", "cancelled"])
def test_closed_door_says_so(client: Client, make: Make, session: Session, state: str) -> None:
    event = make.event(state="open")
    path = make.path(event)
    form = fill(form_of(client, path), name="Amal")
    event.state = state
    session.commit()
    page = client.get(f"{path}/anmelden")
    assert "form" not in page.forms
    assert page.html.find(class_="panel").get_text(strip=True)
    form.submit("submit", status=409)
    assert not registrations(session)


def test_postponed_and_past_dates_are_closed(client: Client, make: Make, session: Session, clock: Clock) -> None:
    event = make.event(state="open")
    path = make.path(event)
    form = fill(form_of(client, path), name="Amal")
    event.postponed_at = clock()
    session.commit()
    form.submit("submit", status=409)
    event.postponed_at = None
    session.commit()
    clock.set(event.dates[0].starts_at)
    form.submit("submit", status=409)
    assert not registrations(session)


def test_registration_deadline(client: Client, make: Make, session: Session, clock: Clock) -> None:
    event = make.event(state="open")
    until = event.dates[0].starts_at - timedelta(days=2)
    event.dates[0].registration_until = until
    session.commit()
    form = fill(form_of(client, make.path(event)), name="Amal")
    clock.set(until + timedelta(seconds=1))
    form.submit("submit", status=409)
    clock.set(until - timedelta(minutes=1))
    form.submit("submit", status=303)


def test_nothing_is_changed_after_the_start(client: Client, make: Make, session: Session, clock: Clock) -> None:
    event = make.event(state="open")
    own = sign_up(client, make.path(event)).request.path
    question = client.get(f"{own}/absagen")
    clock.set(event.dates[0].starts_at + timedelta(minutes=1))
    client.get(f"{own}/aendern", status=303)
    question.forms[0].submit(status=303)
    assert registrations(session)[0].status is Status.CONFIRMED
    assert not client.get(own).html.find("a", href=f"{own}/absagen")


def test_event_that_is_not_public_is_hidden(client: Client, make: Make) -> None:
    hidden = client.get(f"{make.path(make.event())}/anmelden", status=404)
    assert "form" not in hidden.forms


def test_journal_knows_no_names(client: Client, make: Make, session: Session) -> None:
    own = sign_up(client, make.path(make.event(state="open")), name="Amal Geheim", phone="0711 4711").request.path
    client.get(f"{own}/absagen").forms[0].submit()
    session.rollback()
    entries = session.scalars(
        select(JournalEntry).where(JournalEntry.tag.startswith("registration:")).order_by(JournalEntry.id)
    ).all()
    assert [entry.tag for entry in entries] == ["registration:enter", "registration:cancel"]
    assert all(entry.event_id and entry.dialogue_id and entry.municipality_id for entry in entries)
    written = " ".join(f"{entry.payload} {entry.actor_name}" for entry in entries)
    assert "Geheim" not in written
    assert "4711" not in written


def test_a_group_that_waits_grows_while_nobody_waits_behind_it(client: Client, make: Make, session: Session) -> None:
    path = make.path(make.event(state="open", capacity=2))
    sign_up(client, path, people=2)
    own = sign_up(client, path, name="Basim", people=2).request.path
    change = client.get(f"{own}/aendern").forms["form"]
    fill(change, people=3).submit("submit", status=303)
    sign_up(client, path, name="Cem")
    client.get(own)
    answer = fill(client.get(f"{own}/aendern").forms["form"], people=4).submit("submit", status=409)
    assert answer.html.find(class_="form-errors")
    assert [(item.people, item.status) for item in registrations(session)] == [
        (2, Status.CONFIRMED),
        (3, Status.WAITING),
        (1, Status.WAITING),
    ]
