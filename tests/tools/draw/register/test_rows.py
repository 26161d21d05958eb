"""From rows to people: dates, ages, addresses, columns; and what is wrong with a row."""

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fdplattform.testing.registers import TITLES, register_csv
from fdplattform.tools.draw.criteria.models import Category, Criterion, Kind, Source
from fdplattform.tools.draw.register.columns import Field, guess
from fdplattform.tools.draw.register.dates import age_on, read_birth_date
from fdplattform.tools.draw.register.faults import Problem
from fdplattform.tools.draw.register.people import Candidate, Interpreter, Questions, Skip
from fdplattform.tools.draw.register.tables import LONGEST_LINE, Row, clean, detect, titles
from fdplattform.tools.draw.register.work.reading import Reading, fetch, read_extract
from tests.tools.draw.register.conftest import csv_of, row

TODAY = date(2027, 3, 1)


def criteria() -> list[Criterion]:
    bands = [(None, 39), (40, 64), (65, None)]
    age = Criterion(id=1, title="Alter", source=Source.REGISTER, kind=Kind.AGE)
    age.categories = [Category(id=n, title=f"{n}", age_from=a, age_to=b) for n, (a, b) in enumerate(bands, start=11)]
    gender = Criterion(id=2, title="Geschlecht", source=Source.REGISTER, kind=Kind.CATEGORY)
    gender.categories = [
        Category(id=21, title="Frauen"),
        Category(id=22, title="Männer"),
        Category(id=23, title="Divers"),
    ]
    education = Criterion(id=3, title="Bildung", source=Source.REPLY, kind=Kind.CATEGORY)
    education.categories = [Category(id=31, title="Lehre")]
    return [age, gender, education]


def questions(**changes: Any) -> Questions:
    given = {"criteria": criteria(), "least_age": 16, "quarters": (), "today": TODAY, "key": b"secret"}
    return Questions(**{**given, **changes})


def read(content: bytes, meanings: Any = None, **changes: Any) -> Reading:
    stream = BytesIO(content)
    layout = detect(stream, "text/csv")
    columns = titles(stream, layout)
    asked = questions(**changes)
    interpreter = Interpreter(asked, guess(columns, asked.criteria), len(columns), meanings or {})
    reading = read_extract(stream, layout, interpreter)
    reading.problems.close()
    return reading


def look(line: str, **changes: Any) -> Candidate | Skip | Sequence[tuple[Problem, str]]:
    asked = questions(**changes)
    mapping = guess(TITLES, asked.criteria)
    return Interpreter(asked, mapping, len(TITLES), {}).look(Row(2, line.split(";")))


def test_a_broken_line_spoils_only_itself() -> None:
    lines = [row(), '"Maier;Anna', "zu;wenig", row(number="2") + ";;", row(number="3") + ";x", "y" * (3 * LONGEST_LINE)]
    reading = read(csv_of(*lines, row(number="4")))
    assert [line for line, _code, _field in reading.problems.first] == [3, 4, 6, 7]
    assert {code for _line, code, _field in reading.problems.first} == {"broken"}
    assert reading.counts["usable"] == 3


def test_all_problems_of_many_lines_are_reported_at_once() -> None:
    good, bad = row(), "kaputt"
    lines = [bad if number % 4 else good.replace("Hauptstraße;1", f"Hauptstraße;{number}") for number in range(200_000)]
    reading = read(csv_of(*lines))
    assert reading.counts["rows"] == 200_000
    assert reading.problems.count == 150_000
    assert len(reading.problems.first) == 200
    assert reading.problems.first[0][0] == 3
    assert reading.counts["usable"] == 50_000


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("31.12.1980", date(1980, 12, 31)),
        ("1.2.1980", date(1980, 2, 1)),
        ("1980-12-31", date(1980, 12, 31)),
        ("1980-12-31 00:00:00", date(1980, 12, 31)),
        ("19801231", date(1980, 12, 31)),
        ("31/12/1980", date(1980, 12, 31)),
        ("29.02.2000", date(2000, 2, 29)),
        ("29.02.2001", None),
        ("31.04.1980", None),
        ("13.13.1980", None),
        ("12.0.1980", None),
        ("00.00.1980", date(1980, 12, 31)),
        ("19800200", date(1980, 2, 29)),
        ("1980", date(1980, 12, 31)),
        ("", None),
        ("gestern", None),
        ("00.00.0000", None),
        ("32.01.1980", None),
    ],
)
def test_dates_of_birth(text: str, day: date | None) -> None:
    assert read_birth_date(text) == day


def test_the_age_is_that_of_the_day() -> None:
    born = date(2011, 3, 2)
    assert [age_on(date(2027, 3, day), born) for day in (1, 2)] == [15, 16]
    assert age_on(date(2027, 2, 28), date(2008, 2, 29)) == 18
    assert age_on(date(2027, 3, 1), date(2008, 2, 29)) == 19


def birthday(born: date, age: int) -> date:
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return date(born.year + age, 3, 1)


@given(st.dates(date(1900, 1, 1), date(2026, 1, 1)), st.dates(date(2026, 1, 1), date(2030, 1, 1)))
def test_the_age_is_from_one_birthday_to_the_next(born: date, day: date) -> None:
    age = age_on(day, born)
    assert birthday(born, age) <= day < birthday(born, age + 1)


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"family": ""}, (Problem.EMPTY, Field.FAMILY_NAME)),
        ({"born": ""}, (Problem.EMPTY, Field.BIRTH_DATE)),
        ({"born": "31.02.1980"}, (Problem.BAD_DATE, Field.BIRTH_DATE)),
        ({"born": "02.03.2027"}, (Problem.FUTURE_DATE, Field.BIRTH_DATE)),
        ({"born": "01.01.1850"}, (Problem.TOO_OLD, Field.BIRTH_DATE)),
        ({"gender": "z"}, (Problem.UNKNOWN_VALUE, "criterion_2")),
        ({"gender": ""}, (Problem.EMPTY, "criterion_2")),
        ({"given": "x" * 201}, (Problem.LONG, Field.GIVEN_NAME)),
        ({"street": "x" * 199}, (Problem.LONG, Field.STREET)),
    ],
)
def test_what_is_wrong_with_a_row(changes: dict[str, str], problem: tuple[Problem, str]) -> None:
    assert look(row(**changes)) == [problem]


def test_all_problems_of_a_row_are_said() -> None:
    found = look(row(family="", gender="z", street=""))
    assert found == [(Problem.EMPTY, "family_name"), (Problem.EMPTY, "street"), (Problem.UNKNOWN_VALUE, "criterion_2")]


@pytest.mark.parametrize(
    ("changes", "skip"),
    [
        ({"locked": "X"}, Skip.LOCKED),
        ({"locked": "51 Abs. 1 BMG"}, Skip.LOCKED),
        # Who is protected is protected, whatever else is wrong with the row.
        ({"locked": "ja", "born": "?"}, Skip.LOCKED),
        ({"born": "02.03.2011"}, Skip.TOO_YOUNG),
        ({"born": "01.06.2026"}, Skip.TOO_YOUNG),
    ],
)
def test_who_is_left_out(changes: dict[str, str], skip: Skip) -> None:
    assert look(row(**changes)) is skip


@pytest.mark.parametrize("locked", ["", "nein", "0", "-", "N"])
def test_who_has_no_ban_is_not_left_out(locked: str) -> None:
    assert isinstance(look(row(locked=locked)), Candidate)


def test_quarters_are_compared_as_people_write_them() -> None:
    assert look(row(quarter="Nord"), quarters=["Süd"]) is Skip.OUTSIDE
    assert isinstance(look(row(quarter=" NORD "), quarters=["nord", "Süd"]), Candidate)


def test_categories_follow_from_age_and_value() -> None:
    categories = [
        look(row(born=born, gender=sex)).categories
        for born, sex in (("02.03.1987", "w"), ("01.03.1987", "männlich"), ("01.01.1940", "divers"))
    ]
    assert categories == [(11, 21), (12, 22), (13, 23)]


def test_a_value_can_mean_to_leave_people_out() -> None:
    reading = read(csv_of(row(gender="x1"), row(gender="w")), {"2": {"x1": None}})
    assert (reading.counts["left_out"], reading.counts["usable"]) == (1, 1)


def test_one_answer_for_all_other_values() -> None:
    reading = read(csv_of(row(gender="q"), row(gender="r", number="2"), row(gender="")), {"2": {"*": 23}})
    assert reading.by_category()[23] == 2
    assert reading.problems.first == [(4, "empty", "criterion_2")]


def test_a_category_that_is_gone_means_nothing() -> None:
    reading = read(csv_of(row(gender="q")), {"2": {"q": 99}})
    assert reading.problems.first == [(2, "unknown_value", "criterion_2")]


def test_the_same_person_counts_once() -> None:
    reading = read(csv_of(row(), row(number="2"), row().replace("Hauptstraße", "HAUPTSTR."), row()))
    assert reading.counts["usable"] == 2
    assert reading.problems.first == [(4, "duplicate", ""), (5, "duplicate", "")]


def test_a_household_is_a_family_at_an_address_or_what_the_register_says() -> None:
    lines = [row(), row(given="Ben"), row(family="Rossi"), row(number="2")]
    assert read(csv_of(*lines)).counts["households"] == 3
    titles_ = ";".join([*TITLES, "Haushalts-ID"])
    told = [f"{line};{number}" for line, number in zip(lines, (7, 8, 8, 8), strict=True)]
    assert read(csv_of(*told, titles=titles_)).counts["households"] == 2


def test_formulas_are_data() -> None:
    stream = BytesIO(csv_of(row(family="=cmd|' /C calc'!A0", given="@SUM(A1)")))
    layout = detect(stream, "text/csv")
    asked = questions()
    interpreter = Interpreter(asked, guess(titles(stream, layout), asked.criteria), len(TITLES), {})
    ((_line, address, _candidate),) = fetch(stream, layout, interpreter, [2])
    assert (address.family_name, address.given_name) == ("=cmd|' /C calc'!A0", "@SUM(A1)")


def test_addresses() -> None:
    stream = BytesIO(csv_of(row(number="12 a").replace("70999", "1067")))
    layout = detect(stream, "text/csv")
    asked = questions()
    interpreter = Interpreter(asked, guess(titles(stream, layout), asked.criteria), len(TITLES), {})
    ((_line, address, _candidate),) = fetch(stream, layout, interpreter, [2])
    assert (address.street, address.postal_code, address.city) == ("Hauptstraße 12 a", "01067", "Musterstadt")


@pytest.mark.parametrize(
    ("title", "field"),
    [
        ("Vorname(n)", Field.GIVEN_NAME),
        ("NACHNAME", Field.FAMILY_NAME),
        ("Geb.-Datum", Field.BIRTH_DATE),
        ("Straße / Hausnr.", Field.STREET),
        ("Haus-Nr.", Field.HOUSE_NUMBER),
        ("Postleitzahl", Field.POSTAL_CODE),
        ("Wohnort", Field.CITY),
        ("Stadtteil", Field.QUARTER),
        ("Auskunftssperre (§ 51 BMG)", Field.LOCK),
        ("Haushalts_ID", Field.HOUSEHOLD),
        ("Muttersprache?", None),
    ],
)
def test_columns_are_guessed_from_their_titles(title: str, field: Field | None) -> None:
    assert guess(["", title], []) == ({} if field is None else {field: 1})


def test_columns_of_criteria_are_guessed() -> None:
    assert guess(TITLES, criteria())["criterion_2"] == 3


@given(st.text(), st.integers(0, 3))
def test_no_cell_breaks_the_reader(text: str, place: int) -> None:
    cells = row().split(";")
    cells[place] = clean(text)
    found = look(";".join(cells)) if ";" not in cells[place] else None
    assert found is None or isinstance(found, (Candidate, Skip, list))


def test_hashes_say_nothing_without_the_key() -> None:
    one, two = look(row(), key=b"one"), look(row(), key=b"two")
    assert isinstance(one, Candidate)
    assert isinstance(two, Candidate)
    assert one.person != two.person
    assert one.household != two.household


def test_made_up_registers_can_be_read() -> None:
    reading = read(register_csv(3000))
    assert reading.counts["rows"] == 3000
    assert reading.problems.count == reading.counts["duplicates"]
    assert 0 < reading.counts["locked"] < 60
    assert reading.counts["households"] < reading.counts["usable"] < 3000
