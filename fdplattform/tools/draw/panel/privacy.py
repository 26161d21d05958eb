"""The personal fields of a panel's members, as the privacy page explains them."""

from fdplattform.privacy.fields import PersonalField
from fdplattform.tools.draw.panel.messages import _

_OCCASION = _("Sitting on a panel that was drawn by lot")
_BASIS = _("Art. 6 (1) (e) GDPR with the law of the Land: public participation")
KEPT = _("until three months after the event")

#: The same, as forms say it.
IS_KEPT = _("We delete it three months after the event.")
WHY_NAME = _("So that the panel can be invited and looked after.")
WHY_ADDRESS = _("So that invitation and reply reach the person by letter.")
WHY_CONTACT = _("So that somebody can tell the person when something changes.")

FIELDS = (
    PersonalField(
        name="panel_member.name",
        occasion=_OCCASION,
        title=_("Name or pseudonym"),
        purpose=WHY_NAME,
        legal_basis=_BASIS,
        retention=KEPT,
        required=True,
    ),
    PersonalField(
        name="panel_member.address",
        occasion=_OCCASION,
        title=_("Postal address"),
        purpose=WHY_ADDRESS,
        legal_basis=_BASIS,
        retention=KEPT,
    ),
    PersonalField(
        name="panel_member.contact",
        occasion=_OCCASION,
        title=_("E-mail address, telephone number, language"),
        purpose=WHY_CONTACT,
        legal_basis=_BASIS,
        retention=KEPT,
    ),
    PersonalField(
        name="draw_run.sealed",
        occasion=_("A draw of a panel"),
        title=_("Sealed record: everybody's categories and household, without names"),
        purpose=_("So that replacements can be drawn under the same rules, and the draw can be checked."),
        legal_basis=_BASIS,
        retention=_("until the period for replacements ends, at the latest when the event is over"),
        required=True,
    ),
)
