"""The declaration of the format."""

from datetime import timedelta

from fdp_handlungsfeld.models import Base, Invitation
from fdp_handlungsfeld.schemas import Details, InvitationRow
from fdp_handlungsfeld.texts import _
from fdp_handlungsfeld.workflow import WORKFLOW
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
    Series,
    Span,
    Suitability,
    ToolUse,
)

FIELD_EVENT = EventFormat(
    id="handlungsfeld",
    title=_("Event for each field of action"),
    summary=_(
        "Each field of action has an event of its own, with those whom it concerns. "
        "In the end a synthesis says what the events have in common."
    ),
    icon="signpost",
    fit=Fit(
        blocks=frozenset({2}),
        profile=Profile(
            people=Span(8, 60),
            hours=Span(2, 4),
            openness=Openness.INVITED,
            conflict=Suitability.FAIR,
            preparation_weeks=6,
            staff=2,
            aims=frozenset({Aim.COLLECT_IDEAS, Aim.DEEPEN_FIELD}),
            good_for=(
                _("The fields of action are known, and each concerns different people."),
                _("You want to go to the people: to the school, the club, the accommodation."),
                _("The dates can lie weeks apart, so that a small team can do it."),
                _("A difficult topic shall not cover the others."),
            ),
            bad_for=(
                _("The fields of action are not known yet."),
                _("People from different fields shall meet each other."),
                _("You need one common result on one day."),
            ),
            funding=_("Rooms, material and catering come from the municipality; each event costs little."),
            example=_(
                "Musterstadt: four evenings, on language, housing, work and neighbourhood, each in another district."
            ),
        ),
    ),
    conduct=Conduct(
        workflow=WORKFLOW,
        series=Series(event_title=_("Dialogue: ${field}")),
        tools=(
            ToolUse(tool="registration", states=frozenset({"announced", "held"}), optional=True),
            ToolUse(tool="agenda"),
        ),
        agenda=(
            AgendaLine(title=_("Arrival"), minutes=15),
            AgendaLine(title=_("Welcome, goal, and what happens with the results"), minutes=10),
            AgendaLine(title=_("Input: where we stand in this field"), minutes=20),
            AgendaLine(title=_("What works, what is difficult"), minutes=30, method=_("Buzz groups, cards")),
            AgendaLine(title=_("Break"), minutes=15),
            AgendaLine(title=_("What could be done"), minutes=40, method=_("At tables")),
            AgendaLine(title=_("What matters most"), minutes=15, method=_("Multi-dot vote")),
            AgendaLine(title=_("How it goes on, feedback, farewell"), minutes=15),
        ),
    ),
    data=Data(
        details=Details,
        base=Base,
        migrations="fdp_handlungsfeld.migrations",
        lists=(
            RecordList(
                id="invitations",
                title=_("Invitations"),
                row_title=_("Invitation"),
                description=_("Whom this field of action concerns. Look for those who are missing."),
                schema=InvitationRow,
                model=Invitation,
                states=frozenset({"preparing", "announced"}),
            ),
        ),
        personal=(
            PersonalField(
                model=Invitation,
                column="contact",
                purpose=_("So that the invitation reaches somebody."),
                basis=_("Public task of the municipality, Art. 6 (1) (e) GDPR"),
                keep=timedelta(days=30),
            ),
        ),
    ),
)
