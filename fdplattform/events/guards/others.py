"""Guards that look at other events: those that follow, and those of the same series."""

from collections.abc import Iterable
from datetime import datetime

from translationstring import TranslationStringFactory

from fdplattform.events.facts import EventFacts
from fdplattform.events.guards.weight import Weight, weigh
from fdplattform.workflow import CANCELLED, Guard, Reason, Severity

_ = TranslationStringFactory("fdplattform")


def follower_reached(format_id: str, states: Iterable[str], message: str, weight: Weight = Severity.BLOCK) -> Guard:
    """A chained event of `format_id` is in one of `states`."""
    wanted = frozenset(states)

    def guard(facts: EventFacts, _now: datetime) -> Reason | None:
        if any(other.format_id == format_id and other.state in wanted for other in facts.followers):
            return None
        return Reason(message, weigh(weight, facts))

    return guard


def siblings_reached(states: Iterable[str], message: str) -> Guard:
    """All other events of the series are in one of `states`, or cancelled: nobody waits for those."""
    wanted = frozenset({*states, CANCELLED})

    def guard(facts: EventFacts, _now: datetime) -> Reason | None:
        return None if all(other.state in wanted for other in facts.siblings) else Reason(message)

    return guard


def has_synthesis() -> Guard:
    """The series has a synthesis; an event outside a series needs none."""

    def guard(facts: EventFacts, _now: datetime) -> Reason | None:
        if facts.series_synthesis or not facts.siblings:
            return None
        return Reason(_("The synthesis of the series is missing."))

    return guard


def has_synthesis_when_all(states: Iterable[str]) -> Guard:
    """As soon as all other events of the series are in one of `states` (or cancelled), the synthesis exists.

    Events that are early need not wait for the others, and the last one cannot leave without it.
    """
    others_are_over = siblings_reached(states, "")
    synthesis = has_synthesis()

    def guard(facts: EventFacts, now: datetime) -> Reason | None:
        return None if others_are_over(facts, now) else synthesis(facts, now)

    return guard
