"""The personal fields of a registration, as the privacy page and the form explain them."""

from fdplattform.privacy.fields import PersonalField
from fdplattform.tools.registration.messages import _

_OCCASION = _("Registering for an event")
_BASIS = _("Art. 6 (1) (e) GDPR with the law of the Land: public participation")
_CONSENT = _("Art. 9 (2) (a) GDPR: you decide whether you tell us")
KEPT_CONTACT = _("until 4 weeks after the event")
KEPT_NEEDS = _("until 7 days after the event")

#: The same, as forms say it.
CONTACT_IS_KEPT = _("We delete it 4 weeks after the event.")
NEEDS_ARE_KEPT = _("We delete it 7 days after the event.")

WHY_CONTACT = _("So that we can tell you when something changes.")
#: By the fields of `tools.needs.Needs`.
WHY_NEEDS = {
    "interpreter": _("So that we can find an interpreter."),
    "children": _("So that we can plan the childcare."),
    "access_needs": _("So that you can take part without barriers."),
}

FIELDS = (
    PersonalField(
        name="registration.name",
        occasion=_OCCASION,
        title=_("Name or pseudonym"),
        purpose=_("So that we can address you and find you on the list."),
        legal_basis=_BASIS,
        retention=KEPT_CONTACT,
        required=True,
    ),
    PersonalField(
        name="registration.contact",
        occasion=_OCCASION,
        title=_("E-mail address or telephone number"),
        purpose=WHY_CONTACT,
        legal_basis=_BASIS,
        retention=KEPT_CONTACT,
    ),
    PersonalField(
        name="registration.language",
        occasion=_OCCASION,
        title=_("The language in which you read this site"),
        purpose=_("So that we write to you in your language."),
        legal_basis=_BASIS,
        retention=KEPT_CONTACT,
    ),
    PersonalField(
        name="registration.interpreter",
        occasion=_OCCASION,
        title=_("Language for interpreting"),
        purpose=WHY_NEEDS["interpreter"],
        legal_basis=_BASIS,
        retention=KEPT_NEEDS,
    ),
    PersonalField(
        name="registration.children",
        occasion=_OCCASION,
        title=_("Number of children to look after"),
        purpose=WHY_NEEDS["children"],
        legal_basis=_BASIS,
        retention=KEPT_NEEDS,
    ),
    PersonalField(
        name="registration.access_needs",
        occasion=_OCCASION,
        title=_("What you need to take part"),
        purpose=WHY_NEEDS["access_needs"],
        legal_basis=_CONSENT,
        retention=KEPT_NEEDS,
    ),
)
