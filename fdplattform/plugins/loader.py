"""The loader: takes one plugin at a time, looks at everything that can go wrong, and quarantines what fails."""

import ast
import threading
import traceback
from collections.abc import Callable, Iterable
from importlib.metadata import EntryPoint, entry_points
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pluggy
from pyramid.config import Configurator

from fdplattform.db.migrate import MigrationSet, head, plugin_migrations
from fdplattform.plugins import hookspecs
from fdplattform.plugins.catalogues import catalogues
from fdplattform.plugins.checks import check_formats, check_tools
from fdplattform.plugins.format import BadFormat, EventFormat
from fdplattform.plugins.personal import declare_personal_fields
from fdplattform.plugins.registry import LoadedPlugin, Plugins, PluginState, home

GROUP = "fdplattform.plugins"

#: The version of the plugin API, (major, minor). A plugin says in `FDPLATTFORM_API` which it was written for:
#: it loads when the major is the same and its minor is not newer.
API_VERSION = (1, 1)

#: Seconds that a plugin may take to be imported and to declare its formats.
LOAD_PATIENCE = 10.0


class PluginFault(Exception):
    """A plugin cannot be used; the message is one sentence for the admin."""


def installed() -> list[EntryPoint]:
    """The plugins that are installed, by name."""
    return sorted(entry_points(group=GROUP), key=lambda point: point.name)


def load_plugins(
    wanted: tuple[str, ...],
    *,
    strict: bool,
    scratch: Callable[[], Configurator],
    found: Iterable[EntryPoint] | None = None,
) -> Plugins:
    """Load the `wanted` plugins (`*`: all that are installed).

    `scratch` makes a configured, uncommitted core, in which each `includeme` is tried. With `strict` the first
    fault is raised as a PluginFault instead of quarantining.
    """
    manager = pluggy.PluginManager(hookspecs.PROJECT)
    manager.add_hookspecs(hookspecs)
    plugins = Plugins(manager, [])
    for point in installed() if found is None else found:
        plugin = LoadedPlugin(id=point.name, version=_version(point), state=PluginState.NOT_LOADED)
        if "*" in wanted or point.name in wanted:
            try:
                _load(point, plugin, plugins, manager, scratch)
            except Exception as fault:
                if strict:
                    raise PluginFault(_located(fault, point, plugin)) from fault
                _unregister(manager, plugin)
                plugin.quarantine(_sentence(fault), traceback.format_exc())
        plugins.all.append(plugin)
    for name in sorted(set(wanted) - {"*"} - {plugin.id for plugin in plugins.all}):
        sentence = f"The plugin {name} is named in the settings but not installed."
        if strict:
            raise PluginFault(sentence)
        plugins.all.append(LoadedPlugin(name, "", PluginState.QUARANTINED, sentence))
    return plugins


def _load(
    point: EntryPoint,
    plugin: LoadedPlugin,
    plugins: Plugins,
    manager: pluggy.PluginManager,
    scratch: Callable[[], Configurator],
) -> None:
    plugin.api = _check_api_version(point)
    plugin.module = _within_patience(point.load, f"importing {point.value}")
    manager.register(plugin.module, point.name)
    manager.check_pending()
    declare = plugins.caller(plugin, "fdplattform_event_formats")
    formats = tuple(item for answer in _within_patience(declare, "event_formats") for item in answer)
    check_formats(plugin.id, formats, taken=set(plugins.formats))
    plugin.migrations = _history(plugin.id, formats)
    if hasattr(plugin.module, "fdplattform_includeme"):
        _try_includeme(plugin, plugins, scratch)
    plugin.formats = formats
    plugin.state = PluginState.ACTIVE


def include_plugins(config: Configurator, plugins: Plugins) -> None:
    """Let each active plugin add its views, and check that the tools its formats declare exist."""
    for plugin in plugins.active:
        try:
            check_tools(plugin.formats, config.registry.event_tools)
        except BadFormat as fault:
            if config.registry.fdp.strict:
                raise PluginFault(f"The plugin {plugin.id} cannot be used: {_sentence(fault)}") from fault
            plugin.quarantine(_sentence(fault), traceback.format_exc())
            continue
        config.add_translation_dirs(*catalogues(home(plugin.module), config.registry.fdp.var))
        declare_personal_fields(config, plugin.id, plugin.formats)
        _include(config, plugin, plugins)


def _include(config: Configurator, plugin: LoadedPlugin, plugins: Plugins) -> None:
    if hasattr(plugin.module, "fdplattform_includeme"):
        plugins.caller(plugin, "fdplattform_includeme")(config=config)


def _history(plugin_id: str, formats: Iterable[EventFormat]) -> MigrationSet | None:
    """The one history of revisions that the plugin's formats share."""
    declared = {(found.data.base, found.data.migrations) for found in formats}
    owned = [(base, package) for base, package in declared if base is not None and package is not None]
    if not owned:
        return None
    if len(owned) > 1:
        raise BadFormat(f"{plugin_id}: the formats of a plugin share one base and one history of revisions")
    base, package = owned[0]
    history = plugin_migrations(plugin_id, Path(str(files(package))), base.metadata)
    # Revisions that cannot be read show themselves here, and not when the health page asks for the newest one.
    head(history)
    return history


def _try_includeme(plugin: LoadedPlugin, plugins: Plugins, scratch: Callable[[], Configurator]) -> None:
    config = scratch()
    for earlier in plugins.active:
        _include(config, earlier, plugins)
    # A crashed `includeme` leaves its earlier routes behind, so it is tried where that does no harm.
    _include(config, plugin, plugins)
    config.commit()


def _check_api_version(point: EntryPoint) -> tuple[int, int]:
    """Read FDPLATTFORM_API from the source: a plugin for another API may not even be importable."""
    spec = find_spec(point.module)
    if spec is None or spec.origin is None:
        raise PluginFault(f"The module {point.module} does not exist.")
    version = _api_constant(Path(spec.origin))
    if version is None:
        raise PluginFault(f"{point.module} does not say FDPLATTFORM_API = (major, minor).")
    if version[0] != API_VERSION[0] or version > API_VERSION:
        raise PluginFault(
            f"It was written for version {version[0]}.{version[1]} of the plugin API; "
            f"this is {API_VERSION[0]}.{API_VERSION[1]}."
        )
    return version


def _api_constant(source: Path) -> tuple[int, int] | None:
    for node in ast.parse(source.read_text(encoding="utf-8"), str(source)).body:
        if isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if any(isinstance(target, ast.Name) and target.id == "FDPLATTFORM_API" for target in targets):
                value = ast.literal_eval(node.value) if node.value else None
                if isinstance(value, tuple) and len(value) == 2 and all(isinstance(n, int) for n in value):
                    return value
    return None


def _within_patience(call: Callable[[], Any], what: str) -> Any:
    """The result of `call`. Raises PluginFault when it takes longer than LOAD_PATIENCE seconds."""
    result: list[Any] = []
    failure: list[BaseException] = []

    def run() -> None:
        try:
            result.append(call())
        except BaseException as fault:
            failure.append(fault)

    thread = threading.Thread(target=run, daemon=True, name=f"load {what}")
    thread.start()
    thread.join(LOAD_PATIENCE)
    if thread.is_alive():
        raise PluginFault(f"It takes more than {LOAD_PATIENCE:g} seconds: {what}.")
    if failure and not isinstance(failure[0], Exception):
        # A plugin that calls sys.exit() must not take the platform with it.
        raise PluginFault(f"It ended with {failure[0]!r}: {what}.") from failure[0]
    if failure:
        raise failure[0]
    return result[0]


def _unregister(manager: pluggy.PluginManager, plugin: LoadedPlugin) -> None:
    if plugin.module is not None and manager.is_registered(plugin.module):
        manager.unregister(plugin.module)


def _version(point: EntryPoint) -> str:
    return point.dist.version if point.dist is not None else ""


def _located(fault: Exception, point: EntryPoint, plugin: LoadedPlugin) -> str:
    """The fault in one sentence, with the plugin's own line that the error passed through last."""
    # What the core itself ships as a plugin is not the whole core.
    package = home(plugin.module) if plugin.module is not None else point.module.partition(".")[0]
    lines = [
        f"{frame.f_code.co_filename}:{number}"
        for frame, number in traceback.walk_tb(fault.__traceback__)
        if f"{frame.f_globals.get('__name__', '')}.".startswith(f"{package}.")
    ]
    if isinstance(fault, SyntaxError):
        lines.append(f"{fault.filename}:{fault.lineno}")
    where = f" ({lines[-1]})" if lines else f" ({point.value})"
    return f"The plugin {plugin.id} cannot be used: {_sentence(fault)}{where}"


def _sentence(fault: Exception) -> str:
    return str(fault) if isinstance(fault, PluginFault) else f"{type(fault).__name__}: {fault}"
