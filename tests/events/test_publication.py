"""A step publishes only what everybody then sees; the preview says what is in the way."""

import pytest

from fdplattform.security.permissions import Role
from fdplattform.testing.steps import attempt, reasons, take

DRAFT = "Der Dialog ist noch ein Entwurf. Veröffentlichen Sie ihn zuerst."
HIDDEN = "Die Seite ist von den öffentlichen Seiten genommen."


@pytest.fixture
def municipality(make):
    return make.municipality()


@pytest.fixture
def team(make, client, municipality):
    client.login(make.account(Role.COORDINATOR, municipality))
    return client


def press(client, path, view):
    form = next(form for form in client.get(path).forms.values() if form.action.endswith(view))
    assert form.submit().status_int == 303


def test_in_a_draft_dialogue_no_step_publishes(team, make, municipality, session):
    dialogue = make.dialogue(municipality, public=False)
    event = make.event(dialogue)
    path = make.path(event)
    refused = attempt(team, path, "announce")
    assert DRAFT in reasons(refused)
    assert "form" not in refused.forms
    assert team.get(f"{path}/schritte").html.find("a", string=DRAFT)["href"] == f"{path}/.."

    press(team, f"{make.path(dialogue)}/", "veroeffentlichen")
    take(team, path, "announce", decided_on="2026-11-02")
    team.logout()
    assert team.get(path).status_int == 200


def test_a_hidden_event_is_put_back_before_it_is_published(team, make, municipality, session):
    event = make.event(make.dialogue(municipality))
    path = make.path(event)
    event.hidden = True
    session.commit()
    assert HIDDEN in reasons(attempt(team, path, "announce"))
    press(team, f"{path}/schritte", "zeigen")
    take(team, path, "announce", decided_on="2026-11-02")


def test_steps_that_publish_nothing_are_free_in_a_draft_dialogue(team, make, municipality, session):
    dialogue = make.dialogue(municipality, public=False)
    event = make.event(dialogue, state="held")
    make.finding(event)
    take(team, make.path(event), "close")


def test_the_preview_says_that_the_dialogue_is_the_reason(team, make, municipality):
    event = make.event(make.dialogue(municipality, public=False))
    link = team.get(make.path(event)).html.select_one("[role=note] a")
    assert "der Dialog ist noch ein Entwurf" in link.get_text()
    assert link["href"] == f"{make.path(event)}/.."
    shown = team.get(make.path(make.event(make.dialogue(municipality)))).html.select_one("[role=note]")
    assert "Dialog" not in shown.get_text()
    assert shown.find("a") is None
