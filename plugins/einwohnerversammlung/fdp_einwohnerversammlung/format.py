"""The declaration of the format."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from fdp_einwohnerversammlung import shown
from fdp_einwohnerversammlung.models import Base, Suggestion, TrustedPerson
from fdp_einwohnerversammlung.rules import answers_due
from fdp_einwohnerversammlung.schemas import Details, Settings, SuggestionRow, TrustedPersonRow
from fdp_einwohnerversammlung.texts import _
from fdp_einwohnerversammlung.workflow import WORKFLOW
from fdplattform.api import (
    AgendaLine,
    Aim,
    Conduct,
    Data,
    EventFacts,
    EventFormat,
    Fit,
    Material,
    Openness,
    Output,
    PersonalField,
    Profile,
    RecordList,
    Span,
    Suitability,
    ToolUse,
)

TEMPLATES = "fdp_einwohnerversammlung:templates/"
PETITION_STATES = frozenset({"draft", "petitioned", "petition_admitted"})
PUBLIC_STATES = frozenset({"announced", "held", "minutes_released", "suggestions_assigned", "answered", "closed"})
HALF_A_YEAR = timedelta(days=183)


def new_suggestion(facts: EventFacts) -> Mapping[str, Any]:
    """A new suggestion is due when the law says."""
    return {"due_on": answers_due(facts)}


PROFILE = Profile(
    people=Span(30, 500),
    hours=Span(2, 3),
    openness=Openness.OPEN,
    conflict=Suitability.POOR,
    preparation_weeks=6,
    staff=3,
    aims=frozenset({Aim.INFORM, Aim.COLLECT_IDEAS}),
    good_for=(
        _("Everybody may come, and everybody hears the same."),
        _("Suggestions go to the responsible body, in some Länder within a time limit of the law."),
        _("Council and mayor are there and answer themselves."),
        _("An evening is enough."),
    ),
    bad_for=(
        _("In a full hall few speak. Without small groups the others stay silent."),
        _("Open conflict becomes a stage here."),
        _("The assembly decides nothing, and works nothing out in depth."),
    ),
    funding=_("The municipality pays; hall, technology and interpreting are the largest items."),
    example=_("Musterstadt: 120 people in the gymnasium, buzz groups, a market of topics, 14 suggestions."),
)

AGENDA = (
    AgendaLine(title=_("Arrival, write down questions"), minutes=20, method=_("Questions on cards")),
    AgendaLine(title=_("Welcome, goal, and what happens with the results"), minutes=10),
    AgendaLine(title=_("Information: where we stand"), minutes=20),
    AgendaLine(title=_("What moves you?"), minutes=10, method=_("Buzz groups of two to four people, one question")),
    AgendaLine(title=_("Questions collected in advance and on the spot"), minutes=20),
    AgendaLine(title=_("Collect concerns and ideas"), minutes=20, method=_("Cards, one thought on each")),
    AgendaLine(title=_("Market of topics"), minutes=40, method=_("A board and a host for each field, two rounds")),
    AgendaLine(title=_("What matters most"), minutes=15, method=_("Multi-dot vote, anonymous")),
    AgendaLine(title=_("Suggestions to the council and the administration"), minutes=15),
    AgendaLine(title=_("How it goes on, and farewell"), minutes=10),
)

LISTS = (
    RecordList(
        id="suggestions",
        title=_("Suggestions"),
        row_title=_("Suggestion"),
        description=_("What the assembly suggests, who deals with it, and the answer. Everybody can read it."),
        schema=SuggestionRow,
        model=Suggestion,
        states=frozenset({"held", "minutes_released", "suggestions_assigned"}),
        public=True,
        due_field="due_on",
        done_field="answered_on",
        defaults=new_suggestion,
    ),
    RecordList(
        id="trusted_persons",
        title=_("People who speak for the petition"),
        row_title=_("Person"),
        description=_("They are named on the lists of signatures. Only your team sees how to reach them."),
        schema=TrustedPersonRow,
        model=TrustedPerson,
        states=PETITION_STATES,
    ),
)

MATERIALS = (
    Material(
        id="bekanntmachung",
        title=_("Public notice"),
        description=_("For the official gazette and the notice board"),
        template=f"{TEMPLATES}notice.pt",
        states=PUBLIC_STATES | {"decided"},
        public=True,
        values=shown.notice,
    ),
    Material(
        id="unterschriften",
        title=_("List of signatures"),
        description=_("For residents who demand an assembly"),
        template=f"{TEMPLATES}signatures.pt",
        states=PETITION_STATES,
        values=shown.signature_list,
    ),
    Material(
        id="recht",
        title=_("What the law says here"),
        description=_("Who decides, convenes and chairs, and what is not recorded yet"),
        template=f"{TEMPLATES}law.pt",
        values=shown.legal_page,
    ),
)

ASSEMBLY = EventFormat(
    id="einwohnerversammlung",
    title=_("Residents' assembly"),
    summary=_(
        "The municipality informs its residents and discusses with them. "
        "Their suggestions go to the responsible bodies, which answer within a time limit."
    ),
    icon="groups",
    fit=Fit(blocks=frozenset({2}), profile=PROFILE),
    conduct=Conduct(
        workflow=WORKFLOW,
        tools=(
            ToolUse(tool="registration", states=frozenset({"announced", "held"}), optional=True),
            ToolUse(tool="agenda"),
        ),
        agenda=AGENDA,
    ),
    data=Data(
        details=Details,
        settings=Settings,
        base=Base,
        migrations="fdp_einwohnerversammlung.migrations",
        lists=LISTS,
        personal=tuple(
            PersonalField(
                model=TrustedPerson,
                column=column,
                purpose=_("So that the town hall knows with whom to talk about the petition."),
                basis=_("Public task of the municipality, Art. 6 (1) (e) GDPR"),
                keep=HALF_A_YEAR,
            )
            for column in ("name", "contact")
        ),
    ),
    output=Output(materials=MATERIALS, notes=shown.notes),
)
