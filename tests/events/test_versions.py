"""A running event keeps the workflow with which it started; an event may do without an optional tool."""

from dataclasses import replace

import pytest

from fdplattform.api import Permission, State, Transition, grants
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

#: One more state, and a draft that everybody sees.
FURTHER = replace(
    WORKFLOW,
    version=2,
    states=(
        replace(WORKFLOW.state("draft"), public=True),
        *WORKFLOW.states[1:3],
        State(id="pondered", title="Pondered", grants=grants.evaluating(), public=True),
        WORKFLOW.state("closed"),
    ),
    transitions=(
        *WORKFLOW.transitions,
        Transition(
            id="ponder", title="Ponder", sources=("held",), target="pondered", permission=Permission.EVENT_ADVANCE
        ),
        replace(WORKFLOW.transition("close"), id="finish", sources=("pondered",)),
    ),
)


def test_a_running_event_keeps_its_way(make):
    event = make.event(state="open")
    newer = replace(PROBE, conduct=replace(PROBE.conduct, workflow=NEWER, earlier=(WORKFLOW,)))
    assert {step.id for step in workflow_of(newer, event).leaving("open")} >= {"end"}
    event.workflow_version = 2
    assert "end" not in {step.id for step in workflow_of(newer, event).leaving("open")}


@pytest.fixture
def newer(make):
    """The plugin came out anew, with a workflow that has one more state."""
    plugin = next(found for found in make.registry.plugins.all if found.id == "probe")
    before = plugin.formats
    ways = replace(PROBE.conduct, workflow=FURTHER, earlier=(WORKFLOW,))
    plugin.formats = (replace(PROBE, conduct=ways),)
    yield
    plugin.formats = before


def test_the_pages_of_a_running_event_keep_its_way(client, make, newer, session):
    event = make.event(state="open")
    event.workflow_version = 1
    session.commit()
    client.login(make.account(Role.ADMIN))
    way = client.get(make.path(event, "schritte")).html.select_one("section[aria-labelledby=way]").get_text()
    assert "Held" in way
    assert "Pondered" not in way
    event.workflow_version = 2
    session.commit()
    assert "Pondered" in client.get(make.path(event, "schritte"))


@pytest.mark.parametrize(("version", "public"), [(1, False), (2, True), (9, True)])
def test_lists_and_pages_agree_about_the_way(client, make, newer, session, version, public):
    event = make.event()
    event.state, event.workflow_version = "draft", version
    session.commit()
    assert (client.get(make.path(event), expect_errors=True).status_int == 200) is public
    listed = [item["title"] for item in client.get("/api/v1/events").json["items"]]
    assert (event.title in listed) is public


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
