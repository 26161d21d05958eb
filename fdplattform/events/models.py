"""An event, its dates and the series it may belong to."""

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fdplattform.db import Base, Versioned
from fdplattform.dialogues.models import Dialogue


class EventSeries(Versioned, Base):
    """Several events of one format that were made together, e.g. one for each field of action."""

    __tablename__ = "event_series"
    TRANSLATED: ClassVar[tuple[str, ...]] = ("title", "synthesis")

    id: Mapped[int] = mapped_column(primary_key=True)
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id", ondelete="CASCADE"), index=True)
    format_id: Mapped[str] = mapped_column(String(60))
    language: Mapped[str] = mapped_column(String(10), default="de")
    title: Mapped[str] = mapped_column(String(200))
    #: What the events together say, written when all were held.
    synthesis: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column()


class Event(Versioned, Base):
    """One event of a dialogue. Its format (a plugin) says what it asks and which way it goes."""

    __tablename__ = "event"
    __table_args__ = (
        UniqueConstraint("dialogue_id", "slug"),
        Index("ix_event_format_state", "format_id", "state"),
    )
    TRANSLATED: ClassVar[tuple[str, ...]] = ("title", "goal", "results_promise", "description", "public_notice")

    id: Mapped[int] = mapped_column(primary_key=True)
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id", ondelete="CASCADE"))
    slug: Mapped[str] = mapped_column(String(100))
    format_id: Mapped[str] = mapped_column(String(60))
    #: The version of the format's workflow with which the event started; it keeps it.
    workflow_version: Mapped[int] = mapped_column()
    state: Mapped[str] = mapped_column(String(60))
    #: The building block, 1 to 6, in which it takes place.
    block: Mapped[int] = mapped_column()
    series_id: Mapped[int | None] = mapped_column(ForeignKey("event_series.id", ondelete="SET NULL"), index=True)
    #: The event that this one follows, e.g. the council that a public café presents.
    follows_id: Mapped[int | None] = mapped_column(ForeignKey("event.id", ondelete="SET NULL"), index=True)
    #: The one field of action it is about, when it is about one.
    field_id: Mapped[int | None] = mapped_column(ForeignKey("field_of_action.id", ondelete="SET NULL"), index=True)

    #: The language in which the texts were written.
    language: Mapped[str] = mapped_column(String(10), default="de")
    title: Mapped[str] = mapped_column(String(200))
    goal: Mapped[str] = mapped_column(Text)
    #: What will happen with the results.
    results_promise: Mapped[str] = mapped_column(Text)
    description: Mapped[str | None] = mapped_column(Text)
    #: Who invites and can be asked: a name or an office, shown to everybody.
    host: Mapped[str | None] = mapped_column(String(200))
    #: The answers to the format's own form, as its schema serializes them; None when the format has a model.
    details: Mapped[dict[str, Any] | None] = mapped_column()

    #: Ids of the format's optional tools that this event does without.
    tools_off: Mapped[list[str]] = mapped_column(default=list)

    #: Taken off the public pages by hand, although its state is public.
    hidden: Mapped[bool] = mapped_column(default=False)
    #: Shown on top of the public page: why it was cancelled or postponed.
    public_notice: Mapped[str | None] = mapped_column(Text)
    postponed_at: Mapped[datetime | None] = mapped_column()
    created_at: Mapped[datetime] = mapped_column()
    #: When it entered the state it is in.
    entered_at: Mapped[datetime] = mapped_column()

    dialogue: Mapped[Dialogue] = relationship(lazy="raise")
    dates: Mapped[list["EventDate"]] = relationship(
        lazy="raise", back_populates="event", order_by="EventDate.starts_at", passive_deletes=True
    )
    series: Mapped[EventSeries | None] = relationship(lazy="raise")


class EventDate(Versioned, Base):
    """One date of an event: when, where, and for how many people. Capacity belongs here: this row is what is locked."""

    __tablename__ = "event_date"
    __table_args__ = (
        CheckConstraint("ends_at > starts_at", name="order"),
        CheckConstraint("capacity IS NULL OR capacity > 0", name="capacity"),
        Index("ix_event_date_starts_at", "starts_at"),
        Index("ix_event_date_ends_at", "ends_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    starts_at: Mapped[datetime] = mapped_column()
    ends_at: Mapped[datetime] = mapped_column()
    place: Mapped[str] = mapped_column(String(200))
    address: Mapped[str | None] = mapped_column(String(300))
    #: How to get in without steps, where the quiet room is, and the like.
    access: Mapped[str | None] = mapped_column(Text)
    #: Number of people; None when there is no limit.
    capacity: Mapped[int | None] = mapped_column()
    #: Until when people may register; None means until it starts.
    registration_until: Mapped[datetime | None] = mapped_column()

    event: Mapped[Event] = relationship(lazy="raise", back_populates="dates")


class EventFollowUp(Base):
    """A follow-up question of the event's format that was put to the team, and whether it was dealt with."""

    __tablename__ = "event_follow_up"

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), primary_key=True)
    #: The id that the format gave it.
    follow_up_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    #: When the mail about it went into the outbox.
    told_at: Mapped[datetime | None] = mapped_column()
    done_at: Mapped[datetime | None] = mapped_column()
