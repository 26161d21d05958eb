"""The register as `GV100AD`, the text file that Destatis publishes.

A line is a state (10), a region (20), a district (40), an association (50) or a municipality (60), and stands below
those to which it belongs. The file knows neither coordinates nor the degree of urbanisation.
"""

import re
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

from gv100ad import (
    District,
    FederalState,
    GovernmentRegion,
    GV100ADReader,
    MunicipalAssociation,
    Municipality,
)
from gv100ad.entities.base_record import BaseRecord

from fdplattform.municipalities.models import MunicipalityKind
from fdplattform.municipalities.register.entry import TYPES, UNINCORPORATED, RegisterEntry, short_name, unreadable

#: The first line is a state: its kind, the date of the territorial status, its key.
_FIRST_LINE = re.compile(rb"(?:\xef\xbb\xbf)?10\d{10} ")
#: From the largest to the smallest: a new one ends all that are smaller.
_LEVELS = (FederalState, GovernmentRegion, District, MunicipalAssociation)
_HECTARES_PER_KM2 = 100


def is_gv100ad(path: Path) -> bool:
    """True when the file begins as a GV100AD file does."""
    with path.open("rb") as file:
        return _FIRST_LINE.match(file.read(32)) is not None


def read_gv100ad(path: Path) -> Iterator[RegisterEntry]:
    """The municipalities in the file. Raises DomainError at a line that makes no sense."""
    above: dict[type[BaseRecord], BaseRecord] = {}
    for record in _records(path):
        if isinstance(record, _LEVELS):
            larger = _LEVELS[: _LEVELS.index(type(record))]
            above = {kind: above[kind] for kind in larger if kind in above} | {type(record): record}
        elif isinstance(record, Municipality) and record.type not in UNINCORPORATED:
            yield _entry(record, {kind: found.name for kind, found in above.items()})


def _records(path: Path) -> Iterator[BaseRecord]:
    with path.open(encoding="utf-8-sig") as file:
        for number, line in enumerate(file, start=1):
            try:
                yield from GV100ADReader(StringIO(line)).read()
            except ValueError as error:
                raise unreadable(number, error) from error


def _entry(found: Municipality, names: dict[type[BaseRecord], str]) -> RegisterEntry:
    return RegisterEntry(
        kind=MunicipalityKind.GEMEINDE,
        ags=found.regional_code,
        ars=found.regional_code[:5] + found.association + found.regional_code[5:],
        official_name=found.name,
        name=short_name(found.name),
        type=TYPES[found.type.name],
        state=names[FederalState],
        region=names.get(GovernmentRegion),
        district=names.get(District),
        association=names.get(MunicipalAssociation),
        area_km2=found.area / _HECTARES_PER_KM2,
        population=found.inhabitants,
        population_male=found.inhabitants_male,
        postcode=found.postal_code or None,
        lon=None,
        lat=None,
        urbanisation=None,
        as_of=found.timestamp,
    )
