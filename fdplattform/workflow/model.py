"""States, transitions and workflows: frozen data, checked when they are made."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cached_property
from typing import Any

_ID = re.compile(r"[a-z][a-z0-9_]*")

#: Ids that the core gives to every workflow; no format may use them for its own.
CANCELLED = "cancelled"
CANCEL, POSTPONE, RESUME = "cancel", "postpone", "resume"


class BadWorkflow(ValueError):
    """A workflow contradicts itself; the message says where."""


class Severity(StrEnum):
    """How much a reason weighs."""

    #: The transition is impossible.
    BLOCK = "block"
    #: The law or good practice leaves discretion: possible with a written reason.
    WARN = "warn"


class Trigger(StrEnum):
    """Who sets a transition off."""

    USER = "user"
    TIME = "time"


@dataclass(frozen=True)
class Reason:
    """Why a transition is not possible, or not advisable.

    `message` is translatable. `where` is the page on which it can be mended, relative to the thing's own page
    (`termine`, `listen/suggestions`, `../gruppen`); empty when there is none.
    """

    message: str
    severity: Severity = Severity.BLOCK
    where: str = ""


#: A pure function of read-only facts and the present moment.
Guard = Callable[[Any, datetime], Reason | None]
#: The moment at which a time transition is due, or None while that is not known.
DueAt = Callable[[Any], datetime | None]
#: Called within the transition's database transaction, after it was journalled.
Effect = Callable[[Any], None]


@dataclass(frozen=True, kw_only=True)
class State:
    """Where a thing stands.

    `grants` maps a role to the permissions it has here; `public` lets everybody see the thing;
    a `final` state has no way out. `leave_within` is how long the thing may stay here before it is overdue.
    """

    id: str
    title: str
    description: str = ""
    grants: Mapping[str, frozenset[str]] = field(default_factory=dict)
    public: bool = False
    final: bool = False
    leave_within: timedelta | None = None

    def __post_init__(self) -> None:
        _check_id("state", self.id)
        object.__setattr__(self, "grants", {str(role): frozenset(map(str, p)) for role, p in self.grants.items()})


@dataclass(frozen=True, kw_only=True)
class Transition:
    """A step from one of `sources` to `target`.

    `asks` names the fields that the person fills in with the step. A time transition has no permission and is
    `due` at a moment computed from the facts. With `target=None` the thing stays in its state.
    """

    id: str
    title: str
    description: str = ""
    sources: tuple[str, ...]
    target: str | None
    permission: str | None = None
    guards: tuple[Guard, ...] = ()
    asks: tuple[str, ...] = ()
    trigger: Trigger = Trigger.USER
    due: DueAt | None = None
    effects: tuple[Effect, ...] = ()

    def __post_init__(self) -> None:
        _check_id("transition", self.id)
        if not self.sources:
            raise BadWorkflow(f"transition {self.id} has no source")
        if self.trigger is Trigger.TIME:
            if self.due is None or self.permission is not None or self.asks:
                raise BadWorkflow(f"time transition {self.id} needs `due`, and neither permission nor `asks`")
        elif self.permission is None or self.due is not None:
            raise BadWorkflow(f"transition {self.id} needs a permission, and no `due`")


@dataclass(frozen=True, kw_only=True, eq=False)
class Workflow:
    """A whole machine. `version` counts up when states or transitions change: running things keep theirs."""

    id: str
    version: int = 1
    initial: str
    states: tuple[State, ...]
    transitions: tuple[Transition, ...]

    def __post_init__(self) -> None:
        _check_id("workflow", self.id)
        _check_unique("state", [state.id for state in self.states])
        _check_unique("transition", [transition.id for transition in self.transitions])
        self._check_references()
        self._check_reachable()
        self._check_exits()
        self._check_permissions()

    @cached_property
    def by_id(self) -> Mapping[str, State]:
        """The states by their ids."""
        return {state.id: state for state in self.states}

    def state(self, state_id: str) -> State:
        """The state called `state_id`. Raises KeyError."""
        return self.by_id[state_id]

    def transition(self, transition_id: str) -> Transition:
        """The transition called `transition_id`. Raises KeyError."""
        for transition in self.transitions:
            if transition.id == transition_id:
                return transition
        raise KeyError(transition_id)

    def leaving(self, state_id: str) -> tuple[Transition, ...]:
        """The transitions that start in `state_id`, in their order."""
        return tuple(transition for transition in self.transitions if state_id in transition.sources)

    def leads_back(self, transition: Transition, state_id: str) -> bool:
        """True when the step goes from `state_id` to an earlier state, in the order in which states are declared."""
        order = [state.id for state in self.states]
        return transition.target is not None and order.index(transition.target) < order.index(state_id)

    def _check_references(self) -> None:
        known = {state.id for state in self.states}
        if self.initial not in known:
            raise BadWorkflow(f"{self.id}: the initial state {self.initial!r} does not exist")
        for transition in self.transitions:
            for name in (*transition.sources, *filter(None, [transition.target])):
                if name not in known:
                    raise BadWorkflow(f"{self.id}: transition {transition.id} names the unknown state {name!r}")

    def _check_reachable(self) -> None:
        reached, frontier = {self.initial}, [self.initial]
        while frontier:
            for transition in self.leaving(frontier.pop()):
                if transition.target and transition.target not in reached:
                    reached.add(transition.target)
                    frontier.append(transition.target)
        lost = [state.id for state in self.states if state.id not in reached]
        if lost:
            raise BadWorkflow(f"{self.id}: nothing leads to {', '.join(lost)}")

    def _check_exits(self) -> None:
        for state in self.states:
            if state.final and self.leaving(state.id):
                raise BadWorkflow(f"{self.id}: the final state {state.id} has a way out")
        # Cancelling is not a way forward: a state from which one can only give up is a dead end.
        leading = {state.id for state in self.states if state.final}
        grown = True
        while grown:
            ways = [t for t in self.transitions if t.id != CANCEL and t.target in leading]
            grown = bool(new := {source for t in ways for source in t.sources} - leading)
            leading |= new
        stuck = [state.id for state in self.states if state.id not in leading]
        if stuck:
            raise BadWorkflow(f"{self.id}: from {', '.join(stuck)} no way leads to an end: a dead end")

    def _check_permissions(self) -> None:
        for transition in self.transitions:
            if transition.trigger is Trigger.TIME:
                continue
            for source in transition.sources:
                granted = self.state(source).grants.values()
                if not any(transition.permission in permissions for permissions in granted):
                    raise BadWorkflow(
                        f"{self.id}: no role has {transition.permission} in {source}, so nobody may {transition.id}"
                    )


def _check_id(kind: str, value: str) -> None:
    if not _ID.fullmatch(value):
        raise BadWorkflow(f"{value!r} is not an id of a {kind}: lower-case ASCII letters, digits and _")


def _check_unique(kind: str, ids: list[str]) -> None:
    twice = sorted({name for name in ids if ids.count(name) > 1})
    if twice:
        raise BadWorkflow(f"{kind} {', '.join(twice)} exists twice")
