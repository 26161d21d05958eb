"""The forms of findings, fields of action and proposals."""

from collections.abc import Mapping
from typing import Any

from translationstring import TranslationStringFactory

from fdplattform.findings.models import FindingKind
from fdplattform.findings.services import MAX_LINES, MAX_ORIGIN, MAX_TEXT, MAX_WEIGHT
from fdplattform.findings.titles import KIND_TITLES
from fdplattform.forms import Choice, Choices, FormSchema, LongText, Number, Text, Version
from fdplattform.translation.languages import language_options

_ = TranslationStringFactory("fdplattform")

KINDS = [(kind, title) for kind, title in KIND_TITLES.items()]
LANGUAGE = _("Written in")


def field_options(bindings: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """The dialogue's fields of action: the form is made with `fields`, pairs of id and title."""
    return [(str(number), title) for number, title in bindings["fields"]]


class EnterSchema(FormSchema):
    """Many findings at once."""

    kind = Choice(KINDS, kind=FindingKind, radio=True, title=_("What kind of results?"))
    lines = LongText(
        100_000,
        rows=8,
        title=_("The results, one per line"),
        description=_(
            "The number of dots can follow after a vertical bar: More benches | 12. You can paste a list or two "
            "columns of a spreadsheet, at most ${most} lines. Please never write who said it.",
            mapping={"most": MAX_LINES},
        ),
    )
    origin = Text(
        MAX_ORIGIN,
        title=_("Where do they come from?"),
        description=_("The event and, where it helps, the list or the table: Kick-off, table 3."),
    )
    language = Choice(language_options, radio=False, title=LANGUAGE)


class FindingSchema(FormSchema):
    """One finding."""

    kind = Choice(KINDS, kind=FindingKind, radio=False, title=_("Kind"))
    text = LongText(
        MAX_TEXT, rows=3, title=_("Result"), description=_("In the words of those who were there, without names.")
    )
    weight = Number(
        max=MAX_WEIGHT,
        required=False,
        title=_("Dots"),
        description=_("How many dots or mentions it got. Leave it empty when nobody counted."),
    )
    origin = Text(MAX_ORIGIN, title=_("Where does it come from?"))
    fields = Choices(field_options, kind=int, required=False, title=_("Fields of action"))
    language = Choice(language_options, radio=False, title=LANGUAGE)
    version = Version()


class FieldSchema(FormSchema):
    """A new field of action."""

    title = Text(200, title=_("Title"), description=_("In a few words that everybody understands."))
    description = LongText(
        2000, rows=4, required=False, title=_("Description"), description=_("What belongs to it, and what does not?")
    )
    language = Choice(language_options, radio=False, title=LANGUAGE)


class FieldEditSchema(FieldSchema):
    """A field of action that is there."""

    version = Version()


class SuggestionsSchema(FormSchema):
    """Fields of action from the list of suggestions."""

    suggestions = Choices(
        lambda bindings: bindings["suggestions"],
        title=_("Which fields do you want to take over?"),
        description=_("Local dialogues often work on these. You can rename each of them afterwards."),
    )


class MergeSchema(FormSchema):
    """Several fields that become one."""

    others = Choices(
        field_options,
        kind=int,
        title=_("Which fields should become part of this one?"),
        description=_("Their results, proposals, groups and events will belong to this field. They are deleted then."),
    )


class ProposalSchema(FormSchema):
    """A new proposal."""

    title = Text(200, title=_("Title"), description=_("In a few words that everybody understands."))
    idea = LongText(4000, rows=4, title=_("What should be done?"))
    problem = LongText(4000, rows=3, required=False, title=_("Which problem does it solve?"))
    benefits = LongText(4000, rows=2, required=False, title=_("Who benefits?"))
    first_step = LongText(4000, rows=2, required=False, title=_("What is the first step?"))
    field_id = Choice(field_options, kind=int, required=False, radio=False, title=_("Field of action"))
    language = Choice(language_options, radio=False, title=LANGUAGE)


class ProposalEditSchema(ProposalSchema):
    """A proposal that is there."""

    version = Version()
