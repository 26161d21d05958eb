"""What is known about people drawn from the register, as the privacy page explains it."""

from fdplattform.privacy.fields import PersonalField
from fdplattform.tools.draw.register.messages import _

_OCCASION = _("Drawn from the residents' register")
_BASIS = _("Art. 6 (1) (e) GDPR with the law of the Land: public participation")
_KEPT = _("4 weeks after the draw; for panel and reserve until the event is over")
_CATEGORIES_KEPT = _(
    "4 weeks after the draw; for panel and reserve until the period for replacements ends, "
    "at the latest when the event is over"
)

FIELDS = (
    PersonalField(
        name="invitee.address",
        occasion=_OCCASION,
        title=_("Name and address"),
        purpose=_("So that we can write you an invitation. We have them from the residents' register."),
        legal_basis=_BASIS,
        retention=_KEPT,
        required=True,
    ),
    PersonalField(
        name="invitee.categories",
        occasion=_OCCASION,
        title=_("To which groups you belong, for example of age"),
        purpose=_("So that different people are invited and drawn. We do not keep your date of birth."),
        legal_basis=_BASIS,
        retention=_CATEGORIES_KEPT,
        required=True,
    ),
    PersonalField(
        name="invitee.household",
        occasion=_OCCASION,
        title=_("A checksum of name and address"),
        purpose=_("So that nobody gets two letters, and no household either."),
        legal_basis=_BASIS,
        retention=_KEPT,
        required=True,
    ),
    PersonalField(
        name="invitee.barred",
        occasion=_OCCASION,
        title=_("A checksum of name, date of birth and address of who asked for deletion"),
        purpose=_("So that a further extract of the register leaves you out. Nobody can read from it who you are."),
        legal_basis=_("Art. 6 (1) (c) with Art. 21 GDPR: we have to heed your objection"),
        retention=_("4 weeks after the draw, at the latest when the event is over"),
        required=True,
    ),
    PersonalField(
        name="extract.file",
        occasion=_OCCASION,
        title=_("The extract of the register from which people are drawn"),
        purpose=_("To draw by lot to whom we write. Whoever is not drawn is stored nowhere else."),
        legal_basis=_BASIS,
        retention=_("until the sample is drawn, at most 14 days"),
        required=True,
    ),
)
