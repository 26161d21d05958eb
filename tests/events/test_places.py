"""A format that bears only so many people."""

from dataclasses import replace

import pytest

from fdplattform.plugins.checks import check_tools
from fdplattform.plugins.format import BadFormat, ToolUse
from fdplattform.security.permissions import Role
from fdplattform.testing.html import control, described
from fdplattform.testing.probe import PROBE


def bearing(most):
    uses = tuple(
        replace(use, options={"max_places": most}) if use.tool == "registration" else use for use in PROBE.conduct.tools
    )
    return replace(PROBE, conduct=replace(PROBE.conduct, tools=uses))


@pytest.fixture
def small_room(app, monkeypatch):
    plugin = next(each for each in app.registry.plugins.all if each.id == "probe")
    monkeypatch.setattr(plugin, "formats", (bearing(25),))


@pytest.fixture
def dialogue(client, make):
    place = make.municipality()
    client.login(make.account(Role.COORDINATOR, place))
    return make.dialogue(place)


@pytest.mark.parametrize(
    ("places", "message"), [("", "Bitte füllen Sie dieses Feld aus."), ("26", "Bitte wählen Sie eine Zahl bis 25.")]
)
def test_a_date_offers_no_more_than_the_format_bears(client, make, dialogue, small_room, places, message):
    event = make.event(dialogue, state="open", capacity=20)
    form = client.get(make.path(event, f"termin?id={event.dates[0].id}&lang=de")).forms["form"]
    form["capacity"] = places
    html = form.submit(status=422).html
    assert message in described(html, control(html, "Plätze"))
    form["capacity"] = "25"
    assert form.submit().status_int == 303


def test_nor_does_the_first(client, make, dialogue, small_room):
    form = client.get(make.path(dialogue, "veranstaltung-anlegen?format=probe&lang=de")).forms["form"]
    assert form["capacity"].attrs["max"] == "25"
    html = form.submit(status=422).html
    assert "Höchstens 25" in described(html, control(html, "Plätze"))


def test_without_a_limit_the_number_may_stay_open(client, make, dialogue):
    event = make.event(dialogue, state="open", capacity=20)
    form = client.get(make.path(event, f"termin?id={event.dates[0].id}")).forms["form"]
    form["capacity"] = ""
    assert form.submit().status_int == 303


@pytest.mark.parametrize("most", [0, "25", 2.5, None])
def test_a_limit_that_is_none_is_refused(app, most):
    with pytest.raises(BadFormat, match="probe: max_places of registration is a whole number from 1"):
        check_tools([bearing(most)], app.registry.event_tools)


def test_another_tool_knows_no_places(app):
    uses = (*PROBE.conduct.tools, ToolUse(tool="agenda", options={"max_places": 25}))
    wrong = replace(PROBE, conduct=replace(PROBE.conduct, tools=tuple(use for use in uses if use.options)))
    with pytest.raises(BadFormat, match="the tool agenda has no option max_places"):
        check_tools([wrong], app.registry.event_tools)
