"""Which column of an extract holds what: the fields, and a guess from the titles that registers use."""

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum

from translationstring import TranslationString

from fdplattform.tools.draw.criteria.models import Criterion, Kind, Source
from fdplattform.tools.draw.register.messages import _
from fdplattform.web.slugs import fold


class Field(StrEnum):
    """What a column may hold."""

    GIVEN_NAME = "given_name"
    FAMILY_NAME = "family_name"
    BIRTH_DATE = "birth_date"
    STREET = "street"
    HOUSE_NUMBER = "house_number"
    POSTAL_CODE = "postal_code"
    CITY = "city"
    QUARTER = "quarter"
    LOCK = "lock"
    HOUSEHOLD = "household"
    LANGUAGE = "language"


TITLES: Mapping[Field, TranslationString] = {
    Field.GIVEN_NAME: _("Given name"),
    Field.FAMILY_NAME: _("Family name"),
    Field.BIRTH_DATE: _("Date of birth"),
    Field.STREET: _("Street"),
    Field.HOUSE_NUMBER: _("House number"),
    Field.POSTAL_CODE: _("Postal code"),
    Field.CITY: _("Town"),
    Field.QUARTER: _("Quarter"),
    Field.LOCK: _("Ban on information (Auskunftssperre)"),
    Field.HOUSEHOLD: _("Number of the household"),
    Field.LANGUAGE: _("Language"),
}

HELP: Mapping[Field, TranslationString] = {
    Field.STREET: _("With the house number, when both stand in one column."),
    Field.HOUSE_NUMBER: _("Only when it has a column of its own."),
    Field.QUARTER: _("Needed when letters go to single parts of the place only."),
    Field.LOCK: _("Whoever has an entry here is left out, and stored nowhere."),
    Field.HOUSEHOLD: _(
        "Without it, people with the same family name at the same address count as one household. "
        "Only one person of a household gets a letter."
    ),
    Field.LANGUAGE: _("A code such as ar or en, if the register knows it. The letter then has a second language."),
}

#: Without these no letter arrives.
NEEDED = (Field.GIVEN_NAME, Field.FAMILY_NAME, Field.STREET, Field.POSTAL_CODE, Field.CITY)

#: How the columns are called, without accents, blanks and signs; the first that fits is taken.
_WORDS: Mapping[Field, str] = {
    Field.GIVEN_NAME: r"(vor|ruf)namen?|given ?names?|first ?name",
    Field.FAMILY_NAME: r"(familien|nach|zu)namen?|name|family ?name|last ?name|surname",
    Field.BIRTH_DATE: r"geburts(datum|tag)|geb ?(oren|datum|dat)?( am)?|birth ?(date|day)|date of birth",
    Field.STREET: r"(strasse|str)( ?(und )?(haus ?(nummer|nr)|hnr|nr))?|strassenname|anschrift|street|address",
    Field.HOUSE_NUMBER: r"haus ?(nummer|nr)( ?zusatz)?|hnr|nr|house ?(number|no)",
    Field.POSTAL_CODE: r"plz|postleitzahl|postal ?code|zip( ?code)?",
    Field.CITY: r"(wohn)?ort|stadt|gemeinde|city|town",
    Field.QUARTER: r"(orts|stadt|gemeinde|wohn)(teil|bezirk|gebiet)|quartier|viertel|bezirk|quarter|district",
    Field.LOCK: r"(auskunfts|melde|uebermittlungs|ubermittlungs)?sperre?( .*)?|sperr(vermerk|kennzeichen)|ban",
    Field.HOUSEHOLD: r"haushalt(s)?( ?(id|nr|nummer))?|household( ?(id|number))?",
    Field.LANGUAGE: r"sprache|language",
}

#: Words for criteria that many draws have, beside their own titles.
_CRITERIA = {"geschlecht": r"geschl(echt)?|sex|gender", "nationalitat": r"staatsangehorigkeit(en)?|nationalitat|sta"}


def criterion_key(criterion: Criterion) -> str:
    """How the mapping calls the column of a criterion."""
    return f"criterion_{criterion.id}"


def columns_needed(criteria: Sequence[Criterion], least_age: int, quarters: Sequence[str]) -> list[str]:
    """The keys without which an extract cannot be read."""
    needed: list[str] = list(NEEDED)
    if least_age > 0 or any(each.kind is Kind.AGE for each in register_criteria(criteria)):
        needed.append(Field.BIRTH_DATE)
    if quarters:
        needed.append(Field.QUARTER)
    return [*needed, *(criterion_key(each) for each in value_criteria(criteria))]


def register_criteria(criteria: Sequence[Criterion]) -> list[Criterion]:
    """Those that the register knows."""
    return [criterion for criterion in criteria if criterion.source is Source.REGISTER]


def value_criteria(criteria: Sequence[Criterion]) -> list[Criterion]:
    """Those that stand in a column of their own."""
    return [criterion for criterion in register_criteria(criteria) if criterion.kind is Kind.CATEGORY]


def guess(titles: Sequence[str], criteria: Sequence[Criterion]) -> dict[str, int]:
    """Which column (from 0) probably holds what, by the titles of the columns."""
    plain = [_plain(title) for title in titles]
    found: dict[str, int] = {}
    for field, pattern in _WORDS.items():
        number = _first(plain, pattern)
        if number is not None:
            found[field] = number
    for criterion in value_criteria(criteria):
        title = _plain(criterion.title)
        number = _first(plain, f"{re.escape(title)}|{_CRITERIA.get(title, title and re.escape(title))}")
        if number is None and Field.QUARTER in found and re.fullmatch(_WORDS[Field.QUARTER], title):
            number = found[Field.QUARTER]
        if number is not None:
            found[criterion_key(criterion)] = number
    return found


def _first(titles: Sequence[str], pattern: str) -> int | None:
    return next((number for number, title in enumerate(titles) if re.fullmatch(pattern, title)), None)


def _plain(title: str) -> str:
    # "Vorname(n)", "Straße / Hausnr." and "HAUSNR" are what they look like.
    return " ".join(re.sub(r"\(.*?\)|[^\w\s]|_", " ", fold(title)).split())
