"""The workbook of Destatis: its lines are read as those of the text file are, and what is not it is refused."""

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from sqlalchemy.orm import Session

from fdplattform.errors import DomainError
from fdplattform.municipalities.loader import import_register
from fdplattform.municipalities.models import MunicipalityKind
from fdplattform.municipalities.register import read_register

SHEET = "Onlineprodukt_Gemeinden30062026"
TITLES: list[list[Any]] = [
    ["Alle politisch selbständigen Gemeinden mit ausgewählten Merkmalen am 30.06.2026 (2. Quartal)"],
    [],
    [
        *("Satz-art", "Textkenn-zeichen", "Amtlicher Regionalschlüssel (ARS)", None, None, None, None, "Gemeindename"),
        *("Fläche km2 1)", "Bevölkerung 2)", None, None, None, "Post-leit-zahl 3)"),
        *("Geografische Mittelpunkt-koordinaten 4)", None, "Reisegebiete 5)", None, "Grad der Verstädterung 6)", None),
    ],
    [
        *(None, None, "Land", "RB", "Kreis", "VB", "Gem", None, None, "insgesamt", "männlich", "weiblich", "je km2"),
        *(None, "Längengrad", "Breiten-grad", "Schlüssel", "Bezeichnung", "Schlüssel", "Bezeichnung"),
    ],
    [None] * 20,
    [str(number) for number in range(1, 21)],
]
TOWN = [
    *("60", "63", "08", "1", "16", "0001", "001", "Neustadt, Stadt", 12.34, 2000, 990, 1010, 162, "01234"),
    *(9.1, 48.7, "A02", "Schwäbische Alb", "02", "mittlere Besiedlungsdichte"),
]
LINES: list[list[Any]] = [
    ["10", None, "08", None, None, None, None, "Baden-Württemberg"],
    ["20", None, "08", "1", None, None, None, "Stuttgart"],
    ["30", None, "08", "1", None, None, None, "Region Stuttgart"],
    ["40", "43", "08", "1", "16", None, None, "Esslingen"],
    ["50", "50", "08", "1", "16", "0001", None, "VG Neustadt"],
    TOWN,
    ["60", "66", "08", "1", "16", "9002", "902", "Großer Forst", 0.99, 0, 0, 0, 0],
    ["10", None, "04", None, None, None, None, "Bremen"],
    ["40", "41", "04", "0", "11", None, None, "Bremen, Stadt"],
    ["60", 61, 4, 0, 11, 0, 0, "Bremen, Stadt", "1 318,21", "569.396", "281 000", None, None, 1195, "8,808", "53,076"],
    ["© Statistisches Bundesamt (Destatis), 2026"],
]


def write(folder: Path, lines: Sequence[list[Any]], *, sheet: str = SHEET, titles: Any = None) -> Path:
    book, path = Workbook(), folder / "31122026_Auszug_GV.xlsx"
    book.active.title = "Deckblatt"
    table = book.create_sheet(sheet)
    for line in (*(TITLES if titles is None else titles), *lines):
        table.append(line)
    book.save(path)
    return path


def test_lines_are_read_with_those_to_which_they_belong(tmp_path: Path) -> None:
    town, _city, district = read_register(write(tmp_path, LINES))
    assert (town.ags, town.ars, town.name, town.type) == ("08116001", "081160001001", "Neustadt", "Stadt")
    assert (town.state, town.region, town.district) == ("Baden-Württemberg", "Stuttgart", "Esslingen")
    assert (town.association, town.urbanisation, town.postcode) == ("VG Neustadt", "02", "01234")
    assert (town.area_km2, town.population, town.population_male) == (12.34, 2000, 990)
    assert (town.lon, town.lat, town.as_of) == (9.1, 48.7, date(2026, 6, 30))
    assert (district.name, district.kind) == ("Landkreis Esslingen", MunicipalityKind.LANDKREIS)


def test_numbers_may_be_texts_and_keys_may_be_numbers(tmp_path: Path) -> None:
    (city,) = read_register(write(tmp_path, LINES), "Bremen")
    assert (city.ags, city.ars, city.postcode) == ("04011000", "040110000000", "01195")
    assert (city.area_km2, city.population, city.population_male) == (1318.21, 569396, 281000)
    assert (city.lon, city.lat) == (8.808, 53.076)
    assert (city.region, city.association, city.urbanisation) == (None, None, None)


def test_it_goes_into_the_register(session: Session, tmp_path: Path) -> None:
    result = import_register(session, read_register(write(tmp_path, LINES)))
    assert (result.municipalities, result.districts, result.added) == (2, 2, 3)


@pytest.mark.parametrize("sheet", ["Onlineprodukt_Gemeinden_300626", "Onlineprodukt_Gemeinden"])
def test_the_day_is_in_the_name_of_the_sheet_or_above_the_table(tmp_path: Path, sheet: str) -> None:
    assert read_register(write(tmp_path, LINES, sheet=sheet))[0].as_of == date(2026, 6, 30)


@pytest.mark.parametrize(
    ("column", "broken"),
    [(1, "99"), (1, None), (2, "008"), (6, "x"), (7, None), (9, "viele"), (14, "9,1,2"), (8, "12,34 km")],
)
def test_a_line_that_makes_no_sense_is_named(tmp_path: Path, column: int, broken: str | None) -> None:
    line = [*TOWN[:column], broken, *TOWN[column + 1 :]]
    with pytest.raises(DomainError) as caught:
        read_register(write(tmp_path, [*LINES[:5], line]))
    assert caught.value.message.mapping["line"] == len(TITLES) + 6


@pytest.mark.parametrize(
    ("sheet", "titles", "words"),
    [
        ("Tabelle1", None, "no sheet “Onlineprodukt_Gemeinden…”, only: Deckblatt, Tabelle1"),
        (SHEET, [*TITLES[:2], [None, *TITLES[2]], *TITLES[3:]], "Column 1 of the table should be “Satzart”"),
        (SHEET, [], "Column 1 of the table should be “Satzart”"),
        ("Onlineprodukt_Gemeinden", TITLES[1:], "does not say of which day it is"),
        ("Onlineprodukt_Gemeinden99999999", TITLES[1:], "does not say of which day it is"),
    ],
    ids=["other sheet", "moved columns", "no titles", "no day", "no such day"],
)
def test_another_workbook_is_refused(tmp_path: Path, sheet: str, titles: Any, words: str) -> None:
    with pytest.raises(DomainError) as caught:
        read_register(write(tmp_path, LINES, sheet=sheet, titles=titles))
    assert words in caught.value.message.interpolate()


def test_a_damaged_workbook_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, LINES)
    path.write_bytes(path.read_bytes()[:2000])
    with pytest.raises(DomainError, match="damaged"):
        read_register(path)


def test_without_the_library_it_is_said_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(DomainError, match=r"pip install 'fdplattform\[xlsx\]'"):
        read_register(write(tmp_path, LINES))
