"""The personal fields of a reply, as the privacy page and the form explain them."""

from fdplattform.privacy.fields import PersonalField
from fdplattform.tools.draw.replies.messages import _

_OCCASION = _("Answering an invitation that was drawn by lot")
_BASIS = _("Art. 6 (1) (e) GDPR with the law of the Land: public participation")
_CONSENT = _("Art. 9 (2) (a) GDPR: you decide whether you tell us")
_AGREED = _("Art. 6 (1) (a) and Art. 9 (2) (a) GDPR: your consent, which you can withdraw at any time")

KEPT = _("until the event is over")
#: The same, as forms say it.
IS_KEPT = _("We delete it when the event is over.")

WHY_CATEGORIES = _("So that people with different lives sit at the table. It is used for the draw only.")
WHY_CONTACT = _("So that we can reach you quickly, should you be drawn. Otherwise we write a letter.")
WHY_DATES = _("So that we know when you could come.")
#: By the fields of `tools.needs.Needs`.
WHY_NEEDS = {
    "interpreter": _("So that we can find an interpreter, should you be drawn."),
    "children": _("So that we can plan the childcare, should you be drawn."),
    "access_needs": _("So that you can take part without barriers, should you be drawn."),
}

FIELDS = (
    PersonalField(
        name="reply.answer",
        occasion=_OCCASION,
        title=_("Whether you would take part"),
        purpose=_("So that lots can be drawn among those who would take part."),
        legal_basis=_BASIS,
        retention=KEPT,
    ),
    PersonalField(
        name="reply.categories",
        occasion=_OCCASION,
        title=_("What the group is mixed by and no register knows, e.g. education"),
        purpose=WHY_CATEGORIES,
        legal_basis=_AGREED,
        retention=_("until the period for replacements ends, at the latest when the event is over"),
    ),
    PersonalField(
        name="reply.interpreter",
        occasion=_OCCASION,
        title=_("Language for interpreting"),
        purpose=WHY_NEEDS["interpreter"],
        legal_basis=_BASIS,
        retention=KEPT,
    ),
    PersonalField(
        name="reply.children",
        occasion=_OCCASION,
        title=_("Number of children to look after"),
        purpose=WHY_NEEDS["children"],
        legal_basis=_BASIS,
        retention=KEPT,
    ),
    PersonalField(
        name="reply.access_needs",
        occasion=_OCCASION,
        title=_("What you need to take part"),
        purpose=WHY_NEEDS["access_needs"],
        legal_basis=_CONSENT,
        retention=KEPT,
    ),
    PersonalField(
        name="reply.contact",
        occasion=_OCCASION,
        title=_("E-mail address or telephone number"),
        purpose=WHY_CONTACT,
        legal_basis=_BASIS,
        retention=KEPT,
    ),
    PersonalField(
        name="reply.language",
        occasion=_OCCASION,
        title=_("The language in which you read this site"),
        purpose=_("So that we write to you in your language."),
        legal_basis=_BASIS,
        retention=KEPT,
    ),
    PersonalField(
        name="reply.dates",
        occasion=_OCCASION,
        title=_("On which dates you could come"),
        purpose=WHY_DATES,
        legal_basis=_BASIS,
        retention=KEPT,
    ),
)
