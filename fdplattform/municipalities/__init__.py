"""Municipalities and rural districts: who takes part, and who could."""

from pyramid.config import Configurator
from translationstring import TranslationStringFactory

from fdplattform.journal.services import Scope
from fdplattform.municipalities.resources import MunicipalityResource
from fdplattform.municipalities.services import colour_of
from fdplattform.security.permissions import Permission
from fdplattform.translation.pages import Translatable, TranslatableField
from fdplattform.web.toolbar import PREPARATION

_ = TranslationStringFactory("fdplattform")

TRANSLATABLE = Translatable(
    thing=lambda resource: resource.municipality,
    fields=(TranslatableField("introduction", _("Introduction"), 3000),),
    permission=Permission.MUNICIPALITY_EDIT,
    journal=("municipality:translate", lambda resource: {"municipality_id": resource.municipality.id}),
)


def includeme(config: Configurator) -> None:
    config.include("fdplattform.municipalities.facts")
    config.include("fdplattform.municipalities.resources")
    config.include("fdplattform.municipalities.editing")
    config.include("fdplattform.municipalities.members")
    config.set_colour_source(colour_of)
    config.add_menu_item("municipalities", _("Municipalities"), "/kommunen", order=20)
    config.add_toolbar_link(
        MunicipalityResource, "", _("Public page"), permission=Permission.MUNICIPALITY_WORK, order=0
    )
    config.add_toolbar_link(
        MunicipalityResource,
        "bearbeiten",
        _("Edit"),
        permission=Permission.MUNICIPALITY_EDIT,
        order=10,
        group=PREPARATION,
    )
    config.add_journal_page(
        MunicipalityResource,
        lambda place: Scope(municipality_id=place.municipality.id),
        public_permission=Permission.MUNICIPALITY_VIEW,
    )
    config.add_translatable(MunicipalityResource, TRANSLATABLE)
    config.add_journal_tag("municipality:translate", _("Page of the municipality translated: ${language}"))
    config.add_journal_tag("municipality:edit", _("Page of the municipality changed"))
    config.add_journal_tag("municipality:logo", _("Logo changed"))
