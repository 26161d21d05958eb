"""What a panel shall look like: the plan of a draw, its criteria and their categories with quotas."""

from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fdplattform.db import Base, Versioned


class Source(StrEnum):
    """From where it is known to which category of a criterion somebody belongs."""

    REGISTER = "register"
    REPLY = "reply"


class Kind(StrEnum):
    """How a register tells the category: by a value that stands in a column, or by the age."""

    CATEGORY = "category"
    AGE = "age"


class Plan(Versioned, Base):
    """How many people are sought, and whom the letters go to. An event without a row has the defaults."""

    __tablename__ = "draw_plan"
    __table_args__ = (
        CheckConstraint("seats > 0", name="seats"),
        CheckConstraint("outside_seats >= 0 AND outside_seats < seats", name="outside_seats"),
    )

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), primary_key=True)
    #: Places of the panel.
    seats: Mapped[int] = mapped_column()
    #: Of these, places for people who are not drawn from the sample: nominated, or drawn elsewhere.
    outside_seats: Mapped[int] = mapped_column(default=0)
    #: How many people shall be written to; None: the advisor's proposal.
    letters: Mapped[int | None] = mapped_column()
    #: Of a hundred people who are written to, so many are expected to say yes.
    response_percent: Mapped[float] = mapped_column()
    #: In years, on the day of the sample.
    least_age: Mapped[int] = mapped_column()
    #: Parts of the place to which the letters go, as the register names them; empty: the whole place.
    quarters: Mapped[list[str]] = mapped_column(default=list)
    #: The last day on which people can answer.
    reply_until: Mapped[date | None] = mapped_column()
    #: Since when people are drawn from the register: criteria and categories stay, only quotas change. Set by the
    #: register's room.
    sampled_at: Mapped[datetime | None] = mapped_column()
    #: Since when the draw is committed: from then on nothing of this can be changed. Set by the panel's room.
    locked_at: Mapped[datetime | None] = mapped_column()
    #: When the panel was drawn: periods of retention count from here. Set by the panel's room.
    drawn_at: Mapped[datetime | None] = mapped_column()

    @property
    def drawn_seats(self) -> int:
        """Places that are drawn from those who said yes. Quotas are about these."""
        return self.seats - self.outside_seats


class Criterion(Versioned, Base):
    """A property by which the panel shall be mixed, e.g. age. Its categories do not overlap."""

    __tablename__ = "draw_criterion"
    #: The titles of the categories are translated with it, see `texts`.
    TRANSLATED: ClassVar[tuple[str, ...]] = ("title",)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    #: From 1.
    position: Mapped[int] = mapped_column()
    language: Mapped[str] = mapped_column(String(10), default="de")
    title: Mapped[str] = mapped_column(String(80))
    source: Mapped[Source] = mapped_column()
    kind: Mapped[Kind] = mapped_column()

    categories: Mapped[list["Category"]] = relationship(
        lazy="raise", order_by="Category.position", cascade="all, delete-orphan", passive_deletes=True
    )


class Category(Base):
    """A category of a criterion, e.g. 16 to 29 years, with its quota."""

    __tablename__ = "draw_category"
    __table_args__ = (
        CheckConstraint("least >= 0", name="least"),
        CheckConstraint("most >= least", name="most"),
        CheckConstraint("weight > 0", name="weight"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    criterion_id: Mapped[int] = mapped_column(ForeignKey("draw_criterion.id", ondelete="CASCADE"))
    #: From 1.
    position: Mapped[int] = mapped_column()
    title: Mapped[str] = mapped_column(String(80))
    #: For a criterion of kind AGE: the band in years, both ends belong to it; None is open.
    age_from: Mapped[int | None] = mapped_column()
    age_to: Mapped[int | None] = mapped_column()
    #: Percent of the population.
    share: Mapped[float | None] = mapped_column()
    #: How many members the panel has at least, and at most; None while nothing was set.
    least: Mapped[int | None] = mapped_column()
    most: Mapped[int | None] = mapped_column()
    #: Letters go to people of this category so many times as often as their share would have it.
    weight: Mapped[float] = mapped_column(default=1.0)
