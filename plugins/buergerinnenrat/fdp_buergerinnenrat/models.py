"""The plugin's tables: criteria, members, the reserve, and what the resonance group takes up."""

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from fdplattform.api import Event, PluginBase, Versioned, plugin_metadata


class Base(PluginBase, DeclarativeBase):
    """The base of this plugin's models only."""

    metadata = plugin_metadata()


class Criterion(Versioned, Base):
    """A quota: how many members belong to a group, as wanted and as drawn."""

    __tablename__ = "fdp_buergerinnenrat_criterion"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey(Event.__table__.c.id, ondelete="CASCADE"), index=True)
    attribute: Mapped[str] = mapped_column(String(80))
    value: Mapped[str] = mapped_column(String(80))
    least: Mapped[int]
    most: Mapped[int]
    reached: Mapped[int | None]


class Member(Versioned, Base):
    """A member of the council. What a member says is never stored with the member."""

    __tablename__ = "fdp_buergerinnenrat_member"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey(Event.__table__.c.id, ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    contact: Mapped[str | None] = mapped_column(String(254))


class Reserve(Versioned, Base):
    """Somebody who steps in when a member drops out."""

    __tablename__ = "fdp_buergerinnenrat_reserve"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey(Event.__table__.c.id, ondelete="CASCADE"), index=True)
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(200))
    contact: Mapped[str | None] = mapped_column(String(254))


class Point(Versioned, Base):
    """A point of the statement, and what politics and administration make of it."""

    __tablename__ = "fdp_buergerinnenrat_point"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey(Event.__table__.c.id, ondelete="CASCADE"), index=True)
    text: Mapped[str] = mapped_column(Text)
    decision: Mapped[str | None] = mapped_column(String(20))
    body: Mapped[str | None] = mapped_column(String(200))
    reason: Mapped[str | None] = mapped_column(Text)
