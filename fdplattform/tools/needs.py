"""What people may need to take part: asked by every tool in which they say that they come."""

from collections.abc import Mapping
from typing import Any

import colander
from translationstring import TranslationStringFactory

from fdplattform import forms
from fdplattform.forms.widgets import Group

_ = TranslationStringFactory("fdplattform")

GERMAN_SIGN_LANGUAGE = "gsg"

#: Languages that people in German municipalities ask interpreters for. Signs first, then by what is asked most.
INTERPRETERS = (
    GERMAN_SIGN_LANGUAGE,
    *("ar", "en", "fa", "fr", "hr", "it", "ku", "pl", "ps", "pt", "ro", "ru", "so", "sq", "ti", "tr", "uk", "zh"),
)


def interpreter_name(request: Any, code: str) -> str:
    """The name of a language in the reader's language."""
    if code == GERMAN_SIGN_LANGUAGE:
        return str(request.localizer.translate(_("German sign language")))
    return str(request.fmt.language(code))


def interpreter_options(bindings: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The languages to choose from, named in the reader's language."""
    request = bindings["request"]
    return [(code, interpreter_name(request, code)) for code in INTERPRETERS]


class Details(Group):
    """A group that is folded up until something in it is filled in or wrong."""

    template = "details"

    def is_open(self, field: Any, cstruct: Any) -> bool:
        """True when the group must be seen."""
        values = cstruct.values() if isinstance(cstruct, Mapping) else ()
        return field.error is not None or any(value not in ("", colander.null) for value in values)


class Needs(forms.FormSchema):
    """What can be prepared for a person."""

    widget = Details()

    interpreter = forms.Choice(
        interpreter_options, radio=False, required=False, title=_("I need an interpreter. My language:")
    )
    children = forms.Number(max=20, required=False, title=_("Number of children whom somebody should look after"))
    access_needs = forms.LongText(
        500,
        rows=3,
        required=False,
        title=_("What do you need to take part?"),
        description=_("For example: a place for a wheelchair, large print, a hearing loop."),
    )


def ask_needs(*, why: Mapping[str, Any], kept: Any, title: Any) -> colander.SchemaNode:
    """The group of questions. `why` says for each field what it is asked for, `kept` until when it is kept."""
    # Colander shares the fields of a schema among all that are made of it; a clone has its own.
    asked = Needs(title=title).clone()
    for field in asked.children:
        field.why, field.kept = why[field.name], kept
    return asked
