"""What is loaded, and what is not and why."""

import logging
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import pluggy
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from fdplattform.db.migrate import MigrationSet, current, head
from fdplattform.plugins.format import EventFormat

log = logging.getLogger(__name__)

#: Seconds after which a hook that a page waits for counts as too slow.
HOOK_PATIENCE = 1.0


class PluginState(StrEnum):
    """What became of a plugin at the start."""

    ACTIVE = "active"
    #: It was to be loaded but is at fault.
    QUARANTINED = "quarantined"
    #: Installed, but not named in the ini file.
    NOT_LOADED = "not_loaded"


@dataclass
class LoadedPlugin:
    """One installed plugin. `reason` is one sentence for the admin, `traceback` the details."""

    id: str
    version: str
    state: PluginState
    reason: str = ""
    traceback: str = ""
    formats: tuple[EventFormat, ...] = ()
    module: Any = field(default=None, repr=False)
    #: The history of its tables, if it has tables.
    migrations: MigrationSet | None = None
    #: Hooks that are no longer called because they failed or were too slow.
    suspended: set[str] = field(default_factory=set)

    def quarantine(self, reason: str, traceback: str = "") -> None:
        """Take it out of use."""
        self.state, self.reason, self.traceback, self.formats = PluginState.QUARANTINED, reason, traceback, ()


class Plugins:
    """The plugins of this process and the formats they bring."""

    def __init__(self, manager: pluggy.PluginManager, plugins: list[LoadedPlugin]) -> None:
        self._manager = manager
        self.all = plugins

    @property
    def active(self) -> list[LoadedPlugin]:
        """The plugins in use."""
        return [plugin for plugin in self.all if plugin.state is PluginState.ACTIVE]

    @property
    def formats(self) -> dict[str, EventFormat]:
        """The formats of the active plugins by id."""
        return {found.id: found for plugin in self.active for found in plugin.formats}

    def migrations(self) -> list[MigrationSet]:
        """The histories of the plugins that have tables, also of those whose tables are not up to date yet."""
        return [plugin.migrations for plugin in self.all if plugin.migrations is not None]

    def quarantine_unmigrated(self, engine: Engine) -> None:
        """Take plugins out of use whose tables are not at the newest revision. A database that is away is no reason."""
        waiting = [(plugin, plugin.migrations) for plugin in self.active if plugin.migrations is not None]
        try:
            with engine.connect() as connection:
                behind = [plugin for plugin, history in waiting if current(connection, history) != head(history)]
        except OperationalError:
            log.exception("the revisions of the plugins could not be read")
            return
        for plugin in behind:
            plugin.quarantine("Its tables are not up to date. Run `fdplattform db upgrade` and start again.")

    def states(self) -> list[tuple[str, str, str]]:
        """(id, version, state) of every installed plugin: what is public."""
        return [(plugin.id, plugin.version, plugin.state.value) for plugin in self.all]

    def owner(self, format_id: str) -> LoadedPlugin | None:
        """The active plugin that brings the format."""
        return next((plugin for plugin in self.active if format_id in {f.id for f in plugin.formats}), None)

    def plugin_of_module(self, module: str) -> LoadedPlugin | None:
        """The active plugin to which the module belongs, by its top package."""
        top = module.partition(".")[0]
        return next((plugin for plugin in self.active if top_package(plugin.module) == top), None)

    def caller(self, plugin: LoadedPlugin, hook: str) -> Any:
        """The hook, calling this plugin only."""
        others = [other for _name, other in self._manager.list_name_plugin() if other is not plugin.module]
        return self._manager.subset_hook_caller(hook, others)

    def collect(self, hook: str, **arguments: Any) -> Iterator[Any]:
        """Call `hook` plugin by plugin and yield the entries of the returned lists.

        One that fails or is slower than HOOK_PATIENCE is suspended until the next start.
        """
        for plugin in self.active:
            if hook in plugin.suspended:
                continue
            started = time.monotonic()
            try:
                answers = [entry for answer in self.caller(plugin, hook)(**arguments) for entry in answer]
            except Exception:
                log.exception("plugin %s failed in %s and is no longer asked", plugin.id, hook)
                plugin.suspended.add(hook)
                continue
            if time.monotonic() - started > HOOK_PATIENCE:
                log.error("plugin %s is too slow in %s and is no longer asked", plugin.id, hook)
                plugin.suspended.add(hook)
            yield from answers


def top_package(module: Any) -> str:
    """The name of the top package in which the plugin's module (or object) is defined."""
    return str(getattr(module, "__name__", type(module).__module__)).partition(".")[0]
