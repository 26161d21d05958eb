"""The register as the workbook "Auszug aus dem Gemeindeverzeichnis" that Destatis publishes each quarter.

Below some lines of titles its sheet has the lines of a GV100AD, with a cell for each part: the kind of line (10 to 60),
the mark of its text, the parts of the key, the name, and what is known about the municipality.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import chain, islice
from pathlib import Path
from typing import IO, Any
from zipfile import BadZipFile

from gv100ad import MunicipalityType
from translationstring import TranslationStringFactory

from fdplattform.errors import DomainError
from fdplattform.municipalities.models import MunicipalityKind
from fdplattform.municipalities.register.entry import TYPES, UNINCORPORATED, RegisterEntry, short_name, unreadable

_ = TranslationStringFactory("fdplattform")

_SHEET = "Onlineprodukt_Gemeinden"
_STATE, _REGION, _DISTRICT, _ASSOCIATION, _MUNICIPALITY = "10", "20", "40", "50", "60"
#: From the largest to the smallest: a new one ends all that are smaller.
_LEVELS = (_STATE, _REGION, _DISTRICT, _ASSOCIATION)
#: Columns, counted from 0. The parts of the key have a fixed number of digits, which numbers in cells lose.
_KIND, _MARK, _NAME, _AREA, _PEOPLE, _MALE, _POSTCODE, _LON, _LAT, _URBANISATION = 0, 1, 7, 8, 9, 10, 13, 14, 15, 18
_KEY = ((2, 2), (3, 1), (4, 2), (5, 4), (6, 3))
_COLUMNS = 20
#: Titles by which the table is known; syllables are divided differently from edition to edition.
_TITLES = {_KIND: "satzart", _NAME: "gemeindename", _LON: "längengrad", _LAT: "breitengrad"}
_TITLE_LINES = 12
_DAY = re.compile(r"(\d{2})\.?(\d{2})\.?(\d{4}|\d{2})\b")


def is_workbook(path: Path) -> bool:
    """True when the file begins as a workbook (a compressed archive) does."""
    with path.open("rb") as file:
        return file.read(4) == b"PK\x03\x04"


def read_workbook(path: Path) -> Iterator[RegisterEntry]:
    """The municipalities in the file.

    Raises DomainError when it is another workbook, and at a line that makes no sense.
    """
    with path.open("rb") as file:
        yield from _entries(*_open(file))


def _entries(sheet: str, lines: Iterator[list[str]]) -> Iterator[RegisterEntry]:
    titles = list(islice(lines, _TITLE_LINES))
    first = next((place for place, line in enumerate(titles) if line[_KIND] in _LEVELS), len(titles))
    _check_titles(titles[:first])
    as_of = _as_of([sheet, *(cell for line in titles[:first] for cell in line)])
    names: dict[str, str] = {}
    for number, line in enumerate(chain(titles[first:], lines), start=first + 1):
        kind = line[_KIND]
        if kind in _LEVELS:
            larger = _LEVELS[: _LEVELS.index(kind)]
            names = {level: names[level] for level in larger if level in names} | {kind: line[_NAME]}
        elif kind == _MUNICIPALITY:
            yield from _municipality(number, line, names, as_of)


def _open(file: IO[bytes]) -> tuple[str, Iterator[list[str]]]:
    """The name of the sheet, and its lines as texts."""
    try:
        from openpyxl import load_workbook
    except ImportError as error:
        raise DomainError(_("Workbooks can be read after: pip install 'fdplattform[xlsx]'")) from error
    try:
        book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
    except (BadZipFile, KeyError, OSError, ValueError) as error:
        raise DomainError(_("The workbook is damaged. Download it once more.")) from error
    sheet = next((found for found in book.worksheets if found.title.startswith(_SHEET)), None)
    if sheet is None:
        there = ", ".join(book.sheetnames)
        raise DomainError(
            _("The workbook has no sheet “${sheet}…”, only: ${there}", mapping={"sheet": _SHEET, "there": there})
        )
    # Some editions write down a wrong size of the table.
    sheet.reset_dimensions()
    return sheet.title, ([_text(cell) for cell in line] for line in sheet.iter_rows(max_col=_COLUMNS, values_only=True))


def _check_titles(lines: Sequence[Sequence[str]]) -> None:
    for column, title in _TITLES.items():
        said = "".join(re.sub(r"[\W\d_]", "", line[column]).lower() for line in lines)
        if title not in said:
            raise DomainError(
                _(
                    "Column ${column} of the table should be “${title}”, as in the files of Destatis.",
                    mapping={"column": column + 1, "title": title.capitalize()},
                )
            )


def _as_of(texts: Sequence[str]) -> date:
    """The day of the territorial status: the name of the sheet says it, or else the lines of titles."""
    for text in texts:
        if found := _DAY.search(text):
            day, month, year = map(int, found.groups())
            try:
                return date(year if year > 99 else 2000 + year, month, day)
            except ValueError:
                continue
    raise DomainError(_("The workbook does not say of which day it is."))


def _municipality(number: int, line: Sequence[str], names: Mapping[str, str], as_of: date) -> Iterator[RegisterEntry]:
    try:
        kind = MunicipalityType(int(line[_MARK]))
        if kind not in UNINCORPORATED:
            yield _entry(line, kind, names, as_of)
    except (KeyError, ValueError) as error:
        raise unreadable(number, error) from error


def _entry(line: Sequence[str], kind: MunicipalityType, names: Mapping[str, str], as_of: date) -> RegisterEntry:
    state, region, district, association, municipality = (_part(line[column], digits) for column, digits in _KEY)
    name = line[_NAME]
    if not name:
        raise ValueError("no name")
    return RegisterEntry(
        kind=MunicipalityKind.GEMEINDE,
        ags=state + region + district + municipality,
        ars=state + region + district + association + municipality,
        official_name=name,
        name=short_name(name),
        type=TYPES[kind.name],
        state=names[_STATE],
        region=names.get(_REGION),
        district=names.get(_DISTRICT),
        association=names.get(_ASSOCIATION),
        area_km2=_number(line[_AREA]),
        population=_count(line[_PEOPLE]),
        population_male=_count(line[_MALE]),
        postcode=line[_POSTCODE].zfill(5) if line[_POSTCODE] else None,
        lon=_number(line[_LON]),
        lat=_number(line[_LAT]),
        urbanisation=line[_URBANISATION].zfill(2) if line[_URBANISATION] else None,
        as_of=as_of,
    )


def _text(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else " ".join(str(cell).split())


def _part(text: str, digits: int) -> str:
    """A part of the key with all its digits."""
    if not (text.isascii() and text.isdigit() and len(text) <= digits):
        raise ValueError(text)
    return text.zfill(digits)


def _number(text: str) -> float | None:
    """A number as cells have it (56.73) or as people write it (1.056,73)."""
    plain = text.replace(" ", "")
    if "," in plain:
        plain = plain.replace(".", "").replace(",", ".")
    return float(plain) if plain else None


def _count(text: str) -> int | None:
    plain = text.replace(" ", "").replace(".", "")
    return int(plain) if plain else None
