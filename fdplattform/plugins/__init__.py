"""Plugins: what a format declares, the hooks, the loader that lets nothing broken in, and the registry of formats."""

from pyramid.config import Configurator
from translationstring import TranslationStringFactory

_ = TranslationStringFactory("fdplattform")


def includeme(config: Configurator) -> None:
    config.add_journal_tag("plugin:fault", _("The plugin ${plugin} failed"))
    config.add_journal_tag("format:offer", _("Format offered: ${format}"))
    config.add_journal_tag("format:withdraw", _("Format withdrawn: ${format}"))
    config.add_journal_tag("format:settings", _("Settings of the format changed: ${format}"))
