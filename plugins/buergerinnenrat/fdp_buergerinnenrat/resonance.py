"""Resonanzgruppe: politics and administration say, point by point, what they take up and how."""

from fdp_buergerinnenrat.texts import _
from fdplattform.api import (
    AgendaLine,
    Conduct,
    Data,
    EventFormat,
    Fit,
    FormSchema,
    Permission,
    State,
    Text,
    ToolUse,
    Transition,
    Workflow,
    endings,
    grants,
    guards,
)


class Details(FormSchema):
    """What is asked about a meeting of the resonance group."""

    facilitation = Text(200, title=_("Facilitation"), required=False, public=True)


HELD = endings.held(
    "invited", description=_("At each point of the statement it is entered what becomes of it."), public=False
)

WORKFLOW = Workflow(
    id="resonanzgruppe",
    version=1,
    initial="preparing",
    states=(
        State(
            id="preparing",
            title=_("In preparation"),
            description=_("The points of the statement are listed, the date is found."),
            grants=grants.preparing(),
        ),
        State(
            id="invited",
            title=_("Invited"),
            description=_("Politics and administration are invited. Only your team sees it."),
            grants=grants.announced(registration=False),
        ),
        *HELD.states,
        State(
            id="closed",
            title=_("Closed"),
            description=_("Everybody can read what is taken up."),
            grants=grants.done(),
            public=True,
            final=True,
        ),
    ),
    transitions=(
        Transition(
            id="invite",
            title=_("Invite"),
            sources=("preparing",),
            target="invited",
            permission=Permission.EVENT_ADVANCE,
            guards=(
                guards.date_ahead(),
                guards.has_agenda(),
                guards.tool_says(
                    "statement", "points", _("The points of the statement are missing."), where="erklaerung/punkte"
                ),
            ),
        ),
        *HELD.transitions,
        Transition(
            id="close",
            title=_("Publish what is taken up"),
            description=_("The page becomes public."),
            sources=("held",),
            target="closed",
            permission=Permission.EVENT_ADVANCE,
            guards=(
                guards.tool_says(
                    "statement",
                    "all_responded",
                    _("A point has no decision or no reason yet."),
                    where="erklaerung/punkte",
                ),
            ),
        ),
    ),
)

RESONANCE_GROUP = EventFormat(
    id="resonanzgruppe",
    title=_("Resonance group of the citizens' council"),
    summary=_("Politics and administration go through the statement, and say what they take up and how."),
    icon="groups",
    fit=Fit(blocks=frozenset({2}), follows=frozenset({"buergerinnenrat"})),
    conduct=Conduct(
        workflow=WORKFLOW,
        tools=(
            ToolUse(tool="registration", states=frozenset({"invited", "held"}), optional=True),
            # The council's: its points are decided on here, and written there.
            ToolUse(tool="statement", states=frozenset(), options={"of_origin": True}),
            ToolUse(tool="agenda"),
        ),
        agenda=(
            AgendaLine(title=_("Welcome"), minutes=10),
            AgendaLine(title=_("The statement, and what was said at the café"), minutes=20),
            AgendaLine(
                title=_("Point by point: what do we take up, and how?"), minutes=90, method=_("Talk in a circle")
            ),
            AgendaLine(title=_("Who answers the members, and when"), minutes=15),
        ),
    ),
    data=Data(details=Details),
)
