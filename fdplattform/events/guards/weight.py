"""How much a guard's reason weighs."""

from collections.abc import Callable

from fdplattform.events.facts import EventFacts
from fdplattform.workflow import Severity

#: A fixed severity, or one that a municipality's settings decide.
Weight = Severity | Callable[[EventFacts], Severity]


def weigh(weight: Weight, facts: EventFacts) -> Severity:
    """The severity that holds here."""
    return weight if isinstance(weight, Severity) else weight(facts)
