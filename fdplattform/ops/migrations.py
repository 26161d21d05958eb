"""All histories of revisions that a deployment has: the core's and one for each plugin with tables."""

from collections.abc import Sequence

from pyramid.registry import Registry

from fdplattform.db.migrate import MigrationSet, core_migrations


def migration_sets(registry: Registry) -> Sequence[MigrationSet]:
    """The core's history first, then the plugins'."""
    plugins = getattr(registry, "plugins", None)
    return [core_migrations(), *(plugins.migrations() if plugins is not None else ())]
