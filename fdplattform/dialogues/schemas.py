"""The forms of a dialogue and its phases."""

from collections.abc import Mapping
from typing import Any

from translationstring import TranslationStringFactory

from fdplattform.dialogues.models import PhaseStatus
from fdplattform.dialogues.phases import PhasePlan
from fdplattform.dialogues.services import DialogueTexts
from fdplattform.dialogues.titles import PHASE_STATUS_TITLES
from fdplattform.forms import Choice, Choices, Date, FormSchema, LongText, Text, Version
from fdplattform.translation.languages import language_options, spoken_language_options

_ = TranslationStringFactory("fdplattform")


class DialogueSchema(FormSchema):
    """What people say about a dialogue when they start it: few fields, the rest can wait."""

    title = Text(
        120, title=_("Title"), description=_("Short and inviting, for example: Living together in Musterstadt")
    )
    goal = LongText(
        2000,
        rows=4,
        title=_("What is this about?"),
        description=_("In plain words: what do you want to find out or achieve together?"),
    )
    results_promise = LongText(
        2000,
        rows=4,
        title=_("What happens with the results?"),
        description=_(
            "Who deals with them, by when, and where will people read the answer? "
            "People take part when they know that it matters."
        ),
    )
    languages = Choices(
        spoken_language_options,
        title=_("In which languages can people take part?"),
        description=_("Languages that are spoken or interpreted at your events."),
    )
    starts_on = Date(title=_("First day"), required=False)
    ends_on = Date(title=_("Last day"), required=False)


class DialogueEditSchema(DialogueSchema):
    """All that is said about a dialogue."""

    occasion = LongText(
        2000,
        rows=3,
        required=False,
        title=_("Why now?"),
        description=_(
            "What has happened, or what is about to happen? Leave it empty if there is no particular reason."
        ),
    )
    language = Choice(
        language_options,
        title=_("Language of these texts"),
        description=_("The language in which you write here. You add translations on a page of their own."),
    )
    version = Version()


def dialogue_texts(values: Mapping[str, Any], language: str) -> DialogueTexts:
    """What was entered, for the services."""
    return DialogueTexts(
        title=values["title"],
        goal=values["goal"],
        results_promise=values["results_promise"],
        occasion=values.get("occasion") or None,
        language=values.get("language") or language,
        languages=values["languages"],
        starts_on=values["starts_on"],
        ends_on=values["ends_on"],
    )


class PhaseSchema(FormSchema):
    """When a phase is, and how far."""

    starts_on = Date(title=_("First day"), required=False)
    ends_on = Date(title=_("Last day"), description=_("May be the same as the first day."), required=False)
    status = Choice(
        [(status.value, title) for status, title in PHASE_STATUS_TITLES.items()], kind=PhaseStatus, title=_("Status")
    )
    note = LongText(
        1000,
        rows=3,
        required=False,
        title=_("What is special here"),
        description=_("Everybody can read this."),
    )
    version = Version()


def phase_plan(values: Mapping[str, Any]) -> PhasePlan:
    """What was entered, for the services."""
    return PhasePlan(
        starts_on=values["starts_on"],
        ends_on=values["ends_on"],
        status=values["status"],
        note=values["note"] or None,
    )
