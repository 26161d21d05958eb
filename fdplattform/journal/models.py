"""The journal's one table."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, String, event
from sqlalchemy.orm import Mapped, Mapper, mapped_column

from fdplattform.db import Base


class JournalEntry(Base):
    """One thing that happened. The ids are no foreign keys: the log outlives what it is about."""

    __tablename__ = "journal_entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    tag: Mapped[str] = mapped_column(String(80))
    #: Id of the thing that the tag's subject names: registration 17 for `registration:confirm`.
    subject_id: Mapped[int | None]
    actor_type: Mapped[str] = mapped_column(String(20))
    actor_id: Mapped[int | None]
    actor_name: Mapped[str] = mapped_column(String(200), default="")
    municipality_id: Mapped[int | None] = mapped_column(index=True)
    dialogue_id: Mapped[int | None] = mapped_column(index=True)
    event_id: Mapped[int | None] = mapped_column(index=True)
    payload: Mapped[dict[str, Any] | None]
    #: Belongs to the transparency log, which everybody may read.
    public: Mapped[bool] = mapped_column(default=False)


class AppendOnly(TypeError):
    """Somebody tried to change or delete a journal entry; only `services.shred` may, and only personal data."""


@event.listens_for(JournalEntry, "before_update")
@event.listens_for(JournalEntry, "before_delete")
def _refuse(_mapper: Mapper[JournalEntry], _connection: Connection, entry: JournalEntry) -> None:
    raise AppendOnly(f"journal entry {entry.id} cannot be changed")
