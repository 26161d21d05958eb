"""Bürgercafé: the council presents its statement, and everybody can talk about it."""

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
    """What is asked about a café."""

    facilitation = Text(200, title=_("Facilitation"), required=False, public=True)


HELD = endings.held("announced", description=_("What people said about the statement is entered as results."))
CLOSED = endings.closed("held")

WORKFLOW = Workflow(
    id="buergercafe",
    version=1,
    initial="preparing",
    states=(
        State(
            id="preparing",
            title=_("In preparation"),
            description=_("Date and room are found. Only your team sees it."),
            grants=grants.preparing(),
        ),
        State(
            id="announced",
            title=_("Announced"),
            description=_("Everybody is invited and can register."),
            grants=grants.announced(),
            public=True,
        ),
        *HELD.states,
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
            guards=(guards.date_ahead(), guards.has_agenda()),
        ),
        endings.withdraw("announced", "preparing"),
        *HELD.transitions,
        *CLOSED.transitions,
    ),
)

CAFE = EventFormat(
    id="buergercafe",
    title=_("Public café of the citizens' council"),
    summary=_("The members of the council present their statement. Everybody can come, listen and talk about it."),
    icon="groups",
    fit=Fit(blocks=frozenset({2}), follows=frozenset({"buergerinnenrat"})),
    conduct=Conduct(
        workflow=WORKFLOW,
        tools=(
            ToolUse(tool="registration", states=frozenset({"announced", "held"}), optional=True),
            # The council's: shown here, written there.
            ToolUse(tool="statement", states=frozenset(), options={"of_origin": True}),
            ToolUse(tool="agenda"),
        ),
        agenda=(
            AgendaLine(title=_("Arrival"), minutes=20),
            AgendaLine(title=_("Welcome, and how the council worked"), minutes=15),
            AgendaLine(title=_("The members present their statement"), minutes=25),
            AgendaLine(title=_("What speaks to you, what is missing?"), minutes=60, method=_("Café tables")),
            AgendaLine(title=_("From the tables"), minutes=20, method=_("Plenary")),
            AgendaLine(title=_("How it goes on, and farewell"), minutes=10),
        ),
    ),
    data=Data(details=Details),
)
