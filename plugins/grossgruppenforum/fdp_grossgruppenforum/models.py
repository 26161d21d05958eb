"""The plugin's tables: who is invited, and the tables in the hall."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from fdplattform.api import Event, PluginBase, Versioned, plugin_metadata


class Base(PluginBase, DeclarativeBase):
    """The base of this plugin's models only."""

    metadata = plugin_metadata()


class InvitedGroup(Versioned, Base):
    """A group that is invited, and how many of it are expected."""

    __tablename__ = "fdp_grossgruppenforum_invited_group"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey(Event.__table__.c.id, ondelete="CASCADE"), index=True)
    category: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(200))
    expected: Mapped[int | None]
    invited: Mapped[bool] = mapped_column(default=False)


class ForumTable(Versioned, Base):
    """A table: its topic and the host who stays while the others move on."""

    __tablename__ = "fdp_grossgruppenforum_table"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey(Event.__table__.c.id, ondelete="CASCADE"), index=True)
    number: Mapped[int]
    topic: Mapped[str] = mapped_column(String(200))
    seats: Mapped[int | None]
    host: Mapped[str | None] = mapped_column(String(200))
