from datetime import timedelta

import pytest

from fdplattform.security.permissions import Role
from fdplattform.testing.draws import post_letters, set_criteria
from fdplattform.testing.steps import take

QUOTAS = {"Alter": {"jung": (3, 5), "alt": (7, 9)}}


@pytest.fixture
def municipality(make):
    return make.municipality()


@pytest.fixture
def coordinator(make, municipality):
    return make.account(Role.COORDINATOR, municipality)


@pytest.fixture
def team(client, coordinator):
    client.login(coordinator)
    return client


@pytest.fixture
def dialogue(make, municipality):
    return make.dialogue(municipality)


@pytest.fixture
def council(make, dialogue):
    """Makes a council in `state`."""

    def made(state="preparing", dates=2, details=None, **values):
        given = {"question": "Wie werden wir gute Nachbarn?", "mandate": "Der Rat bittet um Rat."}
        details = {**given, **(details or {})}
        return make.event(dialogue, format_id="buergerinnenrat", state=state, dates=dates, details=details, **values)

    return made


@pytest.fixture
def add(team, make):
    """Adds a row to a list of an event, as the team types it."""

    def added(event, list_id, **values):
        form = team.get(make.path(event, "eintrag", list_id)).forms["form"]
        for name, value in values.items():
            form[name] = value
        assert form.submit().status_int == 303

    return added


@pytest.fixture
def published(team, make, council, clock, coordinator, session):
    """A council with criteria whose intention was published `days` ago, with invitations at the post."""

    def made(days=21):
        event = council("mandated", starts_at=clock() + timedelta(days=60))
        set_criteria(session, event, QUOTAS, seats=12)
        take(team, make.path(event), "publish")
        session.commit()
        clock.advance(days=days, minutes=1)
        post_letters(session, event, 300, clock())
        team.login(coordinator)
        return event

    return made
