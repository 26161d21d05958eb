"""Dates of birth as registers write them, and the age on a day."""

import re
from calendar import monthrange
from datetime import date

#: `31.12.1980`, `1980-12-31`, `31/12/1980`, `19801231`
_DAY_FIRST = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})[./-]?(\d{2})[./-]?(\d{2})(?:[ T].*)?")
_YEAR_ONLY = re.compile(r"(\d{4})")


def read_birth_date(text: str) -> date | None:
    """The day, or None when there is no such day.

    Registers write 00 for a day or a month that nobody knows: then the last possible day counts, so that nobody is
    taken to be older than they are.
    """
    if match := _DAY_FIRST.fullmatch(text):
        day, month, year = (int(part) for part in match.groups())
    elif match := _YEAR_FIRST.fullmatch(text):
        year, month, day = (int(part) for part in match.groups())
    elif match := _YEAR_ONLY.fullmatch(text):
        year, month, day = int(text), 0, 0
    else:
        return None
    if year < 1 or month > 12:
        return None
    if month == 0:
        return date(year, 12, 31) if day == 0 else None
    last = monthrange(year, month)[1]
    if day > last:
        return None
    return date(year, month, day or last)


def age_on(day: date, born: date) -> int:
    """Completed years. Who was born on 29 February is a year older on 1 March where there is no 29th (§ 188 BGB)."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
