"""The plugin's table: who is invited to an event."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from fdplattform.api import Event, PluginBase, Versioned, plugin_metadata


class Base(PluginBase, DeclarativeBase):
    """The base of this plugin's models only."""

    metadata = plugin_metadata()


class Invitation(Versioned, Base):
    """A group or organisation that is invited, and what it answered."""

    __tablename__ = "fdp_handlungsfeld_invitation"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey(Event.__table__.c.id, ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    contact: Mapped[str | None] = mapped_column(String(254))
    invited: Mapped[bool] = mapped_column(default=False)
    answer: Mapped[str] = mapped_column(String(20), default="open")
