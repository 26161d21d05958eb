"""What people answer who got a letter."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from fdplattform.db import Base, Versioned


class Answer(StrEnum):
    """Whether somebody would take part."""

    YES = "yes"
    NO = "no"


class Channel(StrEnum):
    """How an answer reached us. Both are equal."""

    ONLINE = "online"
    CARD = "card"


class Reply(Versioned, Base):
    """The answer of somebody who was invited. What is personal is nullable: it is shredded when its time is over."""

    __tablename__ = "draw_reply"
    __table_args__ = (CheckConstraint("children >= 0", name="children"),)

    invitee_id: Mapped[int] = mapped_column(
        ForeignKey("draw_invitee.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    answer: Mapped[Answer] = mapped_column()
    channel: Mapped[Channel] = mapped_column()
    #: A double click sends the same token twice.
    token: Mapped[str | None] = mapped_column(String(64))

    email: Mapped[str | None] = mapped_column(String(254))
    phone: Mapped[str | None] = mapped_column(String(60))
    #: The language in which the person answered.
    language: Mapped[str | None] = mapped_column(String(10))
    #: The language to interpret into.
    interpreter: Mapped[str | None] = mapped_column(String(60))
    #: Number of children to look after.
    children: Mapped[int] = mapped_column(default=0)
    access_needs: Mapped[str | None] = mapped_column(Text)
    #: Ids of the event's dates on which the person can come; empty: not said.
    dates: Mapped[list[int]] = mapped_column(default=list)

    #: When the person agreed that the categories below are used.
    consented_at: Mapped[datetime | None] = mapped_column()
    entered_at: Mapped[datetime] = mapped_column()
    #: When everything personal was deleted.
    shredded_at: Mapped[datetime | None] = mapped_column()


class ReplyCategory(Base):
    """To which category of a criterion somebody belongs, as the person says. Stored only with consent."""

    __tablename__ = "draw_reply_category"

    invitee_id: Mapped[int] = mapped_column(
        ForeignKey("draw_reply.invitee_id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    criterion_id: Mapped[int] = mapped_column(
        ForeignKey("draw_criterion.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    category_id: Mapped[int] = mapped_column(ForeignKey("draw_category.id", ondelete="CASCADE"), index=True)
