"""The declaration of the council."""

from datetime import timedelta

from fdp_buergerinnenrat.letters import MEMBERS_REPLY
from fdp_buergerinnenrat.models import Base
from fdp_buergerinnenrat.rules import letters_are_not_early
from fdp_buergerinnenrat.schemas import Details, Settings
from fdp_buergerinnenrat.texts import _
from fdp_buergerinnenrat.workflow import COUNCIL_WORKFLOW
from fdplattform.api import (
    AgendaLine,
    Aim,
    Conduct,
    Data,
    EventFormat,
    Fit,
    FollowUp,
    Openness,
    Profile,
    Span,
    Suitability,
    ToolUse,
)

PROFILE = Profile(
    people=Span(12, 20),
    hours=Span(10, 14),
    openness=Openness.DRAWN,
    conflict=Suitability.GOOD,
    preparation_weeks=8,
    staff=2,
    aims=frozenset({Aim.SOLVE_CONFLICT, Aim.ADVISE_COUNCIL, Aim.FIND_FIELDS}),
    good_for=(
        _("The topic divides people, and all sides shall be heard."),
        _("You want to hear those who never come to an assembly."),
        _("The council of the municipality wants advice on an open question."),
        _("In the end there shall be one statement that all carry."),
    ),
    bad_for=(
        _("The decision is already made."),
        _("As many people as possible shall take part: only the public café is open to everybody."),
        _("The result is needed in fewer than eight weeks."),
        _("Nobody in politics has promised to respond."),
    ),
    funding=_(
        "In Baden-Württemberg's programme of 2016 the ministry of social affairs funded it. Ask what holds today."
    ),
    example=_("Musterstadt: 15 members, one and a half days, a statement on living together in the Gartenstraße."),
)

DYNAMIC_FACILITATION = _("Dynamic Facilitation")

#: One and a half days: Friday from half past twelve to five, Saturday from nine to four.
FIRST_DAY = (
    AgendaLine(title=_("Arrival and lunch"), minutes=45),
    AgendaLine(title=_("Welcome, mandate, and what happens with the statement"), minutes=30),
    AgendaLine(title=_("How we talk: every thought counts, nothing is struck out"), minutes=15),
    AgendaLine(
        title=_("What moves you about the question?"),
        minutes=75,
        method=_("Dynamic Facilitation: challenges, ideas, concerns, information"),
    ),
    AgendaLine(title=_("Break"), minutes=15),
    AgendaLine(title=_("What moves you about the question? (continued)"), minutes=60, method=DYNAMIC_FACILITATION),
    AgendaLine(title=_("Look back on the day"), minutes=30),
)
SECOND_DAY = (
    AgendaLine(title=_("Second day: read the lists again"), minutes=30, method=DYNAMIC_FACILITATION, next_date=True),
    AgendaLine(title=_("What shall come of it?"), minutes=75, method=DYNAMIC_FACILITATION),
    AgendaLine(title=_("Break"), minutes=15),
    AgendaLine(title=_("What shall come of it? (continued)"), minutes=60, method=DYNAMIC_FACILITATION),
    AgendaLine(title=_("Lunch"), minutes=60),
    AgendaLine(title=_("Turning points and common lines"), minutes=60, method=_("Plenary")),
    AgendaLine(title=_("Joint statement, on the wall"), minutes=60, method=_("Plenary")),
    AgendaLine(title=_("Break"), minutes=15),
    AgendaLine(title=_("Read it aloud: do all carry it?"), minutes=20, method=_("Plenary")),
    AgendaLine(title=_("Who presents it at the public café, farewell"), minutes=25),
)
AGENDA = (*FIRST_DAY, *SECOND_DAY)

#: From the room's being prepared until everything that was said has found its answer.
WITH_BOARD = frozenset({"selected", "sitting", "stated", "presented", "responded", "replied"})
#: What came of a point is still written down when everything else is over.
WITH_STATEMENT = frozenset({"sitting", "stated", "presented", "responded", "replied", "closed"})

FOLLOW_UPS = tuple(
    FollowUp(
        id=name,
        title=title,
        description=_("Ask those who responded, and write at each point what came of it: everybody reads it there."),
        from_step="respond",
        after=after,
        where="erklaerung/punkte",
    )
    for name, title, after in (
        ("four_weeks", _("Four weeks after the response: ask what became of it"), timedelta(weeks=4)),
        ("three_months", _("Three months after the response: ask what became of it"), timedelta(weeks=13)),
    )
)

COUNCIL = EventFormat(
    id="buergerinnenrat",
    title=_("Citizens' council"),
    summary=_(
        "Twelve to fifteen people drawn by lot talk for one and a half days and make a joint statement. "
        "A public café presents it, and a resonance group says what is taken up."
    ),
    icon="groups",
    fit=Fit(blocks=frozenset({2}), profile=PROFILE),
    conduct=Conduct(
        workflow=COUNCIL_WORKFLOW,
        tools=(
            ToolUse(tool="agenda"),
            ToolUse(tool="draw"),
            ToolUse(tool="board", states=WITH_BOARD),
            ToolUse(
                tool="letters",
                options={
                    "texts": {"members_reply": MEMBERS_REPLY},
                    "guards": {"invitation": (letters_are_not_early,)},
                },
            ),
            ToolUse(tool="statement", states=WITH_STATEMENT, options={"drafting": frozenset({"sitting"})}),
        ),
        agenda=AGENDA,
        follow_ups=FOLLOW_UPS,
    ),
    data=Data(
        details=Details,
        settings=Settings,
        base=Base,
        migrations="fdp_buergerinnenrat.migrations",
    ),
)
