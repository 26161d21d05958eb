"""From the preparation of one event to a series that says something together."""

from fdp_handlungsfeld.texts import _
from fdplattform.api import Permission, State, Transition, Workflow, endings, grants, guards

#: States in which an event of the series is over: nothing more is to be expected from it than its findings.
OVER = frozenset({"held", "evaluated", "closed"})


HELD = endings.held("announced")
CLOSED = endings.closed(
    "evaluated",
    description=_("Nothing is left to do for this event."),
    step=_("When all events of the series are over, the synthesis is written first."),
    guards=(guards.has_findings(), guards.has_synthesis_when_all(OVER)),
)

WORKFLOW = Workflow(
    id="handlungsfeld",
    version=1,
    initial="preparing",
    states=(
        State(
            id="preparing",
            title=_("In preparation"),
            description=_("The host finds a date and a question. Nobody else sees it."),
            grants=grants.preparing(),
        ),
        State(
            id="announced",
            title=_("Announced"),
            description=_("The invitation is public, and people register."),
            grants=grants.announced(),
            public=True,
        ),
        *HELD.states,
        State(
            id="evaluated",
            title=_("Evaluated"),
            description=_("The results of this event are there. The synthesis joins them with those of the others."),
            grants=grants.evaluating(),
            public=True,
        ),
        *CLOSED.states,
    ),
    transitions=(
        Transition(
            id="announce",
            title=_("Announce"),
            description=_("The page becomes public, and registration opens."),
            sources=("preparing",),
            target="announced",
            permission=Permission.EVENT_ADVANCE,
            guards=(
                guards.has_field_of_its_own(),
                guards.has_host(),
                guards.details_filled("question", what=_("The question of the event is missing.")),
                guards.date_ahead(),
                guards.has_agenda(),
            ),
        ),
        endings.withdraw("announced", "preparing"),
        *HELD.transitions,
        Transition(
            id="evaluate",
            title=_("The results are complete"),
            sources=("held",),
            target="evaluated",
            permission=Permission.EVENT_ADVANCE,
            guards=(guards.has_findings(),),
        ),
        Transition(
            id="reopen",
            title=_("Work on the results again"),
            sources=("evaluated",),
            target="held",
            permission=Permission.EVENT_ADVANCE,
        ),
        *CLOSED.transitions,
    ),
)
