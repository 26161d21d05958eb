"""A draw with its record, and who sits on the panel."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from fdplattform.db import Base, Versioned


class RunState(StrEnum):
    """Where a draw stands."""

    #: It waits for the worker.
    QUEUED = "queued"
    RUNNING = "running"
    #: The lottery is there; somebody has to accept it or to let it run again.
    OFFERED = "offered"
    #: Accepted: the record is public, and no number is drawn yet.
    COMMITTED = "committed"
    #: The number is drawn and the members are known.
    DRAWN = "drawn"
    #: Somebody stopped it, or turned the offered lottery down.
    CANCELLED = "cancelled"
    #: Its record was public; somebody withdrew it, for a reason that is public too, before a number was drawn.
    WITHDRAWN = "withdrawn"
    #: It ended without a lottery.
    FAILED = "failed"
    #: No panel keeps the quotas.
    INFEASIBLE = "infeasible"


#: States in which a worker is to do something.
AT_WORK = frozenset({RunState.QUEUED, RunState.RUNNING})
#: States in which there is a lottery with its record.
WITH_RECORD = frozenset({RunState.OFFERED, RunState.COMMITTED, RunState.DRAWN})


class Run(Base):
    """One attempt to draw the panel of an event."""

    __tablename__ = "draw_run"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    #: The event's id while the draw is active, else None: two coordinators never draw at the same time.
    active_key: Mapped[int | None] = mapped_column(unique=True)
    state: Mapped[RunState]
    method: Mapped[str] = mapped_column(String(20))
    #: Seats that are drawn.
    size: Mapped[int]
    #: From how many panels one is drawn by hand.
    panels: Mapped[int]
    #: Seconds after which the best lottery so far is offered.
    time_limit: Mapped[int]
    #: Secret. Every attempt of the worker uses the same one; it goes with the sealed record.
    seed: Mapped[str | None] = mapped_column(String(40))
    #: Whoever named dates, but not all of the event's, is not in the pool.
    every_date: Mapped[bool] = mapped_column(default=False)
    #: Fingerprint of the quotas and people that the worker saw.
    basis: Mapped[str | None] = mapped_column(String(64))
    job_id: Mapped[int | None]
    #: What is being done (a code of the engine), and how much of it, 0 to 100.
    step: Mapped[str | None] = mapped_column(String(40))
    progress: Mapped[int] = mapped_column(default=0)
    #: What the lottery can claim; None while there is none.
    outcome: Mapped[str | None] = mapped_column(String(20))
    #: Why there is no lottery: sentences as codes with values.
    reason: Mapped[list[Any] | None]
    #: The smallest change with which there is one.
    relaxation: Mapped[dict[str, Any] | None]
    #: Figures of its fairness: everybody's chance without names, groups, who is drawn almost surely.
    fairness: Mapped[dict[str, Any] | None]
    #: The record with everybody's attributes, and the one that everybody may read; canonical JSON.
    sealed: Mapped[str | None] = mapped_column(Text, deferred=True)
    public: Mapped[str | None] = mapped_column(Text, deferred=True)
    commitment: Mapped[str | None] = mapped_column(String(64))
    #: The panel that was drawn by hand, from 1.
    number: Mapped[int | None]
    witnesses: Mapped[str | None] = mapped_column(String(300))
    #: Numbers that were entered by mistake before, and why they do not count: `[number, reason]`, the oldest first.
    mistakes: Mapped[list[Any] | None]
    #: Why a public record was withdrawn.
    withdrawal: Mapped[str | None] = mapped_column(String(500))
    started_at: Mapped[datetime]
    started_by: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    #: When the worker was done with it, in whatever way.
    finished_at: Mapped[datetime | None]
    committed_at: Mapped[datetime | None]
    drawn_at: Mapped[datetime | None]
    #: When the sealed record and the seed were deleted.
    unsealed_at: Mapped[datetime | None]

    @property
    def has_sealed(self) -> bool:
        """Whether there is a sealed record, without loading it."""
        return self.unsealed_at is None and self.state in WITH_RECORD


class Origin(StrEnum):
    """How somebody came onto the panel."""

    DRAWN = "drawn"
    REPLACEMENT = "replacement"
    #: On a seat outside the sample.
    NOMINATED = "nominated"
    #: The municipality drew without this program.
    BY_HAND = "by_hand"


class Member(Versioned, Base):
    """Somebody who sits, or sat, on the panel, or may move up. What a member says is never stored with the member."""

    __tablename__ = "panel_member"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    run_id: Mapped[int | None] = mapped_column(ForeignKey("draw_run.id", ondelete="SET NULL"), index=True)
    invitee_id: Mapped[int | None] = mapped_column(ForeignKey("draw_invitee.id", ondelete="SET NULL"), index=True)
    origin: Mapped[Origin]
    #: The person's number in the record of the draw.
    person: Mapped[int | None]
    #: A name or a pseudonym.
    name: Mapped[str | None] = mapped_column(String(300))
    street: Mapped[str | None] = mapped_column(String(200))
    postal_code: Mapped[str | None] = mapped_column(String(20))
    city: Mapped[str | None] = mapped_column(String(200))
    email: Mapped[str | None] = mapped_column(String(254))
    phone: Mapped[str | None] = mapped_column(String(60))
    language: Mapped[str | None] = mapped_column(String(10))
    entered_at: Mapped[datetime]
    #: None: waits in the reserve of a panel that was not drawn here.
    joined_at: Mapped[datetime | None]
    left_at: Mapped[datetime | None]
    #: When name and contact were deleted.
    shredded_at: Mapped[datetime | None]

    @property
    def sits(self) -> bool:
        """Whether the person is on the panel now."""
        return self.joined_at is not None and self.left_at is None

    @property
    def waits(self) -> bool:
        """Whether the person is in the reserve of a panel that was not drawn here."""
        return self.joined_at is None and self.left_at is None


def letter_key(member_id: int) -> str:
    """How a member is known among the letters."""
    return f"member:{member_id}"


class Counted(Base):
    """How many members of a panel that was not drawn here belong to a category: a number, and not who they are."""

    __tablename__ = "panel_count"
    __table_args__ = (CheckConstraint("people >= 0", name="people"),)

    category_id: Mapped[int] = mapped_column(
        ForeignKey("draw_category.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    people: Mapped[int]
