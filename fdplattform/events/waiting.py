"""Steps that have to wait after an earlier one, and the moment from which on they may be taken."""

from dataclasses import dataclass
from datetime import datetime

from fdplattform.events.facts import load_facts
from fdplattform.events.guards import DaysAfterStep
from fdplattform.events.resources import EventResource
from fdplattform.events.transitions import workflow_of


@dataclass(frozen=True, kw_only=True)
class WaitingStep:
    """A step and when it may be taken; None while the step before it was not taken."""

    title: str
    earliest: datetime | None


def waiting_steps(place: EventResource) -> list[WaitingStep]:
    """The steps of the event that were not taken yet and wait for days to pass after another one."""
    if place.format is None:
        return []
    request = place.request
    facts = load_facts(request.db, request.registry, place.event, place.format)
    return [
        WaitingStep(title=transition.title, earliest=guard.earliest(facts))
        for transition in workflow_of(place.format, place.event).transitions
        for guard in transition.guards
        if isinstance(guard, DaysAfterStep) and transition.id not in facts.steps
    ]
