"""From the preparation to working groups that exist."""

from fdp_grossgruppenforum.schemas import BEFORE
from fdp_grossgruppenforum.texts import _
from fdplattform.api import (
    EventFacts,
    Guard,
    Permission,
    State,
    Transition,
    Trigger,
    Workflow,
    grants,
    guards,
)


def fields_are_ready() -> Guard:
    """Fields that are to be known beforehand exist."""
    has_fields = guards.has_fields()

    def guard(facts, now):
        return has_fields(facts, now) if facts.details.get("fields_known") == BEFORE else None

    return guard


def _end(facts: EventFacts):
    return facts.ends_at


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
        State(
            id="held",
            title=_("Held"),
            description=_("The results are entered, working groups are set up."),
            grants=grants.evaluating(),
            public=True,
        ),
        State(
            id="closed",
            title=_("Closed"),
            description=_("Every field of action has a working group and a person responsible."),
            grants=grants.done(),
            public=True,
            final=True,
        ),
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
        Transition(
            id="withdraw",
            title=_("Back to preparation"),
            description=_("The page is no longer public. Registrations stay."),
            sources=("invited",),
            target="preparing",
            permission=Permission.EVENT_ADVANCE,
        ),
        Transition(
            id="hold",
            title=_("The day is over"),
            sources=("invited",),
            target="held",
            permission=Permission.EVENT_ADVANCE,
            guards=(guards.has_begun(),),
        ),
        Transition(
            id="end_of_day",
            title=_("The day is over (by the calendar)"),
            sources=("invited",),
            target="held",
            trigger=Trigger.TIME,
            due=_end,
        ),
        Transition(
            id="close",
            title=_("Close"),
            description=_("The findings are there, and the working groups can begin."),
            sources=("held",),
            target="closed",
            permission=Permission.EVENT_ADVANCE,
            guards=(
                guards.has_findings(),
                guards.has_fields(),
                guards.every_field_has_a_group(),
                guards.every_group_has_a_lead(),
                guards.every_group_has_a_date(),
            ),
        ),
    ),
)
