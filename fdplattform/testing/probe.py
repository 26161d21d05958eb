"""A small real format for tests of the core: every part of the API once, and nothing of a real format."""

from datetime import datetime, timedelta

from fdplattform.api import (
    AgendaLine,
    Aim,
    Conduct,
    Data,
    Date,
    EventFacts,
    EventFormat,
    Fit,
    FollowUp,
    FormSchema,
    Openness,
    Permission,
    Profile,
    Span,
    State,
    Suitability,
    Text,
    ToolUse,
    Transition,
    Trigger,
    Workflow,
    grants,
    guards,
    hookimpl,
)

FDPLATTFORM_API = (1, 1)


class Details(FormSchema):
    """A text for everybody, and a date that a step asks for."""

    question = Text(title="Question", required=False, at_creation=True, public=True)
    decided_on = Date(title="Decided on", required=False)


def end(facts: EventFacts) -> datetime | None:
    """The end of the last date."""
    return facts.ends_at


WORKFLOW = Workflow(
    id="probe",
    initial="draft",
    states=(
        State(id="draft", title="Draft", grants=grants.preparing()),
        State(id="open", title="Open", grants=grants.announced(), public=True),
        State(id="held", title="Held", grants=grants.evaluating(), public=True),
        State(id="closed", title="Closed", grants=grants.done(), public=True, final=True),
    ),
    transitions=(
        Transition(
            id="announce",
            title="Announce",
            sources=("draft",),
            target="open",
            permission=Permission.EVENT_ADVANCE,
            guards=(guards.date_ahead(), guards.days_before(lambda facts: 7)),
            asks=("decided_on",),
        ),
        Transition(
            id="end",
            title="End",
            sources=("open",),
            target="held",
            trigger=Trigger.TIME,
            due=end,
        ),
        Transition(
            id="close",
            title="Close",
            sources=("held",),
            target="closed",
            permission=Permission.EVENT_ADVANCE,
            guards=(guards.has_findings(),),
        ),
    ),
)

PROBE = EventFormat(
    id="probe",
    title="Probe",
    summary="A format for tests",
    fit=Fit(
        blocks=frozenset({2}),
        profile=Profile(
            people=Span(1, 1000),
            hours=Span(1, 3),
            openness=Openness.OPEN,
            conflict=Suitability.FAIR,
            preparation_weeks=1,
            staff=1,
            aims=frozenset({Aim.INFORM}),
            good_for=("tests",),
            bad_for=("everything else",),
        ),
    ),
    conduct=Conduct(
        workflow=WORKFLOW,
        tools=(
            ToolUse(tool="registration", states=frozenset({"open", "held"}), optional=True),
            ToolUse(tool="agenda"),
            ToolUse(tool="draw"),
            ToolUse(tool="letters"),
            ToolUse(tool="board"),
            ToolUse(
                tool="statement",
                states=frozenset({"open", "held", "closed"}),
                options={"drafting": frozenset({"open"})},
            ),
        ),
        follow_ups=(
            FollowUp(
                id="four_weeks",
                title="Ask what became of it",
                description="Write it down for everybody.",
                from_step="close",
                after=timedelta(weeks=4),
                where="erklaerung/punkte",
            ),
        ),
        agenda=(AgendaLine(title="Welcome", minutes=15), AgendaLine(title="Talk", minutes=45)),
    ),
    data=Data(details=Details),
)


@hookimpl
def fdplattform_event_formats() -> list[EventFormat]:
    """The format."""
    return [PROBE]
