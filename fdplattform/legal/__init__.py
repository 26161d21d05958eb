"""The pages that the law asks for: imprint, privacy, accessibility, and the start page in easy language."""

from collections.abc import Iterator
from datetime import timedelta

from pyramid.config import Configurator
from pyramid.registry import Registry
from translationstring import TranslationStringFactory

from fdplattform.legal.barriers import CONTACT_KEPT, CONTACT_WHY, forget_old_reports
from fdplattform.legal.services import missing_gaps
from fdplattform.municipalities.resources import MunicipalityResource
from fdplattform.ops.doctor import Finding, ok, warning
from fdplattform.privacy import PersonalField
from fdplattform.security.permissions import Permission
from fdplattform.web.toolbar import ADMINISTRATION
from fdplattform.web.tree import Administration

_ = TranslationStringFactory("fdplattform")


def check_legal_texts(registry: Registry) -> Iterator[Finding]:
    """Doctor: which gaps in the deployment's legal texts nobody has filled."""
    with registry.sessions() as session:
        missing = missing_gaps(session)
    for page, gaps in missing.items():
        names = ", ".join(gap.name for gap in gaps)
        yield warning(
            f"/{page.value} is not complete: {names}", f"sign in as admin and fill /verwaltung/rechtstext/{page.value}"
        )
    if not missing:
        yield ok("the legal texts are complete")


def includeme(config: Configurator) -> None:
    config.add_doctor_check("legal texts", check_legal_texts)
    config.add_rate_limit(
        "barrier report",
        limit=config.registry.fdp.limit_feedback,
        pattern=r"(/kommunen/[^/]+)?/barrierefreiheit",
    )
    config.add_periodic_job(
        "forget barrier reports", every=timedelta(days=1), handler=forget_old_reports, before_opening=True
    )
    for view, title, order in (("rechtstexte", _("Legal texts"), 80), ("barrieren", _("Reported barriers"), 85)):
        config.add_toolbar_link(
            MunicipalityResource,
            view,
            title,
            permission=Permission.MUNICIPALITY_EDIT,
            order=order,
            group=ADMINISTRATION,
        )
        config.add_toolbar_link(Administration, view, title, permission=Permission.SITE_ADMINISTER, order=order)
    config.add_journal_tag("legal:edit", _("Legal text changed: ${page}"))
    config.add_journal_tag("legal:barrier", _("Reported barrier dealt with"))
    config.add_personal_fields(
        PersonalField(
            name="barrier.contact",
            occasion=_("Reporting a barrier"),
            title=_("E-mail or phone"),
            purpose=CONTACT_WHY,
            legal_basis=_("Public task, Art. 6 (1) (e) GDPR"),
            retention=CONTACT_KEPT,
        )
    )
