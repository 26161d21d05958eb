"""Links for the day."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fdplattform.db import Base
from fdplattform.events.models import EventDate

#: Hexadecimal SHA-256.
HASH_LENGTH = 64
SEED_LENGTH = 32


class DayLink(Base):
    """A link for one date of an event.

    Its token is computed from the seed and the deployment's secret, so that staff can show it again; the database
    alone does not give it away.
    """

    __tablename__ = "day_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    event_date_id: Mapped[int] = mapped_column(ForeignKey("event_date.id", ondelete="CASCADE"), index=True)
    #: Who has it, as the journal says it: a name, or "Table 3".
    name: Mapped[str] = mapped_column(String(80))
    seed: Mapped[str] = mapped_column(String(SEED_LENGTH))
    token_hash: Mapped[str] = mapped_column(String(HASH_LENGTH), unique=True)
    created_at: Mapped[datetime] = mapped_column()
    #: When it was last opened on a device.
    opened_at: Mapped[datetime | None] = mapped_column()
    revoked_at: Mapped[datetime | None] = mapped_column()

    date: Mapped[EventDate] = relationship(lazy="raise")
