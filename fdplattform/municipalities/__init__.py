"""Municipalities and rural districts: who takes part, and who could."""

from pyramid.config import Configurator
from translationstring import TranslationStringFactory

from fdplattform.municipalities.resources import MunicipalityResource
from fdplattform.municipalities.services import colour_of
from fdplattform.security.permissions import Permission

_ = TranslationStringFactory("fdplattform")


def includeme(config: Configurator) -> None:
    config.include("fdplattform.municipalities.facts")
    config.include("fdplattform.municipalities.resources")
    config.set_colour_source(colour_of)
    config.add_menu_item("municipalities", _("Municipalities"), "/kommunen", order=20)
    config.add_tool(MunicipalityResource, "", _("Public page"), permission=Permission.MUNICIPALITY_WORK, order=0)
    config.add_tool(MunicipalityResource, "bearbeiten", _("Edit"), permission=Permission.MUNICIPALITY_EDIT, order=10)
    config.add_journal_tag("municipality:edit", _("Page of the municipality changed"))
    config.add_journal_tag("municipality:logo", _("Logo changed"))
