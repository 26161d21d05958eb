"""Languages to choose from."""

from collections.abc import Mapping, Sequence
from typing import Any

from fdplattform.web.locale import native_name

#: Spoken at events: the frequent languages of origin in Baden-Württemberg, after German and English.
SPOKEN = ("de", "en", "ar", "tr", "ku", "fa", "ps", "uk", "ru", "fr", "ti", "so", "zh", "es", "it", "pl", "ro", "hr")


def language_options(bindings: Mapping[str, Any]) -> Sequence[tuple[str, str]]:
    """The site's languages, by their own names."""
    return [(code, native_name(code)) for code in bindings["request"].fdp.locales]


def spoken_language_options(bindings: Mapping[str, Any]) -> Sequence[tuple[str, str]]:
    """The languages in which people can take part, named in the reader's language."""
    name = bindings["request"].fmt.language
    return [(code, name(code)) for code in SPOKEN]
