"""What is loaded: for everybody as JSON without reasons, for the admin with reasons and tracebacks."""

from typing import Any

from pyramid.request import Request
from pyramid.security import NO_PERMISSION_REQUIRED
from pyramid.view import view_config
from sqlalchemy.orm import Session
from translationstring import TranslationStringFactory

from fdplattform.db.migrate import current, head
from fdplattform.plugins.loader import API_VERSION
from fdplattform.plugins.registry import LoadedPlugin, Plugins, PluginState
from fdplattform.security.permissions import Permission
from fdplattform.web.tree import Administration

_ = TranslationStringFactory("fdplattform")

#: State → kind of badge and word.
STATES = {
    PluginState.ACTIVE: ("success", _("in use")),
    PluginState.QUARANTINED: ("danger", _("not in use: something is wrong")),
    PluginState.NOT_LOADED: ("info", _("installed, not switched on")),
}


@view_config(route_name="plugins", request_method="GET", renderer="json", permission=NO_PERMISSION_REQUIRED)
def plugins_json(request: Request) -> list[dict[str, str]]:
    """Which plugins there are, and in which state. Why one is quarantined is nobody's business but the admin's."""
    plugins: Plugins = request.registry.plugins
    return [{"id": id_, "version": version, "state": state} for id_, version, state in plugins.states()]


@view_config(
    context=Administration,
    name="plugins",
    permission=Permission.PLUGIN_MANAGE,
    request_method="GET",
    renderer="fdplattform.templates:plugins/list.pt",
)
def plugins_page(_context: Administration, request: Request) -> dict[str, Any]:
    """What is loaded, and what is not and why."""
    plugins: Plugins = request.registry.plugins
    return {
        "title": _("Formats and plugins"),
        "api": _version(API_VERSION),
        "plugins": [_shown(request, plugin) for plugin in plugins.all],
    }


def _shown(request: Request, plugin: LoadedPlugin) -> dict[str, Any]:
    kind, word = STATES[plugin.state]
    return {
        "plugin": plugin,
        "kind": kind,
        "word": word,
        "formats": request.fmt.list(request.localizer.translate(found.title) for found in plugin.formats),
        "api": _version(plugin.api) if plugin.api else None,
        "revisions": _revisions(request.db, plugin),
        "suspended": sorted(plugin.suspended.items()),
    }


def _revisions(session: Session, plugin: LoadedPlugin) -> tuple[str | None, str | None] | None:
    """The revision that the plugin's tables have, and the newest one; None when it has no tables."""
    if plugin.migrations is None:
        return None
    return current(session.connection(), plugin.migrations), head(plugin.migrations)


def _version(version: tuple[int, int]) -> str:
    return f"{version[0]}.{version[1]}"
