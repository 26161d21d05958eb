"""The texts of serial letters, and the letters made from them: runs, their files, and who is in which file."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from fdplattform.db import Base, Versioned


class LetterText(Versioned, Base):
    """What a kind of letter says in one language. Without a row the kind's own text holds."""

    __tablename__ = "letter_text"
    __table_args__ = (UniqueConstraint("event_id", "kind", "language"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(60))
    language: Mapped[str] = mapped_column(String(10))
    subject: Mapped[str] = mapped_column(String(200))
    #: Paragraphs with placeholders such as `${name}`; a line between two paragraphs is empty.
    body: Mapped[str] = mapped_column(Text)


class LetterHead(Versioned, Base):
    """Who writes: the same on all letters of an event."""

    __tablename__ = "letter_head"

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), primary_key=True)
    #: In one line, as it stands in the window of the envelope; also where reply cards go.
    sender: Mapped[str] = mapped_column(String(120))
    #: Whom to ask, in a few lines beside the address.
    contact: Mapped[str] = mapped_column(String(300))


class RunState(StrEnum):
    """How far the letters are."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"


#: A worker makes them, or will.
AT_WORK = frozenset({RunState.QUEUED, RunState.RUNNING})


class LetterRun(Base):
    """Letters of one kind that were made together."""

    __tablename__ = "letter_run"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(60))
    #: `<event>:<kind>` until the letters are posted or discarded: two people never make the same letters.
    active_key: Mapped[str | None] = mapped_column(String(80), unique=True)
    state: Mapped[RunState] = mapped_column()
    #: How many letters are to be made, and how many are.
    total: Mapped[int] = mapped_column()
    done: Mapped[int] = mapped_column(default=0)
    job_id: Mapped[int | None] = mapped_column()
    #: The keys of those to whom no letter can go, because the address is not complete.
    problems: Mapped[list[str]] = mapped_column(default=list)
    created_at: Mapped[datetime] = mapped_column()
    finished_at: Mapped[datetime | None] = mapped_column()
    #: The day on which staff took the letters to the post.
    posted_on: Mapped[date | None] = mapped_column()
    #: When the files were deleted.
    cleared_at: Mapped[datetime | None] = mapped_column()


class LetterFile(Base):
    """Some hundred letters of a run, to be printed in one go."""

    __tablename__ = "letter_file"

    run_id: Mapped[int] = mapped_column(ForeignKey("letter_run.id", ondelete="CASCADE"), primary_key=True)
    #: From 1, in the order of postal codes.
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    #: None where letters are printed from pages, and when the file was deleted.
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id", ondelete="SET NULL"), index=True)
    #: How many letters it holds.
    letters: Mapped[int] = mapped_column()
    made_at: Mapped[datetime] = mapped_column()


class LetterItem(Base):
    """One letter: in which file it is. Whom it goes to is known only by the key."""

    __tablename__ = "letter_item"
    __table_args__ = (
        ForeignKeyConstraint(
            ["run_id", "number"],
            ["letter_file.run_id", "letter_file.number"],
            name="fk_letter_item_letter_file",
            ondelete="CASCADE",
        ),
        Index("ix_letter_item_key", "key"),
    )

    run_id: Mapped[int] = mapped_column(primary_key=True)
    #: As the kind of letter names its recipients, e.g. `invitee:17`.
    key: Mapped[str] = mapped_column(String(60), primary_key=True)
    #: The number of the file.
    number: Mapped[int] = mapped_column()
