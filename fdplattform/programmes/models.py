"""A programme, the agreements with municipalities, and what each municipality contributes itself."""

from datetime import date
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fdplattform.db import Base, Versioned
from fdplattform.municipalities.models import Municipality


class ContributionKind(StrEnum):
    """What a municipality provides itself."""

    ROOMS = "rooms"
    MATERIAL = "material"
    PUBLICITY = "publicity"
    CATERING = "catering"
    CO_MODERATORS = "co_moderators"


class ContributionStatus(StrEnum):
    """How certain a contribution is."""

    OPEN = "open"
    PROMISED = "promised"
    DONE = "done"


class Programme(Versioned, Base):
    """A commission: who ordered it, who carries it out, for how many municipalities and which building blocks."""

    __tablename__ = "programme"
    __table_args__ = (CheckConstraint("ends_on >= starts_on", name="order"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    client: Mapped[str] = mapped_column(String(200))
    provider: Mapped[str] = mapped_column(String(200))
    #: How many municipalities the commission is for.
    planned_municipalities: Mapped[int] = mapped_column()
    #: Numbers of the building blocks that the commission covers, ascending.
    building_blocks: Mapped[list[int]] = mapped_column()
    starts_on: Mapped[date] = mapped_column()
    ends_on: Mapped[date] = mapped_column()

    agreements: Mapped[list["Agreement"]] = relationship(
        lazy="raise",
        back_populates="programme",
        order_by="Agreement.id",
        cascade="all, delete-orphan",
        passive_deletes=True,
    )


class Agreement(Versioned, Base):
    """A municipality's place in a programme. Further blocks need a further agreement."""

    __tablename__ = "agreement"

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id", ondelete="CASCADE"), index=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id", ondelete="RESTRICT"), index=True)
    #: Numbers of the building blocks agreed, ascending; within those of the programme or beyond them.
    blocks: Mapped[list[int]] = mapped_column()
    concluded_on: Mapped[date] = mapped_column()
    #: Whom the programme office talks to about the agreement.
    contact: Mapped[str | None] = mapped_column(String(200))
    notes: Mapped[str | None] = mapped_column(Text)

    programme: Mapped[Programme] = relationship(lazy="raise", back_populates="agreements")
    municipality: Mapped[Municipality] = relationship(lazy="raise")
    contributions: Mapped[list["OwnContribution"]] = relationship(
        lazy="raise",
        back_populates="agreement",
        order_by="OwnContribution.id",
        cascade="all, delete-orphan",
        passive_deletes=True,
    )


class OwnContribution(Base):
    """One thing that the municipality provides, and how certain it is."""

    __tablename__ = "own_contribution"
    __table_args__ = (UniqueConstraint("agreement_id", "kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id", ondelete="CASCADE"))
    kind: Mapped[ContributionKind]
    status: Mapped[ContributionStatus] = mapped_column(default=ContributionStatus.OPEN)
    note: Mapped[str | None] = mapped_column(String(300))

    agreement: Mapped[Agreement] = relationship(lazy="raise", back_populates="contributions")
