"""Its revision fails half-way."""

from dataclasses import replace

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from fdplattform.api import Data, Event, PluginBase, hookimpl, plugin_metadata
from fdplattform.testing.probe import PROBE

FDPLATTFORM_API = (1, 0)


class Base(PluginBase, DeclarativeBase):
    metadata = plugin_metadata()


class Thing(Base):
    __tablename__ = "fdp_zoo_failing_migration_thing"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey(Event.__table__.c.id, ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(40))


@hookimpl
def fdplattform_event_formats():
    return [
        replace(PROBE, id="zoo_failing_migration", data=Data(base=Base, migrations="zoo_failing_migration.revisions"))
    ]
