"""Events that follow another one: created with one click, everything taken over, only once."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from fdplattform.dialogues.models import Dialogue
from fdplattform.events.models import Event
from fdplattform.forms import FormSchema, Text
from fdplattform.municipalities.models import Municipality
from fdplattform.security.permissions import Role


@pytest.fixture
def origin(make):
    return make.event(format_id="buergerinnenrat", state="stated", host="Stabsstelle", results_promise="Der Rat liest.")


@pytest.fixture
def dialogue(session, origin):
    return session.get_one(Dialogue, origin.dialogue_id)


@pytest.fixture
def staff(client, make, origin):
    client.login(make.coordinator_of(origin))
    return client


def cafes(session):
    session.rollback()
    return session.scalars(select(Event).where(Event.format_id == "buergercafe").order_by(Event.id)).all()


def button(page, format_id="buergercafe"):
    return next(form for form in page.forms.values() if f"format={format_id}" in form.action)


def test_one_click_creates_it_and_leaves_the_date_to_the_team(staff, make, session, origin):
    page = button(staff.get(make.path(origin, "schritte"))).submit(status=303).follow()
    (cafe,) = cafes(session)
    assert cafe.follows_id == origin.id
    assert origin.title in cafe.title
    assert (cafe.host, cafe.results_promise, cafe.block, cafe.language) == (
        "Stabsstelle",
        "Der Rat liest.",
        2,
        "de",
    )
    assert cafe.goal.startswith("Die Mitglieder")
    assert cafe.state == "preparing"
    form = page.forms["form"]
    form["starts_at"], form["ends_at"], form["place"] = "2090-05-04T18:00", "2090-05-04T20:00", "Bücherei"
    form.submit(status=303)
    session.refresh(cafe, ["dates"])
    assert len(cafe.dates) == 1


def test_two_clicks_create_one(staff, make, session, origin):
    form = button(staff.get(make.path(origin, "schritte")))
    form.submit(status=303)
    assert form.submit(status=303).location.endswith("/schritte")
    assert len(cafes(session)) == 1


def test_one_that_is_there_is_shown_and_a_further_one_has_a_form(staff, make, session, origin):
    button(staff.get(make.path(origin, "schritte"))).submit(status=303)
    page = staff.get(make.path(origin, "schritte"))
    with pytest.raises(StopIteration):
        button(page)
    assert page.html.find("a", string=cafes(session)[0].title) is not None
    form = page.click(href="format=buergercafe").forms["form"]
    assert origin.title in form["title"].value


def test_a_cancelled_one_does_not_stand_in_the_way(staff, make, session, origin):
    button(staff.get(make.path(origin, "schritte"))).submit(status=303)
    cafes(session)[0].state = "cancelled"
    session.commit()
    button(staff.get(make.path(origin, "schritte"))).submit(status=303)
    assert len(cafes(session)) == 2


def test_nothing_follows_an_event_of_another_format(staff, make, session, dialogue):
    other = make.event(dialogue)
    token = staff.get(make.path(other, "schritte")).forms[0]["csrf_token"].value
    target = make.path(dialogue, f"folgeveranstaltung?format=buergercafe&nach={other.slug}")
    assert staff.post(target, {"csrf_token": token}, expect_errors=True).status_int == 400
    assert cafes(session) == []


def test_who_may_not_create_events_creates_none(client, make, session, origin, dialogue):
    client.login(make.account(Role.FACILITATOR, session.get_one(Municipality, dialogue.municipality_id)))
    target = make.path(dialogue, f"folgeveranstaltung?format=buergercafe&nach={origin.slug}")
    assert client.post(target, expect_errors=True).status_int in (400, 403)
    assert cafes(session) == []


def test_a_format_that_has_to_ask_something_has_its_form(staff, make, app, origin, monkeypatch):
    class Details(FormSchema):
        motto = Text(title="Motto", at_creation=True)

    formats = app.registry.plugins.formats
    cafe = formats["buergercafe"]
    asking = replace(cafe, data=replace(cafe.data, details=Details))
    monkeypatch.setattr(type(app.registry.plugins), "formats", {**formats, "buergercafe": asking})
    page = staff.get(make.path(origin, "schritte"))
    with pytest.raises(StopIteration):
        button(page)
    assert "details_motto" in page.click(href="format=buergercafe").forms["form"].fields
