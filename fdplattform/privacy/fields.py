"""The declaration of personal fields."""

from dataclasses import dataclass
from itertools import groupby

from pyramid.config import Configurator
from pyramid.registry import Registry
from translationstring import TranslationString


@dataclass(frozen=True, kw_only=True)
class PersonalField:
    """One thing that is known about a person. All texts are translatable."""

    #: Unique, `<subject>.<field>`, e.g. `registration.email`.
    name: str
    #: On what occasion it is asked, e.g. "Registering for an event"; fields are shown by it.
    occasion: TranslationString
    title: TranslationString
    #: Why it is asked.
    purpose: TranslationString
    #: E.g. "Art. 6 (1) (e) GDPR".
    legal_basis: TranslationString
    #: Until when it is kept.
    retention: TranslationString
    #: False: people are asked but need not answer.
    required: bool = False


def add_personal_fields(config: Configurator, *fields: PersonalField) -> None:
    """Directive: declare personal fields. A name that is taken is a conflict."""
    for field in fields:
        config.action(("personal field", field.name), config.registry.personal_fields.__setitem__, (field.name, field))


def personal_fields(registry: Registry) -> list[tuple[TranslationString, list[PersonalField]]]:
    """All declared fields by occasion, in the order of their names' subjects."""
    ordered = sorted(
        registry.personal_fields.values(), key=lambda field: (field.name.partition(".")[0], field.occasion)
    )
    return [(occasion, list(fields)) for occasion, fields in groupby(ordered, key=lambda field: field.occasion)]
