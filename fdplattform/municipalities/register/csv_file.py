"""The register as CSV, with the columns of `data/gemeinden_de_2023.csv` (an extract of the Gemeindeverzeichnis)."""

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from fdplattform.municipalities.models import MunicipalityKind
from fdplattform.municipalities.register.entry import TYPES, RegisterEntry, short_name, unreadable


def read_csv(path: Path) -> Iterator[RegisterEntry]:
    """The municipalities in the file. Raises DomainError at a line that makes no sense."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), start=2):
            yield _municipality(number, row)


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
        raise unreadable(line, error) from error


def _number(text: str) -> float | None:
    return float(text) if text else None


def _count(text: str) -> int | None:
    return int(text) if text else None
