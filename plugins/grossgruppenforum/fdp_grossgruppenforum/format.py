"""The declaration of the format."""

from datetime import timedelta

from fdp_grossgruppenforum.models import Base, ForumTable, InvitedGroup
from fdp_grossgruppenforum.schemas import Details, InvitedGroupRow, TableRow
from fdp_grossgruppenforum.texts import _
from fdp_grossgruppenforum.workflow import WORKFLOW
from fdplattform.api import (
    AgendaLine,
    Aim,
    BoardList,
    Conduct,
    Data,
    EventFormat,
    FindingKind,
    Fit,
    Openness,
    PersonalField,
    Profile,
    RecordList,
    Span,
    Suitability,
    ToolUse,
)

FORUM = EventFormat(
    id="grossgruppenforum",
    title=_("One-day large group forum"),
    summary=_(
        "Everybody concerned comes together for a day, collects proposals for the fields of action, "
        "sets up working groups and names a person responsible for each field."
    ),
    icon="groups",
    fit=Fit(
        blocks=frozenset({2}),
        profile=Profile(
            people=Span(30, 300),
            hours=Span(5, 9),
            openness=Openness.INVITED,
            conflict=Suitability.FAIR,
            preparation_weeks=10,
            staff=4,
            aims=frozenset({Aim.COLLECT_IDEAS, Aim.FIND_FIELDS, Aim.FORM_GROUPS}),
            good_for=(
                _("Many different groups shall meet and work together."),
                _("At the end it shall be clear who goes on with what."),
                _("You want a shared picture of the future."),
            ),
            bad_for=(
                _("The conflict is open and hard: a small circle with good facilitation carries more."),
                _("There is hardly time to prepare: a full day needs many helpers."),
            ),
            funding=_("Rooms, material, catering and co-facilitators come from the municipality."),
            example=_("Ostfildern, July 2016: about 70 people, a future workshop, six fields of action."),
        ),
    ),
    conduct=Conduct(
        workflow=WORKFLOW,
        tools=(
            ToolUse(tool="registration", states=frozenset({"invited", "held"}), optional=True),
            ToolUse(tool="agenda"),
            ToolUse(
                tool="board",
                states=frozenset({"invited", "held"}),
                options={
                    "lists": (
                        BoardList(id="topics", letter="T", title=_("Parked topics"), kind=FindingKind.CHALLENGE),
                        BoardList(id="questions", letter="F", title=_("Open questions"), kind=FindingKind.INFORMATION),
                    ),
                    "public": True,
                },
                optional=True,
            ),
            # Who would never come by themselves: a random sample of the residents is invited too.
            ToolUse(tool="draw", optional=True, off_at_first=True),
            ToolUse(tool="letters", optional=True, off_at_first=True),
        ),
        agenda=(
            AgendaLine(title=_("Arrival at mixed tables"), minutes=30),
            AgendaLine(title=_("Welcome, goal, and what happens with the results"), minutes=20),
            AgendaLine(title=_("Input: where we stand"), minutes=25),
            AgendaLine(title=_("A picture of the future"), minutes=45, method=_("At tables")),
            AgendaLine(title=_("Marketplace of the fields of action"), minutes=75, method=_("Three rounds")),
            AgendaLine(title=_("Lunch"), minutes=60),
            AgendaLine(title=_("Working out proposals"), minutes=75, method=_("Groups with proposal cards")),
            AgendaLine(title=_("Gallery and dots"), minutes=30, method=_("Multi-dot vote")),
            AgendaLine(title=_("Forming working groups, naming the people responsible"), minutes=40),
            AgendaLine(title=_("First meetings, feedback, farewell"), minutes=20),
        ),
    ),
    data=Data(
        details=Details,
        base=Base,
        migrations="fdp_grossgruppenforum.migrations",
        lists=(
            RecordList(
                id="invited_groups",
                title=_("Invited groups"),
                row_title=_("Group"),
                description=_("Whom you want at the tables. Look for those who are missing."),
                schema=InvitedGroupRow,
                model=InvitedGroup,
                states=frozenset({"preparing", "invited"}),
            ),
            RecordList(
                id="tables",
                title=_("Tables and hosts"),
                row_title=_("Table"),
                description=_("One table for each topic and group, with the host who stays."),
                schema=TableRow,
                model=ForumTable,
                order_by="number",
                states=frozenset({"preparing", "invited", "held"}),
            ),
        ),
        personal=(
            PersonalField(
                model=ForumTable,
                column="host",
                purpose=_("So that the hosts of the tables can be found on the day."),
                basis=_("Public task of the municipality, Art. 6 (1) (e) GDPR"),
                keep=timedelta(days=90),
            ),
        ),
    ),
)
