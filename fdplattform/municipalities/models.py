"""A municipality or rural district (Landkreis): the host of dialogues."""

from datetime import date
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import Float, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from fdplattform.db import Base, Versioned


class MunicipalityKind(StrEnum):
    """What sort of body it is. A Stadtkreis is a Gemeinde: it is both in one, with one council."""

    GEMEINDE = "gemeinde"
    LANDKREIS = "landkreis"


class Municipality(Versioned, Base):
    """A host of dialogues. Statistics come from the register; an import never overwrites what people edited."""

    __tablename__ = "municipality"
    __table_args__ = (Index("ix_municipality_active_name", "active", "name"),)
    TRANSLATED: ClassVar[tuple[str, ...]] = ("introduction",)

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(100), unique=True)
    kind: Mapped[MunicipalityKind]

    # From the register
    #: Amtlicher Gemeindeschlüssel: 8 digits, 5 for a Landkreis, None when fictional.
    ags: Mapped[str | None] = mapped_column(String(8), unique=True)
    #: Amtlicher Regionalschlüssel, 12 digits.
    ars: Mapped[str | None] = mapped_column(String(12))
    #: As the register writes it: "Ostfildern, Stadt".
    official_name: Mapped[str] = mapped_column(String(200))
    #: As people say it: "Ostfildern".
    name: Mapped[str] = mapped_column(String(200))
    #: `name` folded for search: lower case, "ß" as "ss", umlauts and accents reduced to their base letter.
    search_name: Mapped[str] = mapped_column(String(200), index=True)
    #: "Stadt", "Gemeinde", "Stadtkreis", "Landkreis" …
    type: Mapped[str] = mapped_column(String(60))
    #: The Land: "Baden-Württemberg".
    state: Mapped[str] = mapped_column(String(60))
    #: Regierungsbezirk.
    region: Mapped[str | None] = mapped_column(String(120))
    #: Kreis.
    district: Mapped[str | None] = mapped_column(String(120))
    #: Verwaltungsgemeinschaft or Gemeindeverwaltungsverband.
    association: Mapped[str | None] = mapped_column(String(200))
    area_km2: Mapped[float | None] = mapped_column(Float)
    population: Mapped[int | None] = mapped_column()
    population_male: Mapped[int | None] = mapped_column()
    postcode: Mapped[str | None] = mapped_column(String(5))
    lon: Mapped[float | None] = mapped_column(Float)
    lat: Mapped[float | None] = mapped_column(Float)
    #: Grad der Verstädterung: "01" densely, "02" medium, "03" sparsely populated.
    urbanisation: Mapped[str | None] = mapped_column(String(2))
    #: The day for which the register's figures hold.
    as_of: Mapped[date | None] = mapped_column()

    # Edited here
    #: Made up, for a demo or for practice; every page says so.
    fictional: Mapped[bool] = mapped_column(default=False)
    #: Takes part: has an agreement, a dialogue or a member. Others are only found by the search.
    active: Mapped[bool] = mapped_column(default=False)
    #: The language in which `introduction` was written.
    language: Mapped[str] = mapped_column(String(10), default="de")
    introduction: Mapped[str | None] = mapped_column(Text)
    contact_name: Mapped[str | None] = mapped_column(String(200))
    contact_email: Mapped[str | None] = mapped_column(String(254))
    contact_phone: Mapped[str | None] = mapped_column(String(60))
    website: Mapped[str | None] = mapped_column(String(300))
    #: "#rrggbb", readable on white (contrast at least 4.5).
    colour: Mapped[str | None] = mapped_column(String(7))
    logo_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id", ondelete="SET NULL"))
