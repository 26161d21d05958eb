"""A joint statement, its drafts, its points and what becomes of them. Nobody's name stands here."""

from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from fdplattform.db import Base, Versioned


class Unanimity(StrEnum):
    """How a statement is carried."""

    UNANIMOUS = "unanimous"
    RESERVATIONS = "reservations"


class PointStatus(StrEnum):
    """What those who were addressed make of a point."""

    OPEN = "open"
    TAKEN_UP = "taken_up"
    PARTLY = "partly"
    EXAMINED = "examined"
    NOT_TAKEN_UP = "not_taken_up"


class Statement(Versioned, Base):
    """What the people of an event say together, in the words that hold now."""

    __tablename__ = "statement"
    TRANSLATED: ClassVar[tuple[str, ...]] = ("text", "reservations")

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), unique=True)
    language: Mapped[str] = mapped_column(String(10), default="de")
    text: Mapped[str] = mapped_column(Text)
    #: None while nobody was asked.
    unanimity: Mapped[Unanimity | None] = mapped_column()
    #: What not everybody carries, and why; without names.
    reservations: Mapped[str | None] = mapped_column(Text)


class StatementDraft(Base):
    """The statement as it was saved once. Who saved it, the journal knows."""

    __tablename__ = "statement_draft"
    __table_args__ = (UniqueConstraint("statement_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    statement_id: Mapped[int] = mapped_column(ForeignKey("statement.id", ondelete="CASCADE"))
    #: From 1.
    number: Mapped[int] = mapped_column()
    text: Mapped[str] = mapped_column(Text)
    saved_at: Mapped[datetime] = mapped_column()


class StatementPoint(Versioned, Base):
    """A point of the statement, who is responsible for it, the official response, and what came of it in the end."""

    __tablename__ = "statement_point"
    __table_args__ = (Index("ix_statement_point_order", "event_id", "position"),)
    TRANSLATED: ClassVar[tuple[str, ...]] = ("text", "body", "response", "outcome")

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    #: From 1.
    position: Mapped[int] = mapped_column()
    language: Mapped[str] = mapped_column(String(10), default="de")
    text: Mapped[str] = mapped_column(Text)
    #: Who has to respond: a council, an office, somebody outside the town hall.
    body: Mapped[str | None] = mapped_column(String(200))
    #: Until when the response is promised.
    due_on: Mapped[date | None] = mapped_column()
    status: Mapped[PointStatus] = mapped_column(default=PointStatus.OPEN)
    #: The official response with its reason.
    response: Mapped[str | None] = mapped_column(Text)
    responded_on: Mapped[date | None] = mapped_column()
    #: What came of it, asked for weeks and months later.
    outcome: Mapped[str | None] = mapped_column(Text)
    outcome_on: Mapped[date | None] = mapped_column()
