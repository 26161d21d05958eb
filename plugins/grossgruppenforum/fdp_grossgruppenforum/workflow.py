"""From the preparation to working groups that exist."""

from datetime import datetime

from fdp_grossgruppenforum.schemas import BEFORE
from fdp_grossgruppenforum.texts import _
from fdplattform.api import (
    EventFacts,
    Guard,
    Permission,
    Reason,
    State,
    Transition,
    Workflow,
    endings,
    grants,
    guards,
)


def fields_are_ready() -> Guard:
    """Fields that are to be known beforehand exist."""
    has_fields = guards.has_fields()

    def guard(facts: EventFacts, now: datetime) -> Reason | None:
        return has_fields(facts, now) if facts.details.get("fields_known") == BEFORE else None

    return guard


HELD = endings.held(
    "invited", description=_("The results are entered, working groups are set up."), by_calendar="end_of_day"
)
CLOSED = endings.closed(
    "held",
    description=_("Every field of action has a working group and a person responsible."),
    step=_("The findings are there, and the working groups can begin."),
    guards=(
        guards.has_findings(),
        guards.has_fields(),
        guards.every_field_has_a_group(),
        guards.every_group_has_a_lead(),
        guards.every_group_has_a_date(),
    ),
)

WORKFLOW = Workflow(
    id="grossgruppenforum",
    version=1,
    initial="preparing",
    states=(
        State(
            id="preparing",
            title=_("In preparation"),
            description=_("The team plans the day. Nobody else sees it."),
            grants=grants.preparing(),
        ),
        State(
            id="invited",
            title=_("Invited"),
            description=_("The invitation is public, and people register."),
            grants=grants.announced(),
            public=True,
        ),
        *HELD.states,
        *CLOSED.states,
    ),
    transitions=(
        Transition(
            id="invite",
            title=_("Invite"),
            description=_("The page becomes public, and registration opens."),
            sources=("preparing",),
            target="invited",
            permission=Permission.EVENT_ADVANCE,
            guards=(guards.date_ahead(), guards.has_agenda(), fields_are_ready()),
        ),
        endings.withdraw("invited", "preparing"),
        *HELD.transitions,
        *CLOSED.transitions,
    ),
)
