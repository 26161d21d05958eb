"""The formats in a municipality: what is offered here, what each is like, and the deletion of what they keep."""

from datetime import timedelta

from pyramid.config import Configurator
from translationstring import TranslationStringFactory

from fdplattform.formats.retention import run
from fdplattform.municipalities.resources import MunicipalityResource
from fdplattform.security.permissions import Permission
from fdplattform.web.toolbar import ADMINISTRATION

_ = TranslationStringFactory("fdplattform")


def includeme(config: Configurator) -> None:
    config.include("fdplattform.formats.resources")
    config.add_toolbar_link(
        MunicipalityResource,
        "formate",
        _("Formats"),
        permission=Permission.MUNICIPALITY_FORMATS,
        order=60,
        group=ADMINISTRATION,
    )
    config.add_journal_tag("format:offer", _("Format offered: ${format}"))
    config.add_journal_tag("format:withdraw", _("Format withdrawn: ${format}"))
    config.add_journal_tag("format:settings", _("Settings of the format changed: ${format}"))
    config.add_journal_tag("plugin:forget", _("Personal data deleted because its time was over: ${table}, ${column}"))
    config.add_periodic_job("formats:forget", every=timedelta(days=1), handler=run, before_opening=True)
