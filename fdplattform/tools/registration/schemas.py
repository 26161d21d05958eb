"""What is asked of residents and of staff. Only the name is needed; everything else says why and until when."""

from collections.abc import Mapping
from typing import Any

import colander

from fdplattform import forms
from fdplattform.forms.widgets import Group
from fdplattform.tools.registration.messages import _
from fdplattform.tools.registration.models import Source
from fdplattform.tools.registration.privacy import (
    CONTACT_IS_KEPT,
    NEEDS_ARE_KEPT,
    WHY_ACCESS,
    WHY_CHILDREN,
    WHY_CONTACT,
    WHY_INTERPRETER,
)

#: The largest group that one form registers; more people are a matter for a telephone call.
MAX_PEOPLE = 30
GERMAN_SIGN_LANGUAGE = "gsg"

#: Languages that people in German municipalities ask interpreters for. Signs first, then by what is asked most.
INTERPRETERS = (
    GERMAN_SIGN_LANGUAGE,
    *("ar", "en", "fa", "fr", "hr", "it", "ku", "pl", "ps", "pt", "ro", "ru", "so", "sq", "ti", "tr", "uk", "zh"),
)

SOURCES = (
    (Source.TELEPHONE, _("By telephone")),
    (Source.PAPER, _("On paper")),
)


def interpreter_name(request: Any, code: str) -> str:
    """The name of a language in the reader's language."""
    if code == GERMAN_SIGN_LANGUAGE:
        return str(request.localizer.translate(_("German sign language")))
    return str(request.fmt.language(code))


def _interpreters(bindings: Mapping[str, Any]) -> list[tuple[str, str]]:
    request = bindings["request"]
    return [(code, interpreter_name(request, code)) for code in INTERPRETERS]


def _languages(bindings: Mapping[str, Any]) -> list[tuple[str, str]]:
    request = bindings["request"]
    return [(code, request.fmt.language(code)) for code in request.fdp.locales]


def _dates(bindings: Mapping[str, Any]) -> list[tuple[str, Any]]:
    return [(str(date_id), title) for date_id, title in bindings["dates"]]


class Details(Group):
    """A group that is folded up until something in it is filled in or wrong."""

    template = "details"

    def is_open(self, field: Any, cstruct: Any) -> bool:
        """True when the group must be seen."""
        values = cstruct.values() if isinstance(cstruct, Mapping) else ()
        return field.error is not None or any(value not in ("", colander.null) for value in values)


class Needs(forms.FormSchema):
    """What we can prepare for a person."""

    widget = Details()

    interpreter = forms.Choice(
        _interpreters,
        radio=False,
        required=False,
        title=_("I need an interpreter. My language:"),
        why=WHY_INTERPRETER,
        kept=NEEDS_ARE_KEPT,
    )
    children = forms.Number(
        max=20,
        required=False,
        title=_("Number of children whom somebody should look after"),
        why=WHY_CHILDREN,
        kept=NEEDS_ARE_KEPT,
    )
    access_needs = forms.LongText(
        500,
        rows=3,
        required=False,
        title=_("What do you need to take part?"),
        description=_("For example: a place for a wheelchair, large print, a hearing loop."),
        why=WHY_ACCESS,
        kept=NEEDS_ARE_KEPT,
    )


class PersonSchema(forms.FormSchema):
    """A person or a group that comes together."""

    name = forms.Text(300, title=_("Name"), description=_("A made-up name is fine too."), autocomplete="name")
    people = forms.Number(
        min=1, max=MAX_PEOPLE, default=1, title=_("How many people come?"), description=_("Count yourself too.")
    )
    email = forms.Email(required=False, title=_("E-mail address"), why=WHY_CONTACT, kept=CONTACT_IS_KEPT)
    phone = forms.Phone(required=False, title=_("Telephone number"), why=WHY_CONTACT, kept=CONTACT_IS_KEPT)
    needs = Needs(title=_("More about me"))


class RegisterSchema(PersonSchema):
    """The public form. `token` tells a double click from a second registration."""

    token = forms.Hidden()
    date_id = forms.Choice(_dates, kind=int, radio=True, title=_("Date"), insert_before="name")


class ChangeSchema(PersonSchema):
    """A registration that somebody changes."""

    version = forms.Version()


class EnterSchema(PersonSchema):
    """What staff enter from paper or from a telephone call."""

    source = forms.Choice(SOURCES, kind=Source, title=_("How did it reach us?"), insert_before="name")
    date_id = forms.Choice(_dates, kind=int, radio=True, title=_("Date"), insert_before="name")
    language = forms.Choice(_languages, radio=False, title=_("In which language do we write to the person?"))


class StaffChangeSchema(ChangeSchema):
    """A registration that staff change."""

    language = forms.Choice(_languages, radio=False, title=_("In which language do we write to the person?"))


class WalkInSchema(forms.FormSchema):
    """Somebody who stands at the door."""

    name = forms.Text(300, title=_("Name"), description=_("A made-up name is fine too."))
    people = forms.Number(min=1, max=MAX_PEOPLE, default=1, title=_("How many people come?"))
    let_in = forms.Flag(title=_("Let them in even if all places are taken"))


class PromoteSchema(forms.FormSchema):
    """Why somebody gets a place before the turn."""

    reason = forms.Text(300, title=_("Why does this group get a place before its turn?"))
    let_in = forms.Flag(title=_("Even if all places are taken"))
