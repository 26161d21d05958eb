"""The official register of municipalities, from the file that comes with the program or a newer one of Destatis."""

from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path

from fdplattform.municipalities.register.csv_file import read_csv
from fdplattform.municipalities.register.districts import district_name, districts
from fdplattform.municipalities.register.entry import CITY_DISTRICTS, RegisterEntry, short_name
from fdplattform.municipalities.register.gv100ad_file import is_gv100ad, read_gv100ad
from fdplattform.municipalities.register.xlsx_file import is_workbook, read_workbook

__all__ = [
    "ATTRIBUTION",
    "CITY_DISTRICTS",
    "LICENCE_URL",
    "RegisterEntry",
    "district_name",
    "read_register",
    "shipped_register",
    "short_name",
]

#: To be shown wherever the register is shown.
ATTRIBUTION = (
    "© Statistisches Bundesamt (Destatis), Gemeindeverzeichnis, Datenlizenz Deutschland – Namensnennung – Version 2.0"
)
LICENCE_URL = "https://www.govdata.de/dl-de/by-2-0"


def shipped_register(state: str | None = None) -> list[RegisterEntry]:
    """What comes with the program: all of Germany, or one of its states."""
    return read_register(Path(str(files("fdplattform.municipalities.data") / "gemeinden_de_2023.csv")), state)


def read_register(path: Path, state: str | None = None) -> list[RegisterEntry]:
    """The municipalities in the file, of one state only if it is named, and the districts that they form.

    The file is a CSV like the shipped one, a GV100AD, or the workbook that Destatis publishes each quarter. Raises
    DomainError when it cannot be read.
    """
    municipalities = [entry for entry in _reader(path)(path) if state in (None, entry.state)]
    return municipalities + list(districts(municipalities))


def _reader(path: Path) -> Callable[[Path], Iterator[RegisterEntry]]:
    if is_workbook(path):
        return read_workbook
    return read_gv100ad if is_gv100ad(path) else read_csv
