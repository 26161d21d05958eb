"""Leading an event through its workflow, as the coordinator does it in the browser."""

from datetime import timedelta

import pytest

from fdplattform.events.models import Event
from fdplattform.events.time import take_all_due_steps
from fdplattform.jobs.registry import JobContext
from fdplattform.security.permissions import Role


@pytest.fixture
def dialogue(make):
    return make.dialogue()


@pytest.fixture
def coordinator(make, client, dialogue):
    municipality = make.session.get_one(type(make.municipality()), dialogue.municipality_id)
    client.login(make.account(Role.COORDINATOR, municipality))
    return client


def announce(client, make, event, **answers):
    form = client.get(make.path(event, "schritt?transition=announce")).forms["form"]
    for name, value in answers.items():
        form[name] = value
    return form.submit(expect_errors=True)


def test_an_event_is_created_with_the_formats_form(coordinator, make, dialogue, session):
    page = coordinator.get(make.path(dialogue, "veranstaltung-anlegen?format=probe"))
    form = page.forms["form"]
    assert form["goal"].value == dialogue.goal
    form["title"] = "Auftakt"
    form["details_question"] = "Wie leben wir zusammen?"
    form["starts_at"] = "2030-05-04T18:00"
    form["ends_at"] = "2030-05-04T20:00"
    form["place"] = "Rathaus"
    answer = form.submit()
    assert answer.status_int == 303
    assert answer.location.endswith("/auftakt/schritte")
    event = session.query(Event).one()
    assert event.details["question"] == "Wie leben wir zusammen?"
    assert "Wie leben wir zusammen?" in coordinator.get(make.path(event))


def test_dates_in_the_wrong_order_are_refused_at_the_field(coordinator, make, dialogue, session):
    form = coordinator.get(make.path(dialogue, "veranstaltung-anlegen?format=probe")).forms["form"]
    form["starts_at"] = "2030-05-04T18:00"
    form["ends_at"] = "2030-05-04T17:00"
    form["place"] = "Rathaus"
    answer = form.submit(expect_errors=True)
    assert answer.status_int == 422
    assert answer.forms["form"]["place"].value == "Rathaus"
    assert session.query(Event).count() == 0


def test_what_a_step_asks_is_demanded_and_written(coordinator, make, dialogue, session):
    event = make.event(dialogue)
    assert announce(coordinator, make, event).status_int == 422
    assert announce(coordinator, make, event, details_decided_on="2026-11-02").status_int == 303
    session.refresh(event)
    assert event.state == "open"
    assert event.details["decided_on"] == "2026-11-02"
    assert "Treffen" in coordinator.get(make.path(event, "protokoll"))


def test_a_warning_wants_a_justification(coordinator, make, dialogue, clock, session):
    event = make.event(dialogue, starts_at=clock() + timedelta(days=3))
    form = coordinator.get(make.path(event, "schritt?transition=announce")).forms["form"]
    form["details_decided_on"] = "2026-11-02"
    assert form.submit(expect_errors=True).status_int == 422
    form["justification"] = "Der Saal ist nur dann frei."
    assert form.submit().status_int == 303
    session.refresh(event)
    assert event.state == "open"
    assert "Der Saal ist nur dann frei." in coordinator.get(make.path(event, "protokoll"))
    assert "Der Saal ist nur dann frei." not in coordinator.get(make.path(event, "transparenz"))


def test_the_journal_names_steps_in_the_readers_language(coordinator, make, dialogue):
    event = make.event(dialogue, state="open")
    form = coordinator.get(make.path(event, "schritt?transition=postpone")).forms["form"]
    form["public_notice"] = "Der neue Termin folgt."
    assert form.submit().status_int == 303
    assert "Veranstaltung verschieben" in coordinator.get(make.path(event, "protokoll"))
    assert "Postpone" in coordinator.get(make.path(event, "protokoll"), headers={"Accept-Language": "en"})


def test_a_blocked_step_says_why_and_is_refused(coordinator, make, dialogue):
    event = make.event(dialogue, state="held")
    page = coordinator.get(make.path(event, "schritte"))
    assert "schritt?transition=close" not in page
    shown = coordinator.get(make.path(event, "schritt?transition=close"))
    assert "form" not in shown.forms
    make.finding(event)
    assert "schritt?transition=close" in coordinator.get(make.path(event, "schritte"))


def test_who_is_late_gets_a_conflict(coordinator, make, dialogue, session):
    event = make.event(dialogue)
    form = coordinator.get(make.path(event, "schritt?transition=announce")).forms["form"]
    form["details_decided_on"] = "2026-11-02"
    event.title = "Inzwischen geändert"
    session.commit()
    answer = form.submit(expect_errors=True)
    assert answer.status_int == 409


def test_an_event_is_public_only_in_public_states(client, make, dialogue):
    event = make.event(dialogue)
    assert client.get(make.path(event), expect_errors=True).status_int == 404
    other = make.event(dialogue, state="open")
    assert client.get(make.path(other)).status_int == 200


def test_cancelling_stands_on_the_page(coordinator, client, make, dialogue, session):
    event = make.event(dialogue, state="open")
    form = coordinator.get(make.path(event, "schritt?transition=cancel")).forms["form"]
    form["public_notice"] = "Der Saal hat einen Wasserschaden."
    form.submit()
    session.refresh(event)
    assert event.state == "cancelled"
    client.logout()
    assert "Wasserschaden" in client.get(make.path(event))


def test_postponing_holds_everything_back_until_there_is_a_new_date(coordinator, make, dialogue, session, clock):
    event = make.event(dialogue, state="open")
    form = coordinator.get(make.path(event, "schritt?transition=postpone")).forms["form"]
    form["public_notice"] = "Wir suchen einen größeren Saal."
    form.submit()
    session.refresh(event)
    assert event.state == "open"
    assert event.postponed_at is not None
    session.commit()
    clock.advance(days=40)
    take_all_due_steps(JobContext(registry=make.registry, now=clock(), key="test"))
    session.refresh(event)
    assert event.state == "open"


def test_time_moves_an_event_on_once(make, dialogue, session, clock):
    event = make.event(dialogue, state="open")
    context = JobContext(registry=make.registry, now=clock(), key="test")
    take_all_due_steps(context)
    session.refresh(event)
    assert event.state == "open"
    session.commit()
    clock.advance(days=31)
    take_all_due_steps(JobContext(registry=make.registry, now=clock(), key="test"))
    session.refresh(event)
    assert event.state == "held"


def test_a_coordinator_of_another_municipality_is_refused(client, make, dialogue):
    event = make.event(dialogue, state="open")
    client.login(make.account(Role.COORDINATOR, make.municipality()))
    assert client.get(make.path(event, "bearbeiten"), expect_errors=True).status_int in (403, 404)
    assert client.get(make.path(event, "schritte"), expect_errors=True).status_int in (403, 404)


def test_what_is_missing_leads_to_where_it_is_mended(coordinator, make, dialogue):
    event = make.event(dialogue, state="held")
    page = coordinator.get(make.path(event, "schritte"))
    assert page.html.find("a", string=lambda text: text and "Ergebnisse" in text, href=make.path(event, "ergebnisse"))
    assert coordinator.get(make.path(event, "ergebnisse")).status_int == 200
