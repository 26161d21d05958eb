"""The personal fields of groups: who is responsible, who stands in, and how staff reach them."""

from pyramid.config import Configurator
from translationstring import TranslationStringFactory

from fdplattform.privacy import PersonalField

_ = TranslationStringFactory("fdplattform")

OCCASION = _("Being responsible for a group")
TASK = _("Public task, Art. 6 (1) (e) GDPR")
TASK_OR_CONSENT = _("Public task, Art. 6 (1) (e) GDPR; published only with consent, Art. 6 (1) (a) GDPR")
RETENTION = _("One year after the dialogue has ended, or at once when the person asks for it")


def includeme(config: Configurator) -> None:
    config.add_personal_fields(
        PersonalField(
            name="group.lead_name",
            occasion=OCCASION,
            title=_("Name of the person responsible"),
            purpose=_(
                "So that it is known who takes care of the group. It is published only with a consent of its own."
            ),
            legal_basis=TASK_OR_CONSENT,
            retention=RETENTION,
        ),
        PersonalField(
            name="group.lead_contact",
            occasion=OCCASION,
            title=_("How the person responsible can be reached"),
            purpose=_("For appointments and questions by the municipality; never published."),
            legal_basis=TASK,
            retention=RETENTION,
        ),
        PersonalField(
            name="group.deputy_name",
            occasion=OCCASION,
            title=_("Name of the deputy"),
            purpose=_("So that the group goes on when the person responsible cannot be there; never published."),
            legal_basis=TASK,
            retention=RETENTION,
        ),
        PersonalField(
            name="group.deputy_contact",
            occasion=OCCASION,
            title=_("How the deputy can be reached"),
            purpose=_("For appointments and questions by the municipality; never published."),
            legal_basis=TASK,
            retention=RETENTION,
        ),
    )
