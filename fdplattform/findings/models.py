"""Findings, fields of action and proposals: the chain of evidence from a card to a measure."""

from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import Column, ForeignKey, String, Table, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fdplattform.db import Base, Versioned


class FindingKind(StrEnum):
    """What sort of result it is."""

    VISION = "vision"
    CHALLENGE = "challenge"
    IDEA = "idea"
    CONCERN = "concern"
    INFORMATION = "information"
    FURTHER_ACTOR = "further_actor"


#: Which findings a field of action was made from.
field_finding = Table(
    "field_finding",
    Base.metadata,
    Column("field_id", ForeignKey("field_of_action.id", ondelete="CASCADE"), primary_key=True),
    Column("finding_id", ForeignKey("finding.id", ondelete="CASCADE"), primary_key=True, index=True),
)

#: Which findings a proposal was made from.
proposal_finding = Table(
    "proposal_finding",
    Base.metadata,
    Column("proposal_id", ForeignKey("proposal.id", ondelete="CASCADE"), primary_key=True),
    Column("finding_id", ForeignKey("finding.id", ondelete="CASCADE"), primary_key=True, index=True),
)


class FieldOfAction(Versioned, Base):
    """A field of action (Handlungsfeld) of a dialogue, known beforehand or found on the day."""

    __tablename__ = "field_of_action"
    TRANSLATED: ClassVar[tuple[str, ...]] = ("title", "description")

    id: Mapped[int] = mapped_column(primary_key=True)
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id", ondelete="CASCADE"), index=True)
    position: Mapped[int] = mapped_column()
    language: Mapped[str] = mapped_column(String(10), default="de")
    title: Mapped[str] = mapped_column(String(200))
    description: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column()

    findings: Mapped[list["Finding"]] = relationship(lazy="raise", secondary=field_finding, passive_deletes=True)


class Finding(Versioned, Base):
    """One result of an event. It remembers where it came from, also when the event is gone."""

    __tablename__ = "finding"
    TRANSLATED: ClassVar[tuple[str, ...]] = ("text",)

    id: Mapped[int] = mapped_column(primary_key=True)
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id", ondelete="CASCADE"), index=True)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("event.id", ondelete="SET NULL"), index=True)
    kind: Mapped[FindingKind] = mapped_column()
    language: Mapped[str] = mapped_column(String(10), default="de")
    text: Mapped[str] = mapped_column(Text)
    #: Where it was said: the event's title, a card's number, a list, a table; never who said it.
    origin: Mapped[str] = mapped_column(String(300))
    #: How many dots or mentions it got; None when nobody counted.
    weight: Mapped[int | None] = mapped_column()
    published: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column()


class Proposal(Versioned, Base):
    """A proposal worked out from findings: what should be done, for whom, and the first step."""

    __tablename__ = "proposal"
    TRANSLATED: ClassVar[tuple[str, ...]] = ("title", "problem", "idea", "benefits", "first_step")

    id: Mapped[int] = mapped_column(primary_key=True)
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id", ondelete="CASCADE"), index=True)
    field_id: Mapped[int | None] = mapped_column(ForeignKey("field_of_action.id", ondelete="SET NULL"), index=True)
    language: Mapped[str] = mapped_column(String(10), default="de")
    title: Mapped[str] = mapped_column(String(200))
    problem: Mapped[str | None] = mapped_column(Text)
    idea: Mapped[str] = mapped_column(Text)
    benefits: Mapped[str | None] = mapped_column(Text)
    first_step: Mapped[str | None] = mapped_column(Text)
    published: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column()

    findings: Mapped[list[Finding]] = relationship(lazy="raise", secondary=proposal_finding, passive_deletes=True)
