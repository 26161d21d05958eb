"""Two clicks make one thing."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select

from fdplattform.dialogues.models import Dialogue
from fdplattform.events.models import Event
from fdplattform.forms.models import SentForm
from fdplattform.forms.once import forget
from fdplattform.jobs.registry import JobContext
from fdplattform.security.permissions import Role
from fdplattform.testing.client import Client


@pytest.fixture
def place(client, make):
    municipality = make.municipality()
    client.login(make.account(Role.COORDINATOR, municipality))
    return municipality


@pytest.fixture
def form(client, make, place):
    return filled(client.get(make.path(place, "dialog-anlegen")).forms["form"])


def filled(form):
    form["title"], form["goal"], form["results_promise"] = "Zusammenleben", "Wir reden.", "Der Rat berät."
    return form


def dialogues(session):
    session.rollback()
    return session.scalars(select(Dialogue.title).order_by(Dialogue.id)).all()


def test_a_double_click_makes_one_dialogue(form, session):
    first, second = form.submit(), form.submit()
    assert (first.status_int, second.status_int) == (303, 303)
    assert first.location == second.location
    assert dialogues(session) == ["Zusammenleben"]


def test_two_clicks_at_the_same_moment(form, client, make, place, session, app):
    browsers = [Client(app) for _number in range(4)]
    for browser in browsers:
        browser.cookiejar = client.cookiejar
    path, fields = make.path(place, "dialog-anlegen"), form.submit_fields()
    with ThreadPoolExecutor(len(browsers)) as pool:
        answers = list(pool.map(lambda browser: browser.post(path, fields), browsers))
    assert {answer.status_int for answer in answers} == {303}
    assert len({answer.location for answer in answers}) == 1
    assert dialogues(session) == ["Zusammenleben"]


def test_who_goes_back_and_writes_something_else_makes_another(form, session):
    form.submit()
    form["title"] = "Wohnen"
    form.submit()
    assert dialogues(session) == ["Zusammenleben", "Wohnen"]


def test_the_same_words_in_a_fresh_form_make_another(form, client, make, place, session):
    form.submit()
    filled(client.get(make.path(place, "dialog-anlegen")).forms["form"]).submit()
    assert dialogues(session) == ["Zusammenleben", "Zusammenleben"]


def test_a_refused_form_can_be_sent_again(form, session):
    form["ends_on"], form["starts_on"] = "2030-01-01", "2030-02-01"
    assert form.submit(status=422)
    assert form.submit(status=422)
    assert session.scalars(select(SentForm)).all() == []
    form["ends_on"] = "2030-03-01"
    assert form.submit().status_int == 303
    assert dialogues(session) == ["Zusammenleben"]


def test_an_event_is_made_once_too(client, make, place, session):
    dialogue = make.dialogue(place)
    form = client.get(make.path(dialogue, "veranstaltung-anlegen?format=probe")).forms["form"]
    form["starts_at"], form["ends_at"], form["place"] = "2030-05-04T18:00", "2030-05-04T20:00", "Rathaus"
    assert form.submit().location == form.submit().location
    session.rollback()
    assert len(session.scalars(select(Event)).all()) == 1


def test_it_is_forgotten_after_a_day(form, app, session, clock):
    form.submit()
    for hours, kept in ((23, 1), (25, 0)):
        forget(JobContext(registry=app.registry, now=clock() + timedelta(hours=hours), key="test"))
        session.rollback()
        assert len(session.scalars(select(SentForm)).all()) == kept
