"""Migrations of the core and of each plugin: one alembic history and one version table for each.

One `env.py` serves all of them; a plugin ships only its revisions. So uninstalling a plugin never
stops the core's upgrade.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, MetaData

from fdplattform.db.base import Base

_ENVIRONMENT = Path(str(files("fdplattform.db"))) / "migrations"


@dataclass(frozen=True, kw_only=True)
class MigrationSet:
    """One history of revisions: whose it is, where they lie, and which tables belong to it."""

    name: str
    versions: Path
    metadata: MetaData
    version_table: str
    table_prefix: str = ""

    def owns(self, table: str) -> bool:
        """True when `table` belongs to this set; the core owns all but the plugins' tables."""
        if table.startswith("alembic_version"):
            return False
        return table.startswith(self.table_prefix) if self.table_prefix else not table.startswith("fdp_")


def core_migrations() -> MigrationSet:
    """The core's own history."""
    return MigrationSet(
        name="core", versions=_ENVIRONMENT / "versions", metadata=Base.metadata, version_table="alembic_version_core"
    )


def plugin_migrations(plugin_id: str, versions: Path, metadata: MetaData) -> MigrationSet:
    """The history of the plugin `plugin_id`, whose tables all begin with `fdp_<id>_`."""
    return MigrationSet(
        name=plugin_id,
        versions=versions,
        metadata=metadata,
        version_table=f"alembic_version_{plugin_id}",
        table_prefix=f"fdp_{plugin_id}_",
    )


def upgrade(engine: Engine, migrations: MigrationSet, revision: str = "head") -> None:
    """Bring the database to `revision`. One transaction: it happens wholly or not at all."""
    with engine.begin() as connection:
        command.upgrade(_config(migrations, connection), revision)


def downgrade(engine: Engine, migrations: MigrationSet, revision: str) -> None:
    """Take the database back to `revision` (`base` removes the set's tables)."""
    with engine.begin() as connection:
        command.downgrade(_config(migrations, connection), revision)


def write_revision(engine: Engine, migrations: MigrationSet, message: str, revision_id: str | None = None) -> None:
    """Write a new revision file from the difference between the models and the database."""
    with engine.begin() as connection:
        command.revision(_config(migrations, connection), message, autogenerate=True, rev_id=revision_id)


def head(migrations: MigrationSet) -> str | None:
    """The newest revision that the code knows."""
    return ScriptDirectory.from_config(_config(migrations, None)).get_current_head()


def current(connection: Connection, migrations: MigrationSet) -> str | None:
    """The revision that the database has, or None when it was never migrated."""
    context = MigrationContext.configure(connection, opts={"version_table": migrations.version_table})
    return context.get_current_revision()


def drift(connection: Connection, migrations: MigrationSet) -> list[Any]:
    """Differences between the models and the migrated database; empty when the revisions are complete."""
    context = MigrationContext.configure(connection, opts=_comparison(migrations))
    return list(compare_metadata(context, migrations.metadata))


def _config(migrations: MigrationSet, connection: Connection | None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_ENVIRONMENT))
    config.set_main_option("version_locations", str(migrations.versions))
    config.set_main_option("path_separator", "newline")
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.attributes["connection"] = connection
    config.attributes["types_module"] = _types_module(migrations)
    config.attributes["options"] = {"target_metadata": migrations.metadata, **_comparison(migrations)}
    return config


def _comparison(migrations: MigrationSet) -> dict[str, Any]:
    return {
        "version_table": migrations.version_table,
        "include_name": _only_own_tables(migrations),
        "render_as_batch": True,
        "compare_type": True,
        # A plugin's revisions import what a plugin may import.
        "user_module_prefix": f"{_types_module(migrations)}.",
    }


def _types_module(migrations: MigrationSet) -> str:
    return "fdplattform.api" if migrations.table_prefix else "fdplattform.db.base"


def _only_own_tables(migrations: MigrationSet) -> Callable[[str | None, str, Any], bool]:
    def include(name: str | None, kind: str, _parents: Any) -> bool:
        return kind != "table" or name is None or migrations.owns(name)

    return include
