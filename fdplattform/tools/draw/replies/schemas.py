"""The forms of an answer. Who says yes may tell more; everything says why it is asked and until when it is kept."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from pyramid.request import Request

from fdplattform import forms
from fdplattform.events.models import EventDate
from fdplattform.tools.draw.criteria.models import Criterion, Source
from fdplattform.tools.draw.criteria.texts import CriteriaTexts
from fdplattform.tools.draw.register.people import LONGEST, LONGEST_CODE
from fdplattform.tools.draw.replies.answering import Said
from fdplattform.tools.draw.replies.invitation import AGREE
from fdplattform.tools.draw.replies.messages import _
from fdplattform.tools.draw.replies.models import Answer, Reply
from fdplattform.tools.draw.replies.privacy import (
    IS_KEPT,
    WHY_CATEGORIES,
    WHY_CONTACT,
    WHY_DATES,
    WHY_NEEDS,
)
from fdplattform.tools.needs import ask_needs

ANSWERS = ((Answer.YES, _("Yes")), (Answer.NO, _("No")))
_CRITERION = "criterion_"


class About(forms.FormSchema):
    """What the group is mixed by and no register knows; one question for each such criterion."""

    consent = forms.Flag(
        title=AGREE,
        description=_("You can take this back at any time: a call is enough."),
    )


class Contact(forms.FormSchema):
    """How the person is reached quickly."""

    phone = forms.Phone(required=False, title=_("Telephone number"), why=WHY_CONTACT, kept=IS_KEPT)
    email = forms.Email(required=False, title=_("E-mail address"), why=WHY_CONTACT, kept=IS_KEPT)


class AddressSchema(forms.FormSchema):
    """To whom and where letters go. `seen` tells whether somebody else has changed it meanwhile."""

    given_name = forms.Text(LONGEST, title=_("First name"))
    family_name = forms.Text(LONGEST, title=_("Last name"))
    street = forms.Text(LONGEST, title=_("Street and number"))
    postal_code = forms.Text(LONGEST_CODE, title=_("Postal code"))
    city = forms.Text(LONGEST, title=_("City"))
    seen = forms.Hidden()


class YesSchema(forms.FormSchema):
    """What goes with a yes."""

    contact = Contact(title=_("How can we reach you? (You may leave this empty)"))
    needs = ask_needs(why=WHY_NEEDS, kept=IS_KEPT, title=_("What do you need? (You may leave this empty)"))


class OnlineSchema(YesSchema):
    """The public form. `token` tells a double click from a second answer."""

    token = forms.Hidden()


class CorrectSchema(YesSchema):
    """An answer that staff correct."""

    answer = forms.Choice(ANSWERS, kind=Answer, title=_("Would the person take part?"), insert_before="contact")
    version = forms.Version()


class CardSchema(YesSchema):
    """A card that came by post."""

    who = forms.Text(
        400,
        title=_("Code, number or full name"),
        description=_("The code stands on the card. Whoever calls without a letter is found by the name."),
        insert_before="contact",
    )
    answer = forms.Choice(ANSWERS, kind=Answer, title=_("Would the person take part?"), insert_before="contact")


class LateCardSchema(CardSchema):
    """A card that reaches the desk after the last day."""

    in_time = forms.Flag(
        must=True,
        title=_("The card came in time."),
        description=_("Whoever answered too late online was turned away, too."),
        insert_before="contact",
    )


def with_questions(
    schema: YesSchema, request: Request, criteria: Sequence[Criterion], dates: Sequence[EventDate]
) -> YesSchema:
    """`schema` with the questions of this event: its dates, where there are several, and what no register knows."""
    if len(dates) > 1:
        options = [
            (str(date.id), f"{request.fmt.period(date.starts_at, date.ends_at)} · {date.place}") for date in dates
        ]
        schema.add_before(
            "contact",
            forms.Choices(
                options,
                kind=int,
                required=False,
                name="dates",
                title=_("On which dates could you come?"),
                why=WHY_DATES,
                kept=IS_KEPT,
            ),
        )
    asked = [criterion for criterion in criteria if criterion.source is Source.REPLY]
    if asked:
        schema.add_before("contact", _about(request, asked))
    return schema


def _about(request: Request, criteria: Sequence[Criterion]) -> About:
    texts = CriteriaTexts(request, criteria)
    about = About(name="about", title=_("About you (you may leave this empty)"))
    for criterion in criteria:
        question = forms.Choice(
            [(str(category.id), texts.category(category).value) for category in criterion.categories],
            kind=int,
            radio=False,
            required=False,
            name=f"{_CRITERION}{criterion.id}",
            title=texts.title(criterion).value,
            why=WHY_CATEGORIES,
            kept=IS_KEPT,
        )
        about.add_before("consent", question)
    return about


def said(values: Mapping[str, Any], answer: Answer, language: str | None) -> Said:
    """What a form says."""
    about, needs, contact = values.get("about") or {}, values["needs"], values["contact"]
    return Said(
        answer=answer,
        email=contact["email"],
        phone=contact["phone"],
        language=language,
        interpreter=needs["interpreter"],
        children=needs["children"] or 0,
        access_needs=needs["access_needs"] or None,
        dates=tuple(values.get("dates") or ()),
        categories={
            int(name.removeprefix(_CRITERION)): chosen
            for name, chosen in about.items()
            if name.startswith(_CRITERION) and chosen is not None
        },
        consent=bool(about.get("consent")),
    )


def form_values(told: Mapping[int, int]) -> Callable[[Reply], dict[str, Any]]:
    """How a reply fills the form, when the person told the categories `told`."""

    def values(reply: Reply) -> dict[str, Any]:
        return {
            "answer": reply.answer,
            "version": reply.version,
            "dates": reply.dates,
            "about": {
                **{f"{_CRITERION}{criterion_id}": category_id for criterion_id, category_id in told.items()},
                "consent": reply.consented_at is not None,
            },
            "contact": {"phone": reply.phone, "email": reply.email},
            "needs": {
                "interpreter": reply.interpreter,
                "children": reply.children or None,
                "access_needs": reply.access_needs or "",
            },
        }

    return values
