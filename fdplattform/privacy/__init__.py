"""What personal data the program keeps, what for, on what legal ground and until when; the privacy page says it.

config.add_personal_fields(PersonalField(name="registration.email", …), …)
"""

from pyramid.config import Configurator

from fdplattform.privacy.fields import PersonalField, add_personal_fields, personal_fields

__all__ = ["PersonalField", "personal_fields"]


def includeme(config: Configurator) -> None:
    config.registry.personal_fields = {}
    config.add_directive("add_personal_fields", add_personal_fields)
