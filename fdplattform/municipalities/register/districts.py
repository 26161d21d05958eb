"""The rural districts, made from their municipalities."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from fdplattform.municipalities.models import MunicipalityKind
from fdplattform.municipalities.register.entry import CITY_DISTRICTS, RegisterEntry

#: The states that say "Kreis Olpe" where the others say "Landkreis Calw".
_PLAIN_KREIS = frozenset({"Nordrhein-Westfalen", "Schleswig-Holstein"})


def district_name(name: str, state: str) -> str:
    """The full name of a rural district: "Calw" → "Landkreis Calw", but "Ortenaukreis" as it is."""
    if "kreis" in name.lower() or name.lower().startswith(("region", "städteregion")):
        return name
    return f"Kreis {name}" if state in _PLAIN_KREIS else f"Landkreis {name}"


def districts(municipalities: Iterable[RegisterEntry]) -> Iterator[RegisterEntry]:
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
