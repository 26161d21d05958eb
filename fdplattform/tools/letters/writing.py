"""How values stand in a letter: dates and words as people of a language write them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pyramid.registry import Registry
from translationstring import TranslationString

from fdplattform.events.models import EventDate
from fdplattform.translation.packed import localizer_for
from fdplattform.web.formats import Formatter, make_formatter


@dataclass(frozen=True)
class Writer:
    """Writes values in one language."""

    language: str
    formatter: Formatter
    translate: Callable[[Any], str]

    def __call__(self, value: Any) -> str:
        """A value as text: dates in words, translation strings translated, None as nothing.

        A function is called with the writer, for texts that are put together differently in each language.
        """
        if callable(value):
            return str(value(self))
        if isinstance(value, TranslationString):
            return str(self.translate(value))
        if isinstance(value, datetime):
            return self.formatter.datetime(value, "long")
        if isinstance(value, date):
            return self.formatter.date(value)
        return "" if value is None else str(value)

    def period(self, each: EventDate) -> str:
        """A date of an event with its place."""
        return f"{self.formatter.period(each.starts_at, each.ends_at)}, {each.place}"


def make_writer(registry: Registry, language: str) -> Writer:
    """The writer of a deployment's letters in `language`."""
    formatter = make_formatter(language, registry.fdp.time_zone)
    return Writer(language, formatter, localizer_for(registry, language).translate)
