"""A date that lies in the past is asked about, and who mistyped one does not lose the event."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from fdplattform.events.models import Event
from fdplattform.events.time import take_all_due_steps
from fdplattform.jobs.models import Job
from fdplattform.jobs.registry import JobContext
from fdplattform.security.permissions import Role
from fdplattform.testing.registration import sign_up
from fdplattform.testing.steps import attempt, reasons, take

PAST = {"starts_at": "2020-01-01T10:00", "ends_at": "2020-01-01T12:00", "place": "Rathaus"}


@pytest.fixture
def municipality(make):
    return make.municipality()


@pytest.fixture
def dialogue(make, municipality):
    return make.dialogue(municipality)


@pytest.fixture
def coordinator(make, municipality):
    return make.account(Role.COORDINATOR, municipality)


@pytest.fixture
def team(client, coordinator):
    client.login(coordinator)
    return client


def typed(form, **values):
    for name, value in values.items():
        form[name] = value
    return form


def test_an_event_in_the_past_is_asked_about_when_it_is_created(team, make, dialogue, session):
    form = team.get(make.path(dialogue, "veranstaltung-anlegen?format=probe")).forms["form"]
    assert "in_the_past" not in form.fields
    refused = typed(form, **PAST).submit(expect_errors=True)
    assert refused.status_int == 422
    assert "liegt in der Vergangenheit" in refused
    assert session.scalars(select(Event)).all() == []
    again = refused.forms["form"]
    assert again["place"].value == "Rathaus"
    again["in_the_past"] = True
    assert again.submit().status_int == 303
    assert len(session.scalars(select(Event)).all()) == 1


def test_a_date_is_asked_about_when_it_moves_into_the_past(team, make, dialogue, session):
    event = make.event(dialogue, state="open")
    path = make.path(event, f"termin?id={event.dates[0].id}")
    refused = typed(team.get(path).forms["form"], **PAST).submit(expect_errors=True)
    assert refused.status_int == 422
    refused.forms["form"]["in_the_past"] = True
    assert refused.forms["form"].submit().status_int == 303
    # Its place is corrected later: nobody asks again about a moment that stays.
    assert typed(team.get(path).forms["form"], place="Bücherei").submit().status_int == 303


def test_from_held_a_step_leads_back_while_a_date_lies_ahead(team, make, dialogue, session, clock, coordinator):
    event = make.event(dialogue, format_id="grossgruppenforum", state="invited", capacity=10)
    path = make.path(event)
    date = f"{path}/termin?id={event.dates[0].id}"
    form = typed(team.get(date).forms["form"], **PAST).submit(status=422).forms["form"]
    form["in_the_past"] = True
    form.submit(status=303)
    take_all_due_steps(JobContext(registry=make.registry, now=clock(), key="test"))
    session.refresh(event)
    assert event.state == "held"
    assert "form" not in attempt(team, path, "not_over").forms

    start = clock() + timedelta(days=40)
    moments = {"starts_at": f"{start:%Y-%m-%d}T18:00", "ends_at": f"{start:%Y-%m-%d}T20:00"}
    typed(team.get(date).forms["form"], **moments).submit(status=303)
    take(team, path, "not_over")
    session.refresh(event)
    assert event.state == "invited"
    assert sign_up(team, path).status_int == 200


@pytest.mark.parametrize("moved", [True, False])
def test_going_on_with_the_old_date_wants_a_reason(team, make, dialogue, session, clock, coordinator, moved):
    event = make.event(dialogue, state="open", capacity=5)
    path = make.path(event)
    sign_up(team, path, email="amal@example.org")
    team.login(coordinator)
    take(team, path, "postpone", public_notice="Wir suchen einen Saal.")
    start = clock() + timedelta(days=40)
    form = team.get(f"{path}/termin?id={event.dates[0].id}").forms["form"]
    form["access"] = "Rampe am Hof"
    if moved:
        typed(form, starts_at=f"{start:%Y-%m-%d}T18:00", ends_at=f"{start:%Y-%m-%d}T20:00")
    form.submit(status=303)
    if moved:
        take(team, path, "resume")
    else:
        assert "noch der alte" in reasons(attempt(team, path, "resume"))
        take(team, path, "resume", justification="Der Saal ist doch frei.")
    subjects = [str(job.payload.get("subject")) for job in session.scalars(select(Job).where(Job.kind == "mail:send"))]
    assert any("New date" in subject for subject in subjects) is moved
    assert any("It takes place" in subject for subject in subjects) is not moved
