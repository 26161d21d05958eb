"""A registration: one person or a group that comes together, for one date of an event."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fdplattform.db import Base, Versioned
from fdplattform.events.models import EventDate


class Status(StrEnum):
    """Where a registration stands."""

    CONFIRMED = "confirmed"
    WAITING = "waiting"
    CANCELLED = "cancelled"


class Source(StrEnum):
    """How it reached us. All sources are equal: the queue is in the order of entry."""

    ONLINE = "online"
    PAPER = "paper"
    TELEPHONE = "telephone"
    WALK_IN = "walk_in"


class Registration(Versioned, Base):
    """A place in the queue of a date. What is personal is nullable: it is shredded when its time is over."""

    __tablename__ = "registration"
    __table_args__ = (
        # The lock on the date's row hands out the numbers; this is what holds if somebody forgets to take it.
        UniqueConstraint("event_date_id", "number"),
        # A double click sends the same token twice.
        UniqueConstraint("event_date_id", "token"),
        Index("ix_registration_seats", "event_date_id", "status", "people"),
        CheckConstraint("people > 0", name="people"),
        CheckConstraint("children >= 0", name="children"),
        CheckConstraint("attended >= 0", name="attended"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    #: RESTRICT: nobody removes a date, and silently the people with it.
    event_date_id: Mapped[int] = mapped_column(ForeignKey("event_date.id", ondelete="RESTRICT"))
    #: Place in the order of entry, from 1; never given twice.
    number: Mapped[int] = mapped_column()
    status: Mapped[Status] = mapped_column()
    source: Mapped[Source] = mapped_column()
    #: Size of the group; it is confirmed wholly or not at all.
    people: Mapped[int] = mapped_column()
    #: Let in although there was no seat left: staff said so at the door.
    beyond_capacity: Mapped[bool] = mapped_column(default=False)
    #: How many of the group came; None while nobody has looked.
    attended: Mapped[int | None] = mapped_column()

    # The code itself is stored nowhere, see `codes`.
    code_seed: Mapped[str] = mapped_column(String(32))
    code_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    token: Mapped[str | None] = mapped_column(String(64))

    # Contact
    #: A name or a pseudonym.
    name: Mapped[str | None] = mapped_column(String(300))
    email: Mapped[str | None] = mapped_column(String(254))
    phone: Mapped[str | None] = mapped_column(String(60))
    #: The language in which the person wants to be addressed.
    language: Mapped[str | None] = mapped_column(String(10))

    # Needs
    #: The language to interpret into.
    interpreter: Mapped[str | None] = mapped_column(String(60))
    #: Number of children to look after.
    children: Mapped[int] = mapped_column(default=0)
    access_needs: Mapped[str | None] = mapped_column(Text)

    entered_at: Mapped[datetime] = mapped_column()
    promoted_at: Mapped[datetime | None] = mapped_column()
    cancelled_at: Mapped[datetime | None] = mapped_column()
    #: When something changed that the person does not know yet; None for who is told by e-mail.
    news_at: Mapped[datetime | None] = mapped_column()
    #: When somebody called the person last.
    told_at: Mapped[datetime | None] = mapped_column()
    #: When contact and name were deleted.
    shredded_at: Mapped[datetime | None] = mapped_column()

    event_date: Mapped[EventDate] = relationship(lazy="raise")

    @property
    def active(self) -> bool:
        """True for who has a place or waits for one."""
        return self.status is not Status.CANCELLED
