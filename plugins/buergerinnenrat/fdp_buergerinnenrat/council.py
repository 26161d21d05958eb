"""The declaration of the council."""

from datetime import timedelta

from fdp_buergerinnenrat.models import Base, Criterion, Member, Reserve
from fdp_buergerinnenrat.schemas import CriterionRow, Details, MemberRow, ReserveRow, Settings
from fdp_buergerinnenrat.texts import _
from fdp_buergerinnenrat.workflow import COUNCIL_WORKFLOW
from fdplattform.api import (
    AgendaLine,
    Aim,
    Conduct,
    Data,
    EventFormat,
    Fit,
    Openness,
    PersonalField,
    Profile,
    RecordList,
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

AGENDA = (
    AgendaLine(title=_("Arrival and lunch"), minutes=45),
    AgendaLine(title=_("Welcome, mandate, and what happens with the statement"), minutes=30),
    AgendaLine(title=_("How we talk: every thought counts, nothing is struck out"), minutes=15),
    AgendaLine(
        title=_("What moves you about the question?"),
        minutes=150,
        method=_("Dynamic Facilitation: challenges, ideas, concerns, information"),
    ),
    AgendaLine(title=_("Look back on the day"), minutes=30),
    AgendaLine(title=_("Second day: read the lists again"), minutes=30, method=_("Dynamic Facilitation")),
    AgendaLine(title=_("What shall come of it?"), minutes=150, method=_("Dynamic Facilitation")),
    AgendaLine(title=_("Lunch"), minutes=60),
    AgendaLine(title=_("Turning points and common lines"), minutes=60, method=_("Plenary")),
    AgendaLine(title=_("Joint statement"), minutes=90, method=_("Plenary")),
    AgendaLine(title=_("Who presents it at the public café, farewell"), minutes=30),
)

BEFORE_THE_DRAW = frozenset({"preparing", "mandated", "published", "invited"})
AROUND_THE_DRAW = frozenset({"invited", "selected", "sitting"})

LISTS = (
    RecordList(
        id="criteria",
        title=_("Criteria and quotas"),
        row_title=_("Criterion"),
        description=_(
            "Fix them before you publish the intention. The aim is a mixed group, not a representative one. "
            "After the draw, enter how many members belong to each group."
        ),
        schema=CriterionRow,
        model=Criterion,
        states=BEFORE_THE_DRAW,
        public=True,
    ),
    RecordList(
        id="members",
        title=_("Members"),
        row_title=_("Member"),
        description=_("Only your team sees this list. A pseudonym is enough."),
        schema=MemberRow,
        model=Member,
        states=AROUND_THE_DRAW,
    ),
    RecordList(
        id="reserve",
        title=_("Reserve"),
        row_title=_("Person"),
        description=_("Who steps in, in the order of the draw. Only your team sees this list."),
        schema=ReserveRow,
        model=Reserve,
        states=AROUND_THE_DRAW,
    ),
)

BASIS = _("Public task of the municipality, Art. 6 (1) (e) GDPR")
PERSONAL = (
    *(
        PersonalField(
            model=Member,
            column=column,
            purpose=_("So that the council can be invited and looked after, and each member gets the written reply."),
            basis=BASIS,
            keep=timedelta(days=92),
        )
        for column in ("name", "contact")
    ),
    *(
        PersonalField(
            model=Reserve,
            column=column,
            purpose=_("So that somebody can step in when a member drops out."),
            basis=BASIS,
            keep=timedelta(0),
        )
        for column in ("name", "contact")
    ),
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
    conduct=Conduct(workflow=COUNCIL_WORKFLOW, tools=(ToolUse(tool="agenda"),), agenda=AGENDA),
    data=Data(
        details=Details,
        settings=Settings,
        base=Base,
        migrations="fdp_buergerinnenrat.migrations",
        lists=LISTS,
        personal=PERSONAL,
    ),
)
