"""Resonanzgruppe: politics and administration say, point by point, what they take up and how."""

from datetime import datetime

from fdp_buergerinnenrat.models import Base, Point
from fdp_buergerinnenrat.texts import _
from fdplattform.api import (
    AgendaLine,
    Choice,
    Conduct,
    Data,
    EventFacts,
    EventFormat,
    Fit,
    FormSchema,
    LongText,
    Permission,
    RecordList,
    State,
    Text,
    ToolUse,
    Transition,
    Trigger,
    Workflow,
    grants,
    guards,
)

DECISIONS = (
    ("taken_up", _("Is taken up")),
    ("partly", _("Is taken up in part")),
    ("examined", _("Is examined")),
    ("not_taken_up", _("Is not taken up")),
)


class Details(FormSchema):
    """What is asked about a meeting of the resonance group."""

    facilitation = Text(200, title=_("Facilitation"), required=False, public=True)


class PointRow(FormSchema):
    """A point of the statement and what becomes of it."""

    text = LongText(2000, title=_("Point of the statement"), rows=3, public=True)
    decision = Choice(DECISIONS, title=_("What becomes of it"), required=False, radio=False, public=True)
    body = Text(200, title=_("Responsible body"), required=False, public=True)
    reason = LongText(
        2000,
        title=_("Reason or next step"),
        description=_("In plain words. It becomes part of the official response."),
        rows=3,
        required=False,
        public=True,
    )


def end(facts: EventFacts) -> datetime | None:
    """The end of the last date."""
    return facts.ends_at


WORKFLOW = Workflow(
    id="resonanzgruppe",
    version=1,
    initial="preparing",
    states=(
        State(
            id="preparing",
            title=_("In preparation"),
            description=_("The points of the statement are written down, the date is found."),
            grants=grants.preparing(),
        ),
        State(
            id="invited",
            title=_("Invited"),
            description=_("Politics and administration are invited. Only your team sees it."),
            grants=grants.announced(registration=False),
        ),
        State(
            id="held",
            title=_("Held"),
            description=_("For each point it is entered what becomes of it."),
            grants=grants.evaluating(),
        ),
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
                guards.has_records("points", _("The points of the statement are missing.")),
            ),
        ),
        Transition(
            id="hold",
            title=_("The group has met"),
            sources=("invited",),
            target="held",
            permission=Permission.EVENT_ADVANCE,
            guards=(guards.has_begun(),),
        ),
        Transition(
            id="end",
            title=_("The group has met (by the calendar)"),
            sources=("invited",),
            target="held",
            trigger=Trigger.TIME,
            due=end,
        ),
        Transition(
            id="close",
            title=_("Publish what is taken up"),
            description=_("The page becomes public."),
            sources=("held",),
            target="closed",
            permission=Permission.EVENT_ADVANCE,
            guards=(
                guards.every_record_has(
                    "points", ("decision", "reason"), _("A point has no decision or no reason yet.")
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
        tools=(ToolUse(tool="registration", states=frozenset({"invited", "held"})), ToolUse(tool="agenda")),
        agenda=(
            AgendaLine(title=_("Welcome"), minutes=10),
            AgendaLine(title=_("The statement, and what was said at the café"), minutes=20),
            AgendaLine(
                title=_("Point by point: what do we take up, and how?"), minutes=90, method=_("Talk in a circle")
            ),
            AgendaLine(title=_("Who answers the members, and when"), minutes=15),
        ),
    ),
    data=Data(
        details=Details,
        base=Base,
        migrations="fdp_buergerinnenrat.migrations",
        lists=(
            RecordList(
                id="points",
                title=_("Points of the statement"),
                row_title=_("Point"),
                description=_("One row for each point, with what becomes of it. Everybody can read it in the end."),
                schema=PointRow,
                model=Point,
                states=frozenset({"preparing", "invited", "held"}),
                public=True,
            ),
        ),
    ),
)
