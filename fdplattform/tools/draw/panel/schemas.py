"""What is asked for a draw and about members."""

from collections.abc import Mapping, Sequence
from typing import Any

from fdplattform import forms
from fdplattform.tools.draw.criteria.models import Category, Criterion
from fdplattform.tools.draw.engine.result import Method
from fdplattform.tools.draw.panel.messages import _
from fdplattform.tools.draw.panel.privacy import IS_KEPT, WHY_ADDRESS, WHY_CONTACT, WHY_NAME
from fdplattform.tools.draw.panel.words import METHODS

#: Minutes that a draw may take; hardly any takes more than one.
DEFAULT_MINUTES = 10
MOST_MINUTES = 60


class StartSchema(forms.FormSchema):
    """How the lottery is computed."""

    method = forms.Choice(tuple(METHODS.items()), kind=Method, title=_("How shall the panel be drawn?"))
    minutes = forms.Number(
        min=1,
        max=MOST_MINUTES,
        default=DEFAULT_MINUTES,
        title=_("How many minutes may the computer take?"),
        description=_("Mostly it is done in seconds. When the time is over you get the best lottery so far."),
    )
    every_date = forms.Flag(
        title=_("Leave out who named dates, but not all of them"),
        description=_("How many are left out, and why, stands in the public record."),
    )
    anyway = forms.Flag(must=True, title=_("I have read what is missing, and want to start anyway"))


class _Number(forms.FormSchema):
    number = forms.Number(min=0, max=99_999, title=_("The number that was drawn"))


class NumberSchema(_Number):
    """What was drawn by hand, and who saw it."""

    witnesses = forms.Text(
        300,
        title=_("Who was present?"),
        description=_("Functions are enough, for example two members of the council. No names: everybody reads it."),
    )


class CorrectNumberSchema(_Number):
    """What was drawn by hand in truth, and why something else was entered."""

    reason = forms.Text(
        300,
        title=_("Why was another number entered?"),
        description=_("For example: two digits were swapped. Everybody can read it, so name nobody."),
    )


class WithdrawSchema(forms.FormSchema):
    """Why a published draw does not count."""

    reason = forms.LongText(
        500, rows=3, title=_("Why is the draw withdrawn?"), description=_("Everybody can read the reason.")
    )


def _languages(bindings: Mapping[str, Any]) -> list[tuple[str, str]]:
    request = bindings["request"]
    return [(code, request.fmt.language(code)) for code in request.fdp.locales]


class PersonSchema(forms.FormSchema):
    """Name and contact of a member."""

    name = forms.Text(300, title=_("Name or pseudonym"), why=WHY_NAME, kept=IS_KEPT)
    street = forms.Text(200, required=False, title=_("Street and number"), why=WHY_ADDRESS, kept=IS_KEPT)
    postal_code = forms.Text(20, required=False, title=_("Postal code"))
    city = forms.Text(200, required=False, title=_("City"))
    email = forms.Email(required=False, title=_("E-mail address"), why=WHY_CONTACT, kept=IS_KEPT)
    phone = forms.Phone(required=False, title=_("Telephone number"), why=WHY_CONTACT, kept=IS_KEPT)
    language = forms.Choice(
        _languages, radio=False, required=False, title=_("In which language do we write to the person?")
    )


class ChangePersonSchema(PersonSchema):
    """A member whose name or contact changes."""

    version = forms.Version()


def counts_schema(criteria: Sequence[Criterion]) -> forms.FormSchema:
    """A number for each category, criterion by criterion; the fields are called `category_` and its id."""
    schema = forms.FormSchema()
    for criterion in criteria:
        for category in criterion.categories:
            title = _("${criterion}: ${category}", mapping={"criterion": criterion.title, "category": category.title})
            limits = _limits(category)
            schema.add(
                forms.Number(max=200, required=False, name=f"category_{category.id}", title=title, description=limits)
            )
    return schema


def _limits(category: Category) -> Any:
    if category.least is None and category.most is None:
        return _("no quota")
    if category.most is None:
        return _("at least ${least}", mapping={"least": category.least})
    return _("${least} to ${most}", mapping={"least": category.least or 0, "most": category.most})
