"""Rows of the guards at the door: rate counters and the read-only switch."""

from datetime import datetime

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from fdplattform.db import Base


class RateCounter(Base):
    """How often one source did one thing since `started_at`. The source is a keyed hash: no address is stored."""

    __tablename__ = "rate_counter"

    rule: Mapped[str] = mapped_column(String(60), primary_key=True)
    source: Mapped[str] = mapped_column(String(64), primary_key=True)
    started_at: Mapped[datetime] = mapped_column(index=True)
    count: Mapped[int] = mapped_column()


class ReadOnly(Base):
    """At most one row: while it exists, nobody changes anything."""

    __tablename__ = "read_only"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    since: Mapped[datetime] = mapped_column()
