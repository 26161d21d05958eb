"""Forms that were sent: so that a double click makes one thing."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from fdplattform.db import Base


class SentForm(Base):
    """A form that must have its effect once, and where it led."""

    __tablename__ = "sent_form"

    #: SHA-256 of all that was sent, the form's token included.
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    location: Mapped[str] = mapped_column(String(500))
    sent_at: Mapped[datetime] = mapped_column(index=True)
