"""The forms of groups."""

from collections.abc import Mapping
from typing import Any

from translationstring import TranslationStringFactory

from fdplattform.forms import Choice, Flag, FormSchema, LocalDateTime, LongText, Number, Text, Version
from fdplattform.groups.models import GroupKind
from fdplattform.groups.titles import KIND_TITLES
from fdplattform.translation.languages import language_options

_ = TranslationStringFactory("fdplattform")

KEPT = _("Kept until one year after the end of the dialogue, or until the person wants it deleted.")

#: More people are a public, not a group.
MOST = 200


def field_options(bindings: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """The dialogue's fields of action: the form is made with `fields`, pairs of id and title."""
    return [(str(number), title) for number, title in bindings["fields"]]


class GroupSchema(FormSchema):
    """A new group."""

    kind = Choice(
        [(kind, title) for kind, title in KIND_TITLES.items()],
        kind=GroupKind,
        radio=True,
        title=_("What kind of group?"),
    )
    title = Text(200, title=_("Name of the group"))
    field_id = Choice(
        field_options,
        kind=int,
        required=False,
        radio=False,
        title=_("Field of action"),
        description=_("A working group works on one."),
    )
    task = LongText(2000, rows=3, required=False, title=_("Task"), description=_("Everybody can read this."))
    least_members = Number(min=1, max=MOST, required=False, title=_("At least so many people"))
    most_members = Number(min=1, max=MOST, required=False, title=_("At most so many people"))
    first_meeting_at = LocalDateTime(required=False, title=_("Next meeting"))
    first_meeting_place = Text(200, required=False, title=_("Where it meets"))
    language = Choice(language_options, radio=False, title=_("Written in"))


class GroupEditSchema(GroupSchema):
    """A group that is there."""

    version = Version()


class LeadersSchema(FormSchema):
    """Who is responsible for a group."""

    lead_name = Text(200, required=False, title=_("Name of the person responsible"), kept=KEPT)
    lead_contact = Text(
        254,
        required=False,
        title=_("How to reach the person"),
        why=_("Only staff see this: for appointments and questions."),
        kept=KEPT,
    )
    consented = Flag(
        title=_("The person has agreed to be responsible and that the municipality keeps name and contact"),
        description=_("Please ask first. Without this consent the group is not set up."),
    )
    public = Flag(
        title=_("The person has also agreed that everybody can read the name"),
        description=_("Without this the name is not on the public page."),
    )
    deputy_name = Text(200, required=False, title=_("Name of the deputy"), why=_("Only staff see this."), kept=KEPT)
    deputy_contact = Text(
        254, required=False, title=_("How to reach the deputy"), why=_("Only staff see this."), kept=KEPT
    )
    version = Version()
