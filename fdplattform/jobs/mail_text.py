"""Texts on their way through the outbox: packed as JSON with the change, translated when the worker sends them."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time
from pyramid.i18n import Localizer, make_localizer
from pyramid.interfaces import ILocalizer, ITranslationDirectories
from pyramid.registry import Registry
from translationstring import TranslationString

from fdplattform.jobs.registry import JobContext

#: A string, or a translation string (which is one, too).
Text = str


def pack(text: Text) -> Any:
    """`text` as JSON, untranslated. Mappings may hold texts, numbers, dates and datetimes."""
    if not isinstance(text, TranslationString):
        return str(text)
    mapping = {name: _pack_value(value) for name, value in (text.mapping or {}).items()}
    return {"text": str(text), "default": text.default, "domain": text.domain, "mapping": mapping}


def _pack_value(value: Any) -> Any:
    if isinstance(value, datetime):
        return {"datetime": value.isoformat()}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    return pack(value) if isinstance(value, str) else value


def unpack(context: JobContext, packed: Any, locale: str) -> str:
    """The text that was packed, in `locale`."""
    if isinstance(packed, str):
        return packed
    mapping = {name: _unpack_value(context, value, locale) for name, value in packed["mapping"].items()}
    text = TranslationString(packed["text"], packed["domain"], packed["default"], mapping or None)
    return str(localizer(context.registry, locale).translate(text))


def _unpack_value(context: JobContext, value: Any, locale: str) -> Any:
    if not isinstance(value, Mapping):
        return value
    if "datetime" in value:
        moment = datetime.fromisoformat(value["datetime"])
        local = moment.astimezone(ZoneInfo(context.settings.time_zone))
        return f"{format_date(local, 'full', locale=locale)}, {format_time(local, 'short', locale=locale)}"
    if "date" in value:
        return format_date(date.fromisoformat(value["date"]), "full", locale=locale)
    return unpack(context, value, locale)


def localizer(registry: Registry, locale: str) -> Localizer:
    """The deployment's translations into `locale`, loaded once."""
    found = registry.queryUtility(ILocalizer, name=locale)
    if found is None:
        folders = registry.queryUtility(ITranslationDirectories, default=[])
        found = make_localizer(locale, folders)
        registry.registerUtility(found, ILocalizer, name=locale)
    return found
