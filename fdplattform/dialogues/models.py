"""A dialogue and its phases."""

from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fdplattform.db import Base, Versioned
from fdplattform.municipalities.models import Municipality


class DialogueState(StrEnum):
    """How far a dialogue is."""

    DRAFT = "draft"
    PUBLISHED = "published"
    CLOSED = "closed"


class PhaseStatus(StrEnum):
    """How far a phase is."""

    PLANNED = "planned"
    RUNNING = "running"
    DONE = "done"
    SKIPPED = "skipped"


class Dialogue(Versioned, Base):
    """One process of one municipality. Its goal and what happens with the results are promised from the start."""

    __tablename__ = "dialogue"
    __table_args__ = (
        UniqueConstraint("municipality_id", "slug"),
        # The home page shows the newest running ones.
        Index("ix_dialogue_state_published_at", "state", "published_at"),
    )
    TRANSLATED: ClassVar[tuple[str, ...]] = ("title", "goal", "results_promise", "occasion")

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id", ondelete="RESTRICT"))
    slug: Mapped[str] = mapped_column(String(100))
    #: The language in which the texts were written.
    language: Mapped[str] = mapped_column(String(10), default="de")
    title: Mapped[str] = mapped_column(String(200))
    goal: Mapped[str] = mapped_column(Text)
    #: What will happen with the results.
    results_promise: Mapped[str] = mapped_column(Text)
    occasion: Mapped[str | None] = mapped_column(Text)
    #: The languages in which people can take part.
    languages: Mapped[list[str]] = mapped_column(default=lambda: ["de"])
    starts_on: Mapped[date | None] = mapped_column()
    ends_on: Mapped[date | None] = mapped_column()
    state: Mapped[DialogueState] = mapped_column(default=DialogueState.DRAFT)
    published_at: Mapped[datetime | None] = mapped_column()
    created_at: Mapped[datetime] = mapped_column()

    municipality: Mapped[Municipality] = relationship(lazy="raise")
    phases: Mapped[list["Phase"]] = relationship(
        lazy="raise",
        back_populates="dialogue",
        order_by="Phase.position",
        cascade="all, delete-orphan",
        passive_deletes=True,
    )


class Phase(Versioned, Base):
    """A building block in one dialogue. It may last one day; it may overlap with others, which is shown."""

    __tablename__ = "phase"
    __table_args__ = (
        UniqueConstraint("dialogue_id", "block"),
        CheckConstraint("block BETWEEN 1 AND 6", name="block"),
        CheckConstraint("ends_on >= starts_on", name="order"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id", ondelete="CASCADE"), index=True)
    #: The building block, 1 to 6 (`fdplattform.method`).
    block: Mapped[int] = mapped_column()
    #: The order in this dialogue, from 1.
    position: Mapped[int] = mapped_column()
    starts_on: Mapped[date | None] = mapped_column()
    ends_on: Mapped[date | None] = mapped_column()
    status: Mapped[PhaseStatus] = mapped_column(default=PhaseStatus.PLANNED)
    #: Shown to everybody: what is special about this phase here.
    note: Mapped[str | None] = mapped_column(Text)

    dialogue: Mapped[Dialogue] = relationship(lazy="raise", back_populates="phases")
