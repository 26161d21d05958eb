"""The agenda of an event: lines with minutes, method, lead and material; times follow from the start."""

from pyramid.config import Configurator
from translationstring import TranslationStringFactory

from fdplattform.tools.agenda.tool import make_tool

_ = TranslationStringFactory("fdplattform")


def includeme(config: Configurator) -> None:
    config.add_journal_tag("agenda:edit", _("Agenda changed (lines: ${lines}, minutes: ${minutes})"))
    config.add_tool(make_tool(config.registry))
