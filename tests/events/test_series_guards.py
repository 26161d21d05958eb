"""Guards that look at the other events of a series."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from fdplattform.events import guards
from fdplattform.events.facts import EventFacts, OtherEventFacts

NOW = datetime(2026, 5, 4, tzinfo=UTC)
OVER = ("held", "closed")


def facts(*siblings, synthesis=None):
    return EventFacts(
        event_id=1,
        state="held",
        entered_at=NOW,
        postponed=False,
        details={},
        settings={},
        population=None,
        federal_state="",
        siblings=tuple(OtherEventFacts(format_id="probe", state=state) for state in siblings),
        series_synthesis=synthesis,
    )


@pytest.mark.parametrize("siblings", [(), ("held",), ("closed", "cancelled")])
def test_nobody_waits_for_events_that_are_over_or_cancelled(siblings):
    assert guards.siblings_reached(OVER, "wait")(facts(*siblings), NOW) is None


def test_an_event_that_lies_ahead_is_waited_for():
    assert guards.siblings_reached(OVER, "wait")(facts("held", "draft"), NOW).message == "wait"


@pytest.mark.parametrize(
    ("siblings", "synthesis", "blocked"),
    [
        ((), None, False),
        (("draft", "closed"), None, False),
        (("held", "closed"), None, True),
        (("held", "cancelled"), None, True),
        (("held", "closed"), "Überall fehlt ein Treffpunkt.", False),
    ],
)
def test_the_synthesis_is_due_when_all_others_are_over(siblings, synthesis, blocked):
    reason = guards.has_synthesis_when_all(OVER)(facts(*siblings, synthesis=synthesis), NOW)
    assert (reason is not None) is blocked


@pytest.mark.parametrize(
    ("tools", "options", "blocked"),
    [
        ({}, {}, False),
        ({"draw": {"record": True}}, {}, False),
        ({"draw": {"record": False}}, {}, True),
        ({"draw": {}}, {}, True),
        ({"draw": {"record": 11}}, {"at_least": 12}, True),
        ({"draw": {"record": 12}}, {"at_least": 12}, False),
        ({"draw": {"record": 0}}, {"check": lambda value: value == 0}, False),
    ],
)
def test_a_tool_says_what_a_step_needs(tools, options, blocked):
    known = replace(facts(), tools=tools)
    reason = guards.tool_says("draw", "record", "missing", where="auslosung", **options)(known, NOW)
    assert (reason is not None) is blocked
    if reason is not None:
        assert (reason.message, reason.where) == ("missing", "auslosung")
