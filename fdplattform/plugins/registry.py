"""What is loaded, and what is not and why."""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeVar

import pluggy
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from fdplattform.db.migrate import MigrationSet, current, head
from fdplattform.plugins.format import EventFormat

log = logging.getLogger(__name__)

Entry = TypeVar("Entry")

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
    #: The API for which it was written, (major, minor).
    api: tuple[int, int] | None = None
    #: Hooks that are no longer called because they failed or were too slow, each with the reason.
    suspended: dict[str, str] = field(default_factory=dict)

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
        """The plugin to which the module belongs, also one that is no longer in use: its views are still there."""
        imported = (plugin for plugin in self.all if plugin.module is not None)
        return next((plugin for plugin in imported if f"{module}.".startswith(f"{home(plugin.module)}.")), None)

    def caller(self, plugin: LoadedPlugin, hook: str) -> Any:
        """The hook, calling this plugin only."""
        others = [other for _name, other in self._manager.list_name_plugin() if other is not plugin.module]
        return self._manager.subset_hook_caller(hook, others)

    def collect(
        self, hook: str, kind: type[Entry], *, inside: Callable[[], AbstractContextManager[Any]], **arguments: Any
    ) -> Iterator[Entry]:
        """Call `hook` plugin by plugin and yield the entries, each a `kind`, of the returned lists.

        Each call happens inside `inside()`, e.g. a savepoint. A plugin that fails, returns something else or is slower
        than HOOK_PATIENCE is suspended: its hook is not called again until the next start.
        """
        for plugin in self.active:
            if hook in plugin.suspended or not hasattr(plugin.module, hook):
                continue
            started = time.monotonic()
            try:
                with inside():
                    answers = _entries(self.caller(plugin, hook)(**arguments), kind)
            except Exception as fault:
                log.exception("plugin %s failed in %s and is no longer asked", plugin.id, hook)
                plugin.suspended[hook] = f"{type(fault).__name__}: {fault}"
                continue
            took = time.monotonic() - started
            if took > HOOK_PATIENCE:
                log.error("plugin %s is too slow in %s and is no longer asked", plugin.id, hook)
                plugin.suspended[hook] = f"It took {took:.1f} seconds."
            yield from answers


def home(module: Any) -> str:
    """The name of the top package in which the plugin's module (or object) is defined."""
    name = str(getattr(module, "__name__", type(module).__module__))
    top = name.partition(".")[0]
    # What the core itself ships as a plugin, such as the format for tests, is not the whole core.
    return name if top == __name__.partition(".")[0] else top


def _entries(answers: list[Any], kind: type[Entry]) -> list[Entry]:
    entries = [entry for answer in answers for entry in answer]
    strangers = [entry for entry in entries if not isinstance(entry, kind)]
    if strangers:
        raise TypeError(f"{strangers[0]!r} is not a {kind.__name__}")
    return entries
