"""Which formats a municipality offers, and its settings for them."""

from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from fdplattform.db import Base, Versioned


class FormatOffer(Versioned, Base):
    """What a municipality decided about a format. Without a row the format is offered."""

    __tablename__ = "format_offer"
    __table_args__ = (UniqueConstraint("municipality_id", "format_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id", ondelete="CASCADE"))
    format_id: Mapped[str] = mapped_column(String(60))
    offered: Mapped[bool] = mapped_column(default=True)
    #: Answers to the format's settings form, as its schema serializes them.
    settings: Mapped[dict[str, Any] | None] = mapped_column()
