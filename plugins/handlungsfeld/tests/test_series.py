"""A series from the dialogue's fields to its synthesis, as the coordinator leads it in the browser."""

import pytest

from fdplattform.events.models import Event, EventSeries
from fdplattform.events.time import take_all_due_steps
from fdplattform.jobs.registry import JobContext
from fdplattform.municipalities.models import Municipality
from fdplattform.security.permissions import Role
from fdplattform.testing.steps import attempt, reasons, take


@pytest.fixture
def dialogue(make):
    found = make.dialogue()
    for title in ("Sprache", "Wohnen"):
        make.field(found, title)
    return found


@pytest.fixture
def team(make, client, dialogue):
    client.login(make.account(Role.COORDINATOR, make.session.get_one(Municipality, dialogue.municipality_id)))
    return client


@pytest.fixture
def series(team, make, dialogue, session):
    form = team.get(make.path(dialogue, "reihe-anlegen?format=handlungsfeld")).forms["form"]
    assert form.submit().status_int == 303
    return session.query(EventSeries).one()


@pytest.fixture
def events(series, session):
    return session.query(Event).order_by(Event.id).all()


def test_without_fields_one_is_led_to_them(team, make, dialogue):
    other = make.dialogue(make.session.get_one(Municipality, dialogue.municipality_id))
    answer = team.get(make.path(other, "reihe-anlegen?format=handlungsfeld"), status=303)
    assert answer.location.endswith(make.path(other, "handlungsfelder"))
    assert "Legen Sie zuerst die Felder an." in answer.follow()


def at(make, events, *states):
    make.session.expire_all()
    for event, state in zip(events, states, strict=True):
        event.state = state
    make.session.commit()


def write_synthesis(team, make, dialogue, series):
    form = team.get(make.path(dialogue, "reihe", str(series.id), "bearbeiten")).forms["form"]
    form["synthesis"] = "Überall fehlt ein Ort, an dem man sich trifft."
    assert form.submit().status_int == 303
    make.session.expire_all()


def test_choosing_the_format_leads_to_the_series(team, make, dialogue):
    page = team.get(make.path(dialogue, "format-waehlen?block=2"))
    assert "reihe-anlegen?format=handlungsfeld" in page


def test_each_field_gets_an_event_in_the_language_of_the_dialogue(events):
    assert [event.title for event in events] == ["Dialog: Sprache", "Dialog: Wohnen"]
    assert len({event.field_id for event in events}) == 2
    assert {event.state for event in events} == {"preparing"}


def test_announcing_demands_host_question_date_and_agenda(team, make, events, dialogue):
    event = events[0]
    missing = reasons(attempt(team, make.path(event), "announce"))
    for reason in ("wer einlädt", "Die Leitfrage"):
        assert reason in missing
    assert "Handlungsfeld" not in missing

    form = team.get(make.path(event, "bearbeiten")).forms["form"]
    form["host"] = "Stadtbücherei"
    form["details_question"] = "Was hilft uns, einander zu verstehen?"
    assert form.submit().status_int == 303
    form = team.get(make.path(event, "termin")).forms["form"]
    form["starts_at"], form["ends_at"], form["place"] = "2090-05-04T18:00", "2090-05-04T20:00", "Bücherei"
    assert form.submit().status_int == 303
    take(team, make.path(event), "announce")
    make.session.refresh(event)
    assert event.state == "announced"
    team.logout()
    assert "Was hilft uns, einander zu verstehen?" in team.get(make.path(event))


def test_an_event_that_was_created_alone_says_which_field_it_is_about(team, make, dialogue, session):
    event = make.event(dialogue, format_id="handlungsfeld", host="Bücherei", details={"question": "Wie?"})
    assert "Handlungsfeld" in reasons(attempt(team, make.path(event), "announce"))
    form = team.get(make.path(event, "bearbeiten")).forms["form"]
    form["field_id"].select(text="Wohnen")
    assert form.submit().status_int == 303
    take(team, make.path(event), "announce")


def test_time_ends_an_event(make, dialogue, session, clock):
    event = make.event(dialogue, format_id="handlungsfeld", state="announced")
    clock.advance(days=40)
    take_all_due_steps(JobContext(registry=make.registry, now=clock(), key="test"))
    session.refresh(event)
    assert event.state == "held"


def test_results_are_complete_only_with_findings(team, make, events):
    at(make, events, "held", "preparing")
    assert reasons(attempt(team, make.path(events[0]), "evaluate"))
    make.finding(events[0])
    take(team, make.path(events[0]), "evaluate")


def test_an_early_event_may_close_and_the_last_one_needs_the_synthesis(team, make, events, dialogue, series):
    first, last = events
    for event in events:
        make.finding(event)
    at(make, events, "evaluated", "announced")
    take(team, make.path(first), "close")

    at(make, events, "closed", "evaluated")
    assert reasons(attempt(team, make.path(last), "close"))
    write_synthesis(team, make, dialogue, series)
    take(team, make.path(last), "close")
    team.logout()
    assert "Überall fehlt ein Ort" in team.get(make.path(dialogue, "reihe", str(series.id)))


@pytest.mark.parametrize("other", ["held", "evaluated", "closed", "cancelled"])
def test_when_all_others_are_over_the_synthesis_comes_first(team, make, events, other):
    make.finding(events[0])
    at(make, events, "evaluated", other)
    assert reasons(attempt(team, make.path(events[0]), "close"))


def test_invitations_are_kept_and_cannot_be_changed_afterwards(team, make, events):
    event = events[0]
    form = team.get(make.path(event, "eintrag", "invitations")).forms["form"]
    form["name"] = "Elternbeirat"
    assert form.submit().status_int == 303
    assert "Elternbeirat" in team.get(make.path(event, "listen", "invitations"))
    at(make, events, "held", "preparing")
    assert team.get(make.path(event, "eintrag", "invitations"), expect_errors=True).status_int == 409
    team.logout()
    assert "Elternbeirat" not in team.get(make.path(event))
