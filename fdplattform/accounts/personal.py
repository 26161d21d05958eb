"""What is known about people with an account."""

from pyramid.config import Configurator

from fdplattform.accounts.messages import _
from fdplattform.privacy import PersonalField

OCCASION = _("Having an account as staff")
TASK = _("Public task, Art. 6 (1) (e) GDPR")
WITH_ACCOUNT = _("As long as the account exists")


def includeme(config: Configurator) -> None:
    config.add_personal_fields(
        PersonalField(
            name="account.name",
            occasion=OCCASION,
            title=_("Name and e-mail address"),
            purpose=_("To sign in, and so that others know who has done what."),
            legal_basis=TASK,
            retention=WITH_ACCOUNT,
            required=True,
        ),
        PersonalField(
            name="account.password",
            occasion=OCCASION,
            title=_("Password, as a value from which it cannot be read"),
            purpose=_("To keep others out of the account."),
            legal_basis=TASK,
            retention=WITH_ACCOUNT,
            required=True,
        ),
        PersonalField(
            name="account.devices",
            occasion=OCCASION,
            title=_("Signed-in devices: browser, system and time"),
            purpose=_("So that you can see and end foreign sessions."),
            legal_basis=TASK,
            retention=_("Until the device signs out or its session expires"),
            required=True,
        ),
    )
