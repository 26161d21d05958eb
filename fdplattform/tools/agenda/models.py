"""The agenda of an event: what happens one after the other, how long each takes, who leads it."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from fdplattform.db import Base


class AgendaItem(Base):
    """One line of the agenda. When it begins follows from the event's start and the lines before it."""

    __tablename__ = "agenda_item"
    __table_args__ = (
        Index("ix_agenda_item_order", "event_id", "position"),
        CheckConstraint("minutes > 0", name="minutes"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    #: From 1.
    position: Mapped[int] = mapped_column()
    minutes: Mapped[int] = mapped_column()
    title: Mapped[str] = mapped_column(String(200))
    #: How people take part: Murmelgruppe, Kartenabfrage, Themenmarkt …
    method: Mapped[str] = mapped_column(String(100), default="")
    #: Who leads it.
    lead: Mapped[str] = mapped_column(String(200), default="")
    material: Mapped[str] = mapped_column(Text, default="")
    #: Everybody may read the line; the others are for those who run the day.
    public: Mapped[bool] = mapped_column(default=True)
    #: It begins with the event's next date, also when the date before has time left.
    next_date: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
