"""The gaps in the legal texts that a deployment or a municipality filled, and feedback about barriers."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from fdplattform.db import Base, Versioned


class LegalPage(StrEnum):
    """The legal pages; the value is the page's path."""

    IMPRINT = "impressum"
    PRIVACY = "datenschutz"
    ACCESSIBILITY = "barrierefreiheit"
    EASY_LANGUAGE = "leichte-sprache"


class LegalText(Versioned, Base):
    """What fills the gaps of one page: for the whole deployment (no municipality) or for one municipality."""

    __tablename__ = "legal_text"
    __table_args__ = (
        Index("uq_legal_text_municipality", "page", "municipality_id", unique=True),
        Index(
            "uq_legal_text_deployment",
            "page",
            unique=True,
            sqlite_where=text("municipality_id IS NULL"),
            postgresql_where=text("municipality_id IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    page: Mapped[LegalPage]
    municipality_id: Mapped[int | None] = mapped_column(ForeignKey("municipality.id", ondelete="CASCADE"))
    #: Gap name to text.
    gaps: Mapped[dict[str, Any]] = mapped_column()
    updated_at: Mapped[datetime] = mapped_column()


class BarrierReport(Base):
    """Somebody could not use a page and told us."""

    __tablename__ = "barrier_report"

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int | None] = mapped_column(ForeignKey("municipality.id", ondelete="CASCADE"), index=True)
    received_at: Mapped[datetime] = mapped_column()
    #: The page's address, as far as the person gave it.
    page: Mapped[str | None] = mapped_column(String(300))
    message: Mapped[str] = mapped_column(Text)
    #: How to reach the person, if they want an answer.
    contact: Mapped[str | None] = mapped_column(String(254))
    handled_at: Mapped[datetime | None] = mapped_column()
