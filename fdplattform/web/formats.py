"""`request.fmt`: dates, times and numbers as people of a language write them, in the deployment's time zone."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_interval, format_time, format_timedelta
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent
from pyramid.config import Configurator
from pyramid.request import Request

#: As `format_interval` writes the ends of a period.
CLOCK = "HH:mm"


@dataclass(frozen=True)
class Formatter:
    """Formats for one language and one time zone. Datetimes must be aware; ValueError otherwise."""

    locale: Locale
    zone: ZoneInfo

    def local(self, moment: dt.datetime) -> dt.datetime:
        """`moment` on the clock of the deployment."""
        if moment.tzinfo is None:
            raise ValueError("a naive datetime cannot be shown: say which time zone it is in")
        return moment.astimezone(self.zone)

    def date(self, day: dt.date, style: str = "long") -> str:
        """`5. Dezember 2026`; `short`, `medium` and `full` (with the weekday) exist too."""
        return format_date(self._day(day), style, locale=self.locale)

    def time(self, moment: dt.datetime) -> str:
        """`14:00`, in every language: so do the clocks at the place."""
        return format_time(self.local(moment), CLOCK, locale=self.locale)

    def datetime(self, moment: dt.datetime, style: str = "medium") -> str:
        """`05.12.2026, 14:00`"""
        local = self.local(moment)
        return f"{format_date(local.date(), style, locale=self.locale)}{self._comma}{self.time(moment)}"

    def period(self, start: dt.datetime, end: dt.datetime | None = None) -> str:
        """`Samstag, 5. Dezember 2026, 14:00-17:00 Uhr`; over midnight both days are named."""
        first = self.local(start)
        if end is None:
            return f"{self.date(first, 'full')}{self._comma}{self.time(start)}"
        last = self.local(end)
        if first.date() != last.date():
            return f"{self.datetime(start, 'full')} – {self.datetime(end, 'full')}"
        return f"{self.date(first, 'full')}{self._comma}{format_interval(first, last, 'Hm', locale=self.locale)}"

    def days(self, start: dt.date, end: dt.date | None = None) -> str:
        """`3.-5. Dez. 2026`"""
        first, last = self._day(start), self._day(end or start)
        if first == last:
            return self.date(first)
        return format_interval(first, last, "yMMMd", locale=self.locale)

    def ago(self, moment: dt.datetime, now: dt.datetime) -> str:
        """`vor 3 Tagen`, `in 2 Stunden`"""
        return format_timedelta(moment - now, add_direction=True, locale=self.locale)

    def number(self, value: float, digits: int = 0) -> str:
        """`1.234` or, with `digits=1`, `1.234,5`"""
        return format_decimal(round(value, digits), locale=self.locale)

    def percent(self, share: float, digits: int = 0) -> str:
        """`25 %` for 0.25; with `digits=2`, `5,26 %` for 0.05263"""
        return format_percent(round(share, digits + 2), locale=self.locale, decimal_quantization=False)

    def list(self, parts: Iterable[str]) -> str:
        """`Wohnen, Arbeit und Schule`"""
        return format_list(list(parts), locale=self.locale)

    def language(self, code: str) -> str:
        """The name of the language `code` in the reader's language."""
        return _language_name(code, str(self.locale))

    def html_datetime(self, moment: dt.datetime) -> str:
        """For the attribute `datetime` of `<time>`."""
        return self.local(moment).isoformat(timespec="minutes")

    @property
    def _comma(self) -> str:
        return "، " if self.locale.language == "ar" else ", "

    def _day(self, day: dt.date) -> dt.date:
        return self.local(day).date() if isinstance(day, dt.datetime) else day


@cache
def _language_name(code: str, reader: str) -> str:
    return Locale.parse(code, sep="-").get_display_name(reader) or code


@cache
def make_formatter(locale: str, time_zone: str) -> Formatter:
    """A formatter, e.g. for mail, where there is no request."""
    return Formatter(Locale.parse(locale, sep="-"), ZoneInfo(time_zone))


def request_formatter(request: Request) -> Formatter:
    """The formatter of a request."""
    return make_formatter(request.locale_name, request.registry.fdp.time_zone)


def includeme(config: Configurator) -> None:
    config.add_request_method(request_formatter, "fmt", reify=True)
