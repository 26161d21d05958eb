"""Bürgercafé: the council presents its statement, and everybody can talk about it."""

from datetime import datetime

from fdp_buergerinnenrat.texts import _
from fdplattform.api import (
    AgendaLine,
    Conduct,
    Data,
    EventFacts,
    EventFormat,
    Fit,
    FormSchema,
    Permission,
    State,
    Text,
    ToolUse,
    Transition,
    Trigger,
    Workflow,
    grants,
    guards,
)


class Details(FormSchema):
    """What is asked about a café."""

    facilitation = Text(200, title=_("Facilitation"), required=False, public=True)


def end(facts: EventFacts) -> datetime | None:
    """The end of the last date."""
    return facts.ends_at


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
        State(
            id="held",
            title=_("Held"),
            description=_("What people said about the statement is entered."),
            grants=grants.evaluating(),
            public=True,
        ),
        State(
            id="closed",
            title=_("Closed"),
            description=_("Nothing is left to do."),
            grants=grants.done(),
            public=True,
            final=True,
        ),
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
        Transition(
            id="withdraw",
            title=_("Back to preparation"),
            description=_("The page is no longer public. Registrations stay."),
            sources=("announced",),
            target="preparing",
            permission=Permission.EVENT_ADVANCE,
        ),
        Transition(
            id="hold",
            title=_("The café is over"),
            sources=("announced",),
            target="held",
            permission=Permission.EVENT_ADVANCE,
            guards=(guards.has_begun(),),
        ),
        Transition(
            id="end",
            title=_("The café is over (by the calendar)"),
            sources=("announced",),
            target="held",
            trigger=Trigger.TIME,
            due=end,
        ),
        Transition(
            id="close",
            title=_("Close"),
            sources=("held",),
            target="closed",
            permission=Permission.EVENT_ADVANCE,
            guards=(guards.has_findings(),),
        ),
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
        tools=(ToolUse(tool="registration", states=frozenset({"announced", "held"})), ToolUse(tool="agenda")),
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
