"""The plugin's tables: suggestions with what became of them, and who speaks for a petition."""

from datetime import date

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from fdplattform.api import Event, PluginBase, Versioned, plugin_metadata


class Base(PluginBase, DeclarativeBase):
    """The base of this plugin's models only."""

    metadata = plugin_metadata()


class Suggestion(Versioned, Base):
    """A suggestion of the assembly: who deals with it until when, and the answer. Never who made it."""

    __tablename__ = "fdp_einwohnerversammlung_suggestion"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey(Event.__table__.c.id, ondelete="CASCADE"), index=True)
    text: Mapped[str] = mapped_column(Text)
    body: Mapped[str | None] = mapped_column(String(200))
    due_on: Mapped[date | None]
    answered_on: Mapped[date | None]
    answer: Mapped[str | None] = mapped_column(Text)


class TrustedPerson(Versioned, Base):
    """Somebody who speaks for the petition."""

    __tablename__ = "fdp_einwohnerversammlung_trusted_person"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey(Event.__table__.c.id, ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    contact: Mapped[str | None] = mapped_column(String(254))
