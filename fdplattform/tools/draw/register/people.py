"""From a row to a person: who may be drawn, who is left out, and what is wrong with the rest. Knows no database."""

import hashlib
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from fdplattform.tools.draw.criteria.ages import OLDEST, band_of
from fdplattform.tools.draw.criteria.models import Criterion, Kind
from fdplattform.tools.draw.register.columns import NEEDED, Field, criterion_key, register_criteria
from fdplattform.tools.draw.register.dates import age_on, read_birth_date
from fdplattform.tools.draw.register.faults import Problem
from fdplattform.tools.draw.register.meanings import Meanings, meaning_of, plain
from fdplattform.tools.draw.register.tables import Row, clean

#: Longer cells would not fit an address field, nor the database.
LONGEST = 200
LONGEST_CODE = 20
#: More different values than a person wants to sort: the column is probably the wrong one.
MOST_VALUES = 500
HASH_BYTES = 16
#: How a column says that there is no ban on information.
NO_LOCK = frozenset({"", "0", "-", "n", "nein", "no", "false", "falsch", "keine", "ohne"})
#: A German postal code that lost its zero to a spreadsheet program.
_SHORT_CODE = re.compile(r"\d{4}")
_STREET = re.compile(r"(strasse|str)\b\.?")


class Skip(StrEnum):
    """Why somebody is not written to, although nothing is wrong with the row."""

    LOCKED = "locked"
    TOO_YOUNG = "too_young"
    OUTSIDE = "outside"
    LEFT_OUT = "left_out"


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may be drawn: the categories in the order of the criteria, and two keyed hashes."""

    categories: tuple[int, ...]
    person: bytes
    household: bytes


@dataclass(frozen=True, slots=True)
class Address:
    """To whom and where the letter goes."""

    given_name: str
    family_name: str
    street: str
    postal_code: str
    city: str
    language: str | None


@dataclass(frozen=True, kw_only=True)
class Questions:
    """What is asked of an extract."""

    criteria: Sequence[Criterion]
    least_age: int
    quarters: Sequence[str]
    #: The day on which people have the age that counts.
    today: date
    #: Makes the hashes useless for who does not have it.
    key: bytes

    @property
    def basis(self) -> str:
        """A fingerprint: while it stays the same, so does what a row means.

        Neither the day nor the order of the criteria is in it.
        """
        parts = [
            (each.id, each.kind, [(c.id, c.age_from, c.age_to) for c in each.categories])
            for each in sorted(register_criteria(self.criteria), key=lambda criterion: criterion.id)
        ]
        return hashlib.sha256(repr((parts, self.least_age, list(self.quarters))).encode()).hexdigest()


#: The cells that mean something, by the key of their column; an empty cell is "".
Told = dict[str, str]
Problems = list[tuple[Problem, str]]


class Interpreter:
    """Reads rows with one mapping of columns. It counts the values that it meets."""

    def __init__(self, questions: Questions, mapping: Mapping[str, int], width: int, meanings: Meanings) -> None:
        self.questions = questions
        self.found: dict[str, Counter[str]] = {}
        self._width = width
        self._columns = tuple(mapping.items())
        self._sorters = [_Sorter(each, meanings) for each in register_criteria(questions.criteria)]
        self._quarters = {plain(quarter) for quarter in questions.quarters}
        self._knows_ages = Field.BIRTH_DATE in mapping
        self._knows_quarters = Field.QUARTER in mapping

    def look(self, row: Row) -> Candidate | Skip | Problems:
        """What the row is: somebody who may be drawn, somebody who is left out, or a row with problems."""
        told = self._told(row)
        if told is None:
            return [(Problem.BROKEN, "")]
        if plain(told.get(Field.LOCK, "")) not in NO_LOCK:
            return Skip.LOCKED
        if row.damaged:
            return [(Problem.DAMAGED, "")]
        age = self._age(told)
        if isinstance(age, Problem):
            return [(age, Field.BIRTH_DATE)]
        if age < self.questions.least_age and self._knows_ages:
            return Skip.TOO_YOUNG
        return Skip.OUTSIDE if self._is_outside(told) else self._candidate(told, age)

    def address(self, row: Row) -> Address:
        """Whom to write to. Only for a row that `look` took for a candidate."""
        told = self._told(row) or {}
        code = told[Field.POSTAL_CODE]
        return Address(
            given_name=told[Field.GIVEN_NAME],
            family_name=told[Field.FAMILY_NAME],
            street=_whole_street(told),
            postal_code=f"0{code}" if _SHORT_CODE.fullmatch(code) else code,
            city=told[Field.CITY],
            language=_language(told.get(Field.LANGUAGE, "")),
        )

    def _told(self, row: Row) -> Told | None:
        cells = row.cells
        # Some programs end each line with separators that no title belongs to.
        if cells is None or len(cells) < self._width or any(cells[self._width :]):
            return None
        return {key: clean(cells[column]) for key, column in self._columns}

    def _age(self, told: Told) -> int | Problem:
        if not self._knows_ages:
            return 0
        text = told[Field.BIRTH_DATE]
        return _age(text, self.questions.today) if text else Problem.EMPTY

    def _is_outside(self, told: Told) -> bool:
        if not self._knows_quarters:
            return False
        quarter = told[Field.QUARTER]
        self._count(Field.QUARTER, quarter)
        return bool(self._quarters) and plain(quarter) not in self._quarters

    def _candidate(self, told: Told, age: int) -> Candidate | Skip | Problems:
        problems = _address_problems(told)
        categories: list[int | None] = []
        for sorter in self._sorters:
            problem, category, value = sorter.sort(told, age)
            self._count(sorter.key, value)
            categories.append(category)
            if problem is not None:
                problems.append((problem, sorter.where))
        if problems:
            return problems
        if None in categories:
            return Skip.LEFT_OUT
        person, household = _keys(told, self.questions.key)
        return Candidate(tuple(each for each in categories if each is not None), person, household)

    def _count(self, key: str, value: str) -> None:
        counter = self.found.get(key)
        if counter is None:
            counter = self.found[key] = Counter()
        if value in counter or len(counter) < MOST_VALUES:
            counter[value] += 1


class _Sorter:
    """Says to which category of one criterion somebody belongs."""

    def __init__(self, criterion: Criterion, meanings: Meanings) -> None:
        self.key = criterion_key(criterion)
        self.by_age = criterion.kind is Kind.AGE
        #: The column to which a problem belongs.
        self.where = Field.BIRTH_DATE.value if self.by_age else self.key
        self._criterion = criterion
        self._bands = [(category.age_from, category.age_to) for category in criterion.categories]
        self._ids = [category.id for category in criterion.categories]
        # A category that was taken away meanwhile means nothing any more.
        said = meanings.get(str(criterion.id), {})
        self._said = {value: each for value, each in said.items() if each is None or each in self._ids}
        self._remembered: dict[str, tuple[bool, int | None]] = {}

    def sort(self, told: Told, age: int) -> tuple[Problem | None, int | None, str]:
        """What is wrong, the category (None: somebody to leave out), and the value that told it."""
        if self.by_age:
            number = band_of(age, self._bands)
            return (Problem.NO_BAND, None, "") if number is None else (None, self._ids[number], "")
        value = told[self.key][:LONGEST]
        is_said, category = self._meaning(value)
        if is_said:
            return None, category, value
        return (Problem.UNKNOWN_VALUE if value else Problem.EMPTY), None, value

    def _meaning(self, value: str) -> tuple[bool, int | None]:
        found = self._remembered.get(value)
        if found is None:
            found = meaning_of(self._criterion, value, self._said)
            if len(self._remembered) < MOST_VALUES:
                self._remembered[value] = found
        return found


def _address_problems(told: Told) -> Problems:
    problems: Problems = []
    for field in NEEDED:
        cell = told[field]
        if not cell:
            problems.append((Problem.EMPTY, field))
        elif len(cell) > (LONGEST_CODE if field is Field.POSTAL_CODE else LONGEST):
            problems.append((Problem.LONG, field))
    if not problems and len(_whole_street(told)) > LONGEST:
        problems.append((Problem.LONG, Field.STREET))
    return problems


def _whole_street(told: Told) -> str:
    number = told.get(Field.HOUSE_NUMBER, "")
    return f"{told[Field.STREET]} {number}" if number else told[Field.STREET]


def _keys(told: Told, key: bytes) -> tuple[bytes, bytes]:
    """The hashes of the person and of the household."""
    family, given = plain(told[Field.FAMILY_NAME]), plain(told[Field.GIVEN_NAME])
    home = f"{_street(_whole_street(told))}|{told[Field.POSTAL_CODE]}|{plain(told[Field.CITY])}"
    number = told.get(Field.HOUSEHOLD, "")
    household = f"number|{number}" if number else f"home|{family}|{home}"
    return _hash(f"person|{family}|{given}|{told.get(Field.BIRTH_DATE, '')}|{home}", key), _hash(household, key)


def _hash(text: str, key: bytes) -> bytes:
    return hashlib.blake2b(text.encode(), key=key, digest_size=HASH_BYTES).digest()


@lru_cache(maxsize=1 << 16)
def _age(text: str, today: date) -> int | Problem:
    born = read_birth_date(text)
    if born is None:
        return Problem.BAD_DATE
    # An unknown day counts as the last of the year: that may be still to come.
    if born > today and (born.year > today.year or (born.month, born.day) != (12, 31)):
        return Problem.FUTURE_DATE
    age = max(age_on(today, born), 0)
    return Problem.TOO_OLD if age > OLDEST else age


@lru_cache(maxsize=1 << 16)
def _street(text: str) -> str:
    """Two ways of writing one address are one household."""
    return _STREET.sub("str", plain(text)).replace(" ", "")


def _language(text: str) -> str | None:
    code = text.strip().lower().replace("_", "-")
    return code if re.fullmatch(r"[a-z]{2,3}(-[a-z]{2,4})?", code) else None
