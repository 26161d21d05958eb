"""Base types that every model is built from."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import JSON, DateTime, Dialect, Enum, MetaData
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column
from sqlalchemy.types import TypeDecorator

NAMING_CONVENTION = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


def utcnow() -> datetime:
    """The current moment, aware, in UTC. Rules take `now` as an argument; only the edges call this."""
    return datetime.now(UTC)


class UtcDateTime(TypeDecorator[datetime]):
    """An aware datetime, stored in UTC on every engine. Naive values are refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime cannot be stored: say which time zone it is in")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        # SQLite forgets the zone; what was stored is UTC.
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


COLUMN_TYPES: dict[Any, Any] = {
    datetime: UtcDateTime(),
    dict[str, Any]: JSON(none_as_null=True),
    list[Any]: JSON(none_as_null=True),
    list[str]: JSON(none_as_null=True),
    list[int]: JSON(none_as_null=True),
    # The value, not the member's name, is stored, as plain text: adding a value needs no migration.
    StrEnum: Enum(
        StrEnum,
        native_enum=False,
        length=40,
        create_constraint=False,
        values_callable=lambda members: [member.value for member in members],
    ),
}


class Base(DeclarativeBase):
    """The core's models."""

    metadata = MetaData(naming_convention=NAMING_CONVENTION)
    type_annotation_map: ClassVar[dict[Any, Any]] = COLUMN_TYPES

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        table = cls.__dict__.get("__table__")
        if table is not None and table.autoincrement_column is not None:
            # The journal outlives what it is about. PostgreSQL never gives an id out twice; SQLite has to be told.
            table.kwargs["sqlite_autoincrement"] = True


class PluginBase:
    """Mixin for a plugin's own base, so that its models and their faults stay its own::

    class Base(PluginBase, DeclarativeBase):
        metadata = plugin_metadata()
    """

    type_annotation_map: ClassVar[dict[Any, Any]] = COLUMN_TYPES


def plugin_metadata() -> MetaData:
    """Metadata for a plugin's tables, with the core's naming convention."""
    return MetaData(naming_convention=NAMING_CONVENTION)


class Versioned:
    """Mixin of editable things: SQLAlchemy counts `version` up with every update and refuses a stale one."""

    version: Mapped[int] = mapped_column()

    @declared_attr.directive
    @classmethod
    def __mapper_args__(cls) -> dict[str, Any]:
        return {"version_id_col": cls.version}
