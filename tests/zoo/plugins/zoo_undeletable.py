"""A personal field that could never be emptied."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from fdplattform.api import Data, Event, PersonalField, PluginBase, hookimpl, plugin_metadata
from fdplattform.testing.probe import PROBE

FDPLATTFORM_API = (1, 0)


class Base(PluginBase, DeclarativeBase):
    metadata = plugin_metadata()


class Thing(Base):
    __tablename__ = "fdp_zoo_undeletable_thing"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey(Event.__table__.c.id, ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(40))
    age: Mapped[int]


@hookimpl
def fdplattform_event_formats():
    personal = PersonalField(model=Thing, column="age", purpose="p", basis="b", keep=timedelta(days=1))
    data = Data(base=Base, migrations="zoo_revisions", personal=(personal,))
    return [replace(PROBE, id="zoo_undeletable", data=data)]
