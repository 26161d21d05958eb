"""What is typed on a board."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import colander

from fdplattform import forms
from fdplattform.forms.types import Line
from fdplattform.tools.board.lists import BoardList
from fdplattform.tools.board.messages import _

#: Characters of a card. One thought, not a speech: it is read from the last row.
MAX_TEXT = 600


class Thought(forms.LongText):
    """The text of a card: one line, however many it takes on the screen."""

    schema_type = Line


def _list_choices(bindings: Mapping[str, Any]) -> list[tuple[str, Any]]:
    lists: tuple[BoardList, ...] = bindings["lists"]
    translate = bindings["request"].localizer.translate
    return [(each.id, f"{each.letter} – {translate(each.title)}") for each in lists]


def _is_uuid(node: colander.SchemaNode, value: str) -> None:
    """Raises Invalid unless `value` is a UUID as browsers write it, so that one card has one spelling."""
    try:
        written = str(UUID(value))
    except ValueError:
        written = ""
    if written != value:
        raise colander.Invalid(node, _("The card has no proper name of its own. Please reload the page."))


class CardSchema(forms.FormSchema):
    """A new card."""

    list = forms.Choice(_list_choices, radio=True, title=_("List"))
    text = Thought(MAX_TEXT, rows=3, title=_("Card"))
    uuid = forms.Hidden(validator=_is_uuid, title="")


class EditSchema(forms.FormSchema):
    """The text of a card that is there."""

    text = Thought(MAX_TEXT, rows=4, title=_("Card"))
    version = forms.Version()
