"""The official register of municipalities: read the file, derive the rural districts.

Format: CSV with the columns of `data/gemeinden_bw_2023.csv` (an extract of the Gemeindeverzeichnis of Destatis).
"""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date
from importlib.resources import files
from itertools import groupby
from pathlib import Path
from typing import Any

from translationstring import TranslationStringFactory

from fdplattform.errors import DomainError
from fdplattform.municipalities.models import MunicipalityKind

_ = TranslationStringFactory("fdplattform")

#: To be shown wherever the register is shown.
ATTRIBUTION = (
    "© Statistisches Bundesamt (Destatis), Gemeindeverzeichnis, Datenlizenz Deutschland – Namensnennung – Version 2.0"
)
LICENCE_URL = "https://www.govdata.de/dl-de/by-2-0"

TYPES = {
    "STADTKREIS": "Stadtkreis",
    "KREISFREIE_STADT": "Kreisfreie Stadt",
    "GROSSE_KREISSTADT": "Große Kreisstadt",
    "STADT": "Stadt",
    "MARKT": "Markt",
    "KREISANGEHOERIGE_GEMEINDE": "Gemeinde",
}
#: A city that is its own district: there is no second body beside it.
CITY_DISTRICTS = frozenset({"Stadtkreis", "Kreisfreie Stadt"})
#: The states that say "Kreis Olpe" where the others say "Landkreis Calw".
_PLAIN_KREIS = frozenset({"Nordrhein-Westfalen", "Schleswig-Holstein"})


@dataclass(frozen=True, kw_only=True)
class RegisterEntry:
    """What the register says about one body; the fields are columns of `Municipality`."""

    kind: MunicipalityKind
    ags: str
    ars: str | None
    official_name: str
    name: str
    type: str
    state: str
    region: str | None
    district: str | None
    association: str | None
    area_km2: float | None
    population: int | None
    population_male: int | None
    postcode: str | None
    lon: float | None
    lat: float | None
    urbanisation: str | None
    as_of: date

    def columns(self) -> dict[str, Any]:
        """The entry as values of columns."""
        return asdict(self)


def shipped_register() -> Path:
    """The file that comes with the program: Baden-Württemberg."""
    return Path(str(files("fdplattform.municipalities.data") / "gemeinden_bw_2023.csv"))


def read_register(path: Path) -> list[RegisterEntry]:
    """The municipalities in the file and the districts that they form. Raises DomainError when it cannot be read."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        municipalities = [_municipality(number, row) for number, row in enumerate(csv.DictReader(file), start=2)]
    return municipalities + list(_districts(municipalities))


def _municipality(line: int, row: dict[str, str]) -> RegisterEntry:
    try:
        ags, official_name = row["ags"], row["name"].strip()
        if not (len(ags) == 8 and ags.isdigit() and official_name):
            raise ValueError(ags)
        return RegisterEntry(
            kind=MunicipalityKind.GEMEINDE,
            ags=ags,
            ars=row["ars"] or None,
            official_name=official_name,
            name=short_name(official_name),
            type=TYPES[row["typ"]],
            state=row["land"],
            region=row["regierungsbezirk"] or None,
            district=row["kreis"] or None,
            association=row["verband"] or None,
            area_km2=_number(row["flaeche_km2"]),
            population=_count(row["einwohner"]),
            population_male=_count(row["einwohner_m"]),
            postcode=row["plz"] or None,
            lon=_number(row["lon"]),
            lat=_number(row["lat"]),
            urbanisation=row["verstaedterung"] or None,
            as_of=date.fromisoformat(row["stand"]),
        )
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise DomainError(
            _("Line ${line} of the register cannot be read: ${reason}", mapping={"line": line, "reason": str(error)})
        ) from error


def short_name(official_name: str) -> str:
    """The name as people say it: without the title behind the comma, "Ostfildern, Stadt" → "Ostfildern"."""
    return official_name.partition(",")[0].replace("/ ", "/").strip()


def district_name(name: str, state: str) -> str:
    """The full name of a rural district: "Calw" → "Landkreis Calw", but "Ortenaukreis" as it is."""
    if "kreis" in name.lower() or name.lower().startswith(("region", "städteregion")):
        return name
    return f"Kreis {name}" if state in _PLAIN_KREIS else f"Landkreis {name}"


def _districts(municipalities: Iterable[RegisterEntry]) -> Iterator[RegisterEntry]:
    """The rural districts, summed up from their municipalities. A city district is a municipality already."""
    rural = sorted((entry for entry in municipalities if entry.type not in CITY_DISTRICTS), key=lambda entry: entry.ags)
    for key, group in groupby(rural, key=lambda entry: entry.ags[:5]):
        members = list(group)
        first = members[0]
        name = district_name(first.district or key, first.state)
        yield RegisterEntry(
            kind=MunicipalityKind.LANDKREIS,
            ags=key,
            ars=None,
            official_name=name,
            name=name,
            type="Landkreis",
            state=first.state,
            region=first.region,
            district=None,
            association=None,
            area_km2=round(sum(entry.area_km2 or 0 for entry in members), 2),
            population=sum(entry.population or 0 for entry in members),
            population_male=sum(entry.population_male or 0 for entry in members),
            postcode=None,
            lon=None,
            lat=None,
            urbanisation=None,
            as_of=first.as_of,
        )


def _number(text: str) -> float | None:
    return float(text) if text else None


def _count(text: str) -> int | None:
    return int(text) if text else None
