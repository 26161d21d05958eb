"""Whom letters go to: the extract of the residents' register while it is read, and the people drawn from it.

The rows of an extract are never in a table: only who is written to is, and that too for a time.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from fdplattform.db import Base, Versioned


class ExtractState(StrEnum):
    """How far an extract is. The last three are over; their file is deleted."""

    UPLOADED = "uploaded"
    READING = "reading"
    READ = "read"
    SAMPLING = "sampling"
    SAMPLED = "sampled"
    DISCARDED = "discarded"
    EXPIRED = "expired"


class Extract(Versioned, Base):
    """An extract of the register: a file, how its columns are to be read, and what reading it brought to light."""

    __tablename__ = "draw_extract"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    #: The event's id while the extract is in use, None when it is over: an event has one at a time.
    active_key: Mapped[int | None] = mapped_column(unique=True)
    state: Mapped[ExtractState] = mapped_column()
    #: None as soon as the sample is drawn.
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id", ondelete="SET NULL"))
    uploaded_at: Mapped[datetime] = mapped_column()
    #: When the file is deleted, whatever happened to it.
    delete_at: Mapped[datetime] = mapped_column()

    #: `utf-8-sig`, `cp1252` …; empty for a workbook.
    encoding: Mapped[str] = mapped_column(String(20))
    #: The character between two cells; empty for a workbook.
    delimiter: Mapped[str] = mapped_column(String(1))
    #: The titles of the columns.
    columns: Mapped[list[str]] = mapped_column(default=list)
    #: Which column (from 0) holds what: field or `criterion:17` to column.
    mapping: Mapped[dict[str, Any]] = mapped_column(default=dict)
    #: Fingerprint of what was asked when the file was read: criteria, least age, quarters.
    basis: Mapped[str | None] = mapped_column(String(64))
    #: For each criterion's id, which value of its column means which category's id; None: leave these people out.
    meanings: Mapped[dict[str, Any]] = mapped_column(default=dict)
    #: For each criterion's id (and `quarter`), the values found in its column and how many rows have them.
    found: Mapped[dict[str, Any]] = mapped_column(default=dict)

    job_id: Mapped[int | None] = mapped_column()
    #: Why reading or sampling stopped: the code of a fault, and what its sentence names.
    failure: Mapped[dict[str, Any] | None] = mapped_column()
    #: Numbers of people: `rows`, `usable`, `locked` …
    counts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    #: The first problems, as [line, code, field]; all of them are in a file.
    problems: Mapped[list[Any]] = mapped_column(default=list)
    problem_count: Mapped[int] = mapped_column(default=0)
    problems_file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id", ondelete="SET NULL"))

    #: How many people shall be drawn, and when they were.
    size: Mapped[int | None] = mapped_column()
    sampled_at: Mapped[datetime | None] = mapped_column()


class Invitee(Base):
    """Somebody drawn from the register, to whom a letter goes. What is personal is nullable: it is shredded in time."""

    __tablename__ = "draw_invitee"
    __table_args__ = (
        UniqueConstraint("event_id", "number"),
        Index("ix_draw_invitee_person", "event_id", "person"),
        Index("ix_draw_invitee_extract", "extract_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    #: The extract from which the person was drawn.
    extract_id: Mapped[int | None] = mapped_column(ForeignKey("draw_extract.id", ondelete="SET NULL"))
    #: Running number, from 1, in an order made by lot.
    number: Mapped[int] = mapped_column()

    given_name: Mapped[str | None] = mapped_column(String(200))
    family_name: Mapped[str | None] = mapped_column(String(200))
    #: With the house number.
    street: Mapped[str | None] = mapped_column(String(200))
    postal_code: Mapped[str | None] = mapped_column(String(20))
    city: Mapped[str | None] = mapped_column(String(200))
    #: The language of the letter, where the register tells it.
    language: Mapped[str | None] = mapped_column(String(10))
    #: Keyed hashes by which a later extract's people and households are recognised.
    person: Mapped[str | None] = mapped_column(String(64))
    household: Mapped[str | None] = mapped_column(String(64))

    #: The code itself is stored nowhere, see `tools.codes`.
    code_seed: Mapped[str] = mapped_column(String(32))
    code_hash: Mapped[str | None] = mapped_column(String(64), unique=True)

    sampled_at: Mapped[datetime] = mapped_column()
    #: When name and address were deleted.
    shredded_at: Mapped[datetime | None] = mapped_column()


def letter_key(invitee_id: int) -> str:
    """How letters name somebody who was drawn from the register."""
    return f"invitee:{invitee_id}"


class InviteeCategory(Base):
    """To which category of a criterion somebody belongs, as the register says."""

    __tablename__ = "draw_invitee_category"

    invitee_id: Mapped[int] = mapped_column(ForeignKey("draw_invitee.id", ondelete="CASCADE"), primary_key=True)
    criterion_id: Mapped[int] = mapped_column(
        ForeignKey("draw_criterion.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    category_id: Mapped[int] = mapped_column(ForeignKey("draw_category.id", ondelete="CASCADE"), index=True)
