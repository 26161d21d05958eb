"""Plugins: what a format declares, the hooks, the loader that lets nothing broken in, and the registry of formats."""

from pyramid.config import Configurator
from translationstring import TranslationStringFactory

from fdplattform.security.permissions import Permission
from fdplattform.web.tree import Administration

_ = TranslationStringFactory("fdplattform")


def includeme(config: Configurator) -> None:
    for part in ("faults", "menu"):
        config.include(f"fdplattform.plugins.{part}")
    config.add_toolbar_link(Administration, "plugins", _("Formats and plugins"), permission=Permission.PLUGIN_MANAGE)
    config.add_route("plugins", "/-/plugins.json")
    config.add_journal_tag("plugin:fault", _("The plugin ${plugin} failed"))
