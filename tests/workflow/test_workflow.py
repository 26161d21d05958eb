"""The state machines: what is refused when one is made, and what is possible in it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fdplattform.workflow import (
    BadWorkflow,
    Reason,
    Severity,
    State,
    Transition,
    Trigger,
    Workflow,
    allowed_roles,
    due_transitions,
    options,
)

NOW = datetime(2026, 3, 1, tzinfo=UTC)
EDIT = {"coordinator": frozenset({"event:advance"})}


def step(name: str, source: str, target: str, **more) -> Transition:
    return Transition(
        **{"id": name, "title": name, "sources": (source,), "target": target, "permission": "event:advance", **more}
    )


def machine(**changes) -> Workflow:
    parts = {
        "id": "forum",
        "initial": "draft",
        "states": (
            State(id="draft", title="Draft", grants=EDIT),
            State(id="held", title="Held", grants=EDIT, public=True),
            State(id="closed", title="Closed", final=True),
        ),
        "transitions": (step("hold", "draft", "held"), step("close", "held", "closed")),
    }
    return Workflow(**{**parts, **changes})


def test_a_sound_workflow_is_accepted():
    assert [t.id for t in machine().leaving("draft")] == ["hold"]


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"initial": "nowhere"}, "initial state"),
        ({"transitions": (step("hold", "draft", "nowhere"),)}, "unknown state 'nowhere'"),
        ({"transitions": (step("hold", "draft", "held"), step("hold", "held", "closed"))}, "hold exists twice"),
        ({"transitions": (step("close", "draft", "closed"), step("x", "held", "closed"))}, "nothing leads to held"),
        (
            {"transitions": (step("hold", "draft", "held"), step("x", "draft", "closed"))},
            "from held no way leads to an end",
        ),
        (
            {
                "transitions": (
                    step("hold", "draft", "held"),
                    step("close", "held", "closed"),
                    step("reopen", "closed", "held"),
                )
            },
            "final state closed has a way out",
        ),
        (
            {"transitions": (step("hold", "draft", "held", permission="x:y"), step("close", "held", "closed"))},
            "nobody may hold",
        ),
    ],
)
def test_a_contradiction_is_named(changes, says):
    with pytest.raises(BadWorkflow, match=says):
        machine(**changes)


def test_a_circle_without_an_end_is_refused():
    states = (*machine().states, State(id="round", title="Round", grants=EDIT))
    circle = (step("hold", "draft", "held"), step("turn", "held", "round"), step("back", "round", "held"))
    with pytest.raises(BadWorkflow, match="from held, round no way"):
        machine(states=states, transitions=(*circle, step("close", "draft", "closed")))


def test_a_state_that_can_only_be_cancelled_is_a_dead_end():
    states = (*machine().states[:2], State(id="cancelled", title="Cancelled", final=True))
    with pytest.raises(BadWorkflow, match="from draft, held no way leads to an end"):
        machine(states=states, transitions=(step("hold", "draft", "held"), step("cancel", "held", "cancelled")))


@pytest.mark.parametrize("name", ["", "Upper", "mit leer", "ä", "1st", "a-b"])
def test_ids_are_plain(name):
    with pytest.raises(BadWorkflow):
        State(id=name, title="x")


def test_a_time_transition_needs_a_moment_and_no_permission():
    with pytest.raises(BadWorkflow, match="needs `due`"):
        step("end", "draft", "held", trigger=Trigger.TIME)
    with pytest.raises(BadWorkflow, match="needs a permission"):
        step("end", "draft", "held", permission=None)


def test_reasons_block_or_warn():
    block = Reason("no date yet")
    warn = Reason("fewer than 14 days", Severity.WARN)
    workflow = machine(
        transitions=(
            step("hold", "draft", "held", guards=(lambda facts, now: facts.get("block"), lambda facts, now: warn)),
            step("close", "held", "closed"),
        )
    )
    (blocked,) = options(workflow, "draft", {"block": block}, NOW, lambda _: True)
    assert blocked.reasons == (block, warn)
    assert not blocked.possible
    (advised,) = options(workflow, "draft", {}, NOW, lambda _: True)
    assert advised.possible
    assert advised.warnings == (warn,)
    (forbidden,) = options(workflow, "draft", {}, NOW, lambda _: False)
    assert not forbidden.possible


@given(st.integers(-1000, 1000))
def test_a_time_transition_is_due_from_its_moment_on(minutes):
    end = step("end", "draft", "held", trigger=Trigger.TIME, permission=None, due=lambda facts: facts)
    workflow = machine(transitions=(end, step("close", "held", "closed")))
    due = due_transitions(workflow, "draft", NOW + timedelta(minutes=minutes), NOW)
    assert (end in due) == (minutes <= 0)


def test_a_warning_stops_a_time_transition():
    end = step("end", "draft", "held", trigger=Trigger.TIME, permission=None, due=lambda facts: NOW)
    held_back = replace(end, guards=(lambda facts, now: Reason("think", Severity.WARN),))
    workflow = machine(transitions=(held_back, step("close", "held", "closed")))
    assert due_transitions(workflow, "draft", None, NOW) == ()


def test_roles_are_read_from_the_grants():
    assert allowed_roles(machine(), "draft", "event:advance") == ("coordinator",)
    assert allowed_roles(machine(), "closed", "event:advance") == ()


@given(st.data())
def test_whatever_is_accepted_can_be_walked_to_an_end(data):
    """Every accepted workflow lets one reach a final state from every state: no step leads into a trap."""
    size = data.draw(st.integers(2, 6))
    names = [f"s{n}" for n in range(size)]
    finals = data.draw(st.sets(st.sampled_from(names[1:]), min_size=1))
    edges = data.draw(st.sets(st.tuples(st.sampled_from(names), st.sampled_from(names)), max_size=12))
    try:
        workflow = Workflow(
            id="drawn",
            initial="s0",
            states=tuple(State(id=n, title=n, final=n in finals, grants=EDIT) for n in names),
            transitions=tuple(step(f"t{i}", a, b) for i, (a, b) in enumerate(sorted(edges)) if a not in finals),
        )
    except BadWorkflow:
        return
    for name in names:
        seen, frontier = {name}, [name]
        while frontier:
            nexts = {t.target for t in workflow.leaving(frontier.pop())} - seen
            seen |= nexts
            frontier += nexts
        assert seen & finals
