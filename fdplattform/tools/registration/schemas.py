"""What is asked of residents and of staff. Only the name is needed; everything else says why and until when."""

from collections.abc import Mapping
from typing import Any

from fdplattform import forms
from fdplattform.tools.needs import ask_needs
from fdplattform.tools.registration.messages import _
from fdplattform.tools.registration.models import Source
from fdplattform.tools.registration.privacy import (
    CONTACT_IS_KEPT,
    NEEDS_ARE_KEPT,
    WHY_CONTACT,
    WHY_NEEDS,
)

#: The largest group that one form registers; more people are a matter for a telephone call.
MAX_PEOPLE = 30
SOURCES = (
    (Source.TELEPHONE, _("By telephone")),
    (Source.PAPER, _("On paper")),
)


def _languages(bindings: Mapping[str, Any]) -> list[tuple[str, str]]:
    request = bindings["request"]
    return [(code, request.fmt.language(code)) for code in request.fdp.locales]


def _dates(bindings: Mapping[str, Any]) -> list[tuple[str, Any]]:
    return [(str(date_id), title) for date_id, title in bindings["dates"]]


class PersonSchema(forms.FormSchema):
    """A person or a group that comes together."""

    name = forms.Text(300, title=_("Name"), description=_("A made-up name is fine too."), autocomplete="name")
    people = forms.Number(
        min=1, max=MAX_PEOPLE, default=1, title=_("How many people come?"), description=_("Count yourself too.")
    )
    email = forms.Email(required=False, title=_("E-mail address"), why=WHY_CONTACT, kept=CONTACT_IS_KEPT)
    phone = forms.Phone(required=False, title=_("Telephone number"), why=WHY_CONTACT, kept=CONTACT_IS_KEPT)
    needs = ask_needs(why=WHY_NEEDS, kept=NEEDS_ARE_KEPT, title=_("More about me"))


class RegisterSchema(PersonSchema):
    """The public form. `token` tells a double click from a second registration."""

    token = forms.Hidden()
    date_id = forms.Choice(_dates, kind=int, radio=True, title=_("Date"), insert_before="name")


class MoveSchema(forms.FormSchema):
    """To which other date."""

    date_id = forms.Choice(_dates, kind=int, radio=True, title=_("New date"))
    version = forms.Version()


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
