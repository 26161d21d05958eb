"""Programmes: commissions under which municipalities are supported."""

from pyramid.config import Configurator
from translationstring import TranslationStringFactory

from fdplattform.security.permissions import Permission

_ = TranslationStringFactory("fdplattform")


def includeme(config: Configurator) -> None:
    config.include("fdplattform.programmes.resources")
    config.add_menu_item(
        "programmes", _("Programmes"), "/verwaltung/programme", permission=Permission.PROGRAMME_VIEW, order=60
    )
    config.add_journal_tag("programme:create", _("Programme created: ${title}"))
    config.add_journal_tag("programme:edit", _("Programme changed: ${title}"))
    config.add_journal_tag("agreement:conclude", _("Agreement concluded in the programme ${programme}"))
    config.add_journal_tag("agreement:edit", _("Agreement changed in the programme ${programme}"))
    config.add_journal_tag("agreement:contributions", _("Own contributions changed in the programme ${programme}"))
