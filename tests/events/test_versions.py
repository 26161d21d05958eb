"""A running event keeps the workflow with which it started; an event may do without an optional tool."""

from dataclasses import replace

import pytest

from fdplattform.events.transitions import workflow_of
from fdplattform.plugins.format import BadFormat
from fdplattform.security.permissions import Role
from fdplattform.testing.html import choose
from fdplattform.testing.probe import PROBE, WORKFLOW

NEWER = replace(
    WORKFLOW,
    version=2,
    transitions=(
        *(step for step in WORKFLOW.transitions if step.id != "end"),
        replace(WORKFLOW.transition("close"), id="finish", sources=("open",), target="held"),
    ),
)


def test_a_running_event_keeps_its_way(make):
    event = make.event(state="open")
    newer = replace(PROBE, conduct=replace(PROBE.conduct, workflow=NEWER, earlier=(WORKFLOW,)))
    assert {step.id for step in workflow_of(newer, event).leaving("open")} >= {"end"}
    event.workflow_version = 2
    assert "end" not in {step.id for step in workflow_of(newer, event).leaving("open")}


def test_the_newest_version_is_the_workflow():
    with pytest.raises(BadFormat, match="newest"):
        replace(PROBE.conduct, workflow=WORKFLOW, earlier=(NEWER,))
    with pytest.raises(BadFormat, match="once"):
        replace(PROBE.conduct, workflow=WORKFLOW, earlier=(WORKFLOW,))


def test_an_event_without_registration_says_so_and_takes_none(client, make, session):
    event = make.event(state="open")
    client.login(make.account(Role.ADMIN))
    form = client.get(make.path(event, "bearbeiten")).forms["form"]
    choose(form, "registration")
    assert form.submit().status_int == 303
    client.logout()
    page = client.get(make.path(event))
    assert "Sie müssen sich nicht anmelden" in page
    assert '/anmelden"' not in page.text.partition("<main")[2].partition("</main")[0]
    answer = client.get(make.path(event, "anmelden"), expect_errors=True)
    assert "form" not in answer.forms
