"""What is possible now: pure functions of a workflow, a state, the facts and the moment."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fdplattform.workflow.model import Guard, Reason, Severity, Transition, Trigger, Workflow


class Weighed:
    """Something that guards look at: which of their `reasons` stop it, and which can be overridden."""

    reasons: tuple[Reason, ...]

    @property
    def blocked(self) -> bool:
        """True when a reason makes it impossible."""
        return bool(self.blockers)

    @property
    def blockers(self) -> tuple[Reason, ...]:
        """Reasons that make it impossible until they are mended."""
        return tuple(reason for reason in self.reasons if reason.severity is Severity.BLOCK)

    @property
    def warnings(self) -> tuple[Reason, ...]:
        """Reasons that a written justification overrides."""
        return tuple(reason for reason in self.reasons if reason.severity is Severity.WARN)


@dataclass(frozen=True)
class Objections(Weighed):
    """What speaks against doing something that is no step."""

    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class Option(Weighed):
    """A transition that leaves the present state, whether the person may take it, and what speaks against it."""

    transition: Transition
    permitted: bool
    reasons: tuple[Reason, ...]

    @property
    def possible(self) -> bool:
        """True when the person may take it now (perhaps with a justification)."""
        return self.permitted and not self.blocked


def options(
    workflow: Workflow, state_id: str, facts: Any, now: datetime, has: Callable[[str], bool]
) -> tuple[Option, ...]:
    """The user transitions that leave `state_id`; `has` says whether the person holds a permission."""
    return tuple(
        Option(transition, has(transition.permission or ""), reasons_against(transition, facts, now))
        for transition in workflow.leaving(state_id)
        if transition.trigger is Trigger.USER
    )


def reasons_against(transition: Transition, facts: Any, now: datetime) -> tuple[Reason, ...]:
    """What the guards say, in their order; empty when nothing speaks against it."""
    return heard(transition.guards, facts, now)


def heard(guards: Iterable[Guard], facts: Any, now: datetime) -> tuple[Reason, ...]:
    """What `guards` say at `now`, in their order; empty when nothing speaks against it."""
    return tuple(reason for guard in guards if (reason := guard(facts, now)) is not None)


def due_transitions(workflow: Workflow, state_id: str, facts: Any, now: datetime) -> tuple[Transition, ...]:
    """The time transitions that are due and not blocked. A warning blocks too: nobody is there to justify it."""
    return tuple(
        transition
        for transition in workflow.leaving(state_id)
        if transition.trigger is Trigger.TIME
        and transition.due is not None
        and (moment := transition.due(facts)) is not None
        and moment <= now
        and not reasons_against(transition, facts, now)
    )


def permitted(workflow: Workflow, state_id: str, role: str) -> frozenset[str]:
    """The permissions that `role` has in `state_id`."""
    return workflow.state(state_id).grants.get(role, frozenset())


def allowed_roles(workflow: Workflow, state_id: str, permission: str) -> tuple[str, ...]:
    """The roles that hold `permission` in `state_id`, sorted."""
    return tuple(sorted(role for role, granted in workflow.state(state_id).grants.items() if permission in granted))
