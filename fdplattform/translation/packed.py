"""Translatable texts stored as JSON: packed untranslated with the change, translated when somebody reads them."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time
from pyramid.i18n import Localizer, make_localizer
from pyramid.interfaces import ILocalizer, ITranslationDirectories
from pyramid.registry import Registry
from translationstring import TranslationString

from fdplattform.web.formats import CLOCK

#: A string, or a translation string (which is one, too).
Text = str


def pack(value: Any) -> Any:
    """`value` as JSON: a translation string with its mapping, a date or a datetime; anything else stays what it is."""
    if isinstance(value, TranslationString):
        mapping = {name: pack(part) for name, part in (value.mapping or {}).items()}
        return {"$text": str(value), "default": value.default, "domain": value.domain, "mapping": mapping}
    if isinstance(value, datetime):
        return {"$datetime": value.isoformat()}
    if isinstance(value, date):
        return {"$date": value.isoformat()}
    return value


def unpack(packed: Any, localizer: Localizer, zone: ZoneInfo) -> Any:
    """What was packed, in the localizer's language and the time zone's hours; anything else stays what it is."""
    if not isinstance(packed, Mapping):
        return packed
    if "$text" in packed:
        mapping = {name: unpack(part, localizer, zone) for name, part in packed["mapping"].items()}
        text = TranslationString(packed["$text"], packed["domain"], packed["default"], mapping or None)
        return str(localizer.translate(text))
    locale = localizer.locale_name
    if "$datetime" in packed:
        local = datetime.fromisoformat(packed["$datetime"]).astimezone(zone)
        return f"{format_date(local, 'full', locale=locale)}, {format_time(local, CLOCK, locale=locale)}"
    if "$date" in packed:
        return format_date(date.fromisoformat(packed["$date"]), "full", locale=locale)
    return packed


def localizer_for(registry: Registry, locale: str) -> Localizer:
    """The deployment's translations into `locale`, loaded once."""
    found = registry.queryUtility(ILocalizer, name=locale)
    if found is None:
        folders = registry.queryUtility(ITranslationDirectories, default=[])
        found = make_localizer(locale, folders)
        registry.registerUtility(found, ILocalizer, name=locale)
    return found
