"""A board and its cards. Who said something is nowhere stored, nor who wrote the card; the journal only knows who
corrected one or took its text off."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from fdplattform.db import Base, Versioned


class Board(Base):
    """The board of an event. Its row is locked by whoever writes, so that numbers are given one after the other."""

    __tablename__ = "board"

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), primary_key=True)
    #: Counted up by every change of any card: whoever has seen this number has seen everything.
    revision: Mapped[int] = mapped_column(default=0)


class Card(Versioned, Base):
    """One thought, in the order of mention. A card is never deleted, so its number is never given a second time."""

    __tablename__ = "board_card"
    __table_args__ = (
        UniqueConstraint("event_id", "uuid"),
        UniqueConstraint("event_id", "list_id", "number"),
        Index("ix_board_card_finding_id", "finding_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("board.event_id", ondelete="CASCADE"))
    #: Made by the browser in which it was typed: the same card arrives once, however often it is sent.
    uuid: Mapped[str] = mapped_column(String(36))
    #: The id of the list (`lists.BoardList`) that it is in.
    list_id: Mapped[str] = mapped_column(String(40))
    #: From 1 in each list, given when it arrives.
    number: Mapped[int] = mapped_column()
    #: Empty once it was removed.
    text: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column()
    edited_at: Mapped[datetime | None] = mapped_column()
    #: When its text was taken off because it said something personal; the number stays.
    removed_at: Mapped[datetime | None] = mapped_column()
    #: The result that was made from it.
    finding_id: Mapped[int | None] = mapped_column(ForeignKey("finding.id", ondelete="SET NULL"))
