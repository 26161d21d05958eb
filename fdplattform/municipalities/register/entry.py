"""What the register says about one body, whichever file it comes from."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from gv100ad import MunicipalityType
from translationstring import TranslationStringFactory

from fdplattform.errors import DomainError
from fdplattform.municipalities.models import MunicipalityKind

_ = TranslationStringFactory("fdplattform")

TYPES = {
    "STADTKREIS": "Stadtkreis",
    "KREISFREIE_STADT": "Kreisfreie Stadt",
    "GROSSE_KREISSTADT": "Große Kreisstadt",
    "STADT": "Stadt",
    "MARKT": "Markt",
    "KREISANGEHOERIGE_GEMEINDE": "Gemeinde",
}
#: Lakes, forests and military grounds that belong to no municipality.
UNINCORPORATED = frozenset(
    {MunicipalityType.GEMEINDEFREIES_GEBIET_BEWOHNT, MunicipalityType.GEMEINDEFREIES_GEBIET_UNBEWOHNT}
)
#: A city that is its own district: there is no second body beside it.
CITY_DISTRICTS = frozenset({"Stadtkreis", "Kreisfreie Stadt"})


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


def short_name(official_name: str) -> str:
    """The name as people say it: without the title behind the comma, "Ostfildern, Stadt" → "Ostfildern"."""
    return official_name.partition(",")[0].replace("/ ", "/").strip()


def unreadable(line: int, error: Exception) -> DomainError:
    """What to say when a line of the file makes no sense."""
    return DomainError(
        _("Line ${line} of the register cannot be read: ${reason}", mapping={"line": line, "reason": str(error)})
    )
