"""What nobody but the team has seen is discarded, not cancelled: nothing of it becomes public."""

import pytest
from sqlalchemy import select

from fdplattform.dialogues.models import Dialogue
from fdplattform.events.models import Event, EventDate, EventSeries
from fdplattform.security.permissions import Role
from fdplattform.testing.registration import sign_up
from fdplattform.testing.steps import attempt, reasons, take


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


def discard(team, path):
    return team.get(f"{path}/verwerfen").forms["form"].submit(expect_errors=True)


def offered(team, path):
    titles = team.get(f"{path}/schritte").html.select("section[aria-labelledby=otherwise] h3")
    return [title.get_text() for title in titles]


def test_a_draft_is_discarded_and_nothing_of_it_is_public(team, make, dialogue, session):
    event = make.event(dialogue, title="Interner Fehlversuch")
    path = make.path(event)
    assert offered(team, path) == ["Veranstaltung verwerfen"]
    answer = discard(team, path)
    assert answer.status_int == 303
    session.expire_all()
    assert session.scalars(select(Event)).all() == []
    assert session.scalars(select(EventDate)).all() == []
    assert "Interner Fehlversuch" in team.get(make.path(dialogue, "protokoll"))
    team.logout()
    assert "Interner Fehlversuch" not in team.get(f"{make.path(dialogue)}/")
    assert "Interner Fehlversuch" not in team.get("/api/v1/events")
    assert "Interner Fehlversuch" not in team.get(make.path(dialogue, "transparenz"))


@pytest.mark.parametrize("step", ["cancel", "postpone"])
def test_cancelling_a_draft_would_publish_it(team, make, dialogue, step):
    refused = attempt(team, make.path(make.event(dialogue)), step)
    assert "Verwerfen Sie sie" in reasons(refused)
    assert "form" not in refused.forms


def test_what_was_public_is_cancelled(team, make, dialogue, session):
    event = make.event(dialogue, format_id="grossgruppenforum")
    path = make.path(event)
    take(team, path, "invite")
    take(team, path, "withdraw")
    assert offered(team, path) == [
        "Veranstaltung absagen",
        "Veranstaltung verschieben",
        "Seite von den öffentlichen Seiten nehmen",
    ]
    assert discard(team, path).status_int == 409
    take(team, path, "cancel", public_notice="Der Saal ist gesperrt.")


def test_while_people_hang_on_it_it_stays(team, make, dialogue, session, coordinator):
    event = make.event(dialogue, state="open", capacity=5)
    path = make.path(event)
    sign_up(team, path)
    team.login(coordinator)
    event.state = "draft"
    session.commit()
    card = team.get(f"{path}/schritte").html.select_one("section[aria-labelledby=otherwise]").get_text()
    assert "Anmeldungen" in card
    assert "Veranstaltung absagen" in card
    assert discard(team, path).status_int == 409
    session.expire_all()
    assert session.get(Event, event.id) is not None


def test_results_and_followers_hold_it(team, make, dialogue):
    event = make.event(dialogue)
    make.finding(event)
    assert discard(team, make.path(event)).status_int == 409
    origin = make.event(dialogue, format_id="buergerinnenrat", details={"question": "Wie?", "mandate": "Rat"})
    make.event(dialogue, format_id="buergercafe", follows_id=origin.id)
    assert discard(team, make.path(origin)).status_int == 409


def test_a_series_goes_with_its_last_event(team, make, dialogue, session):
    series = EventSeries(dialogue_id=dialogue.id, format_id="probe", title="Reihe", created_at=make.registry.clock())
    session.add(series)
    session.commit()
    one, other = (make.event(dialogue, series_id=series.id) for _each in range(2))
    discard(team, make.path(one))
    session.expire_all()
    assert session.scalars(select(EventSeries)).all()
    discard(team, make.path(other))
    session.expire_all()
    assert session.scalars(select(EventSeries)).all() == []


def test_an_empty_draft_of_a_dialogue_is_discarded(team, make, municipality, session):
    draft = make.dialogue(municipality, public=False, title="Doppelt angelegt")
    event = make.event(draft)
    path = make.path(draft)
    assert team.get(f"{path}/").html.find("a", href=f"{path}/verwerfen")
    assert discard(team, path).status_int == 409
    discard(team, make.path(event))
    assert discard(team, path).status_int == 303
    session.expire_all()
    assert session.scalars(select(Dialogue)).all() == []
    assert "Doppelt angelegt" in team.get(make.path(municipality, "protokoll"))


def test_a_dialogue_that_was_public_stays(team, make, dialogue, session):
    path = make.path(dialogue)
    assert not team.get(f"{path}/").html.find("a", href=f"{path}/verwerfen")
    assert discard(team, path).status_int == 409


def test_only_who_may_cancel_discards(client, make, dialogue):
    event = make.event(dialogue)
    client.login(make.account(Role.COORDINATOR, make.municipality()))
    assert client.get(make.path(event, "verwerfen"), expect_errors=True).status_int in (403, 404)
