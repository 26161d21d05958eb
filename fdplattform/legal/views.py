"""The public legal pages: of the deployment at `/impressum` …, of a municipality at `/kommunen/{m}/impressum` …"""

from typing import Any

from markupsafe import Markup, escape
from pyramid.httpexceptions import HTTPNotFound
from pyramid.request import Request
from pyramid.view import view_config, view_defaults
from sqlalchemy import select

from fdplattform.legal.gaps import GAPS, TITLES, Gap
from fdplattform.legal.models import LegalPage
from fdplattform.legal.services import FilledPage, load_page
from fdplattform.municipalities.models import Municipality
from fdplattform.municipalities.resources import MunicipalityResource
from fdplattform.plugins.personal import kept_until, left_behind
from fdplattform.privacy import personal_fields
from fdplattform.security.permissions import Permission
from fdplattform.web.tree import Resource, Root, nearest


def legal_municipality(context: Resource, request: Request) -> Municipality | None:
    """The municipality whose entries count: by the address, or by `?gemeinde=`; None for the deployment."""
    if isinstance(context, MunicipalityResource):
        return nearest(context, MunicipalityResource).municipality
    slug = request.GET.get("gemeinde")
    if not slug:
        return None
    municipality: Municipality | None = request.db.scalar(select(Municipality).where(Municipality.slug == slug))
    if municipality is None:
        raise HTTPNotFound
    return municipality


class Entries:
    """The filled gaps as a template shows them. Staff see plainly what is missing, everybody else sees the rest."""

    def __init__(self, filled: FilledPage, *, staff: bool) -> None:
        self._filled = filled
        self._staff = staff
        self._gaps = {gap.name: gap for gap in GAPS[filled.page]}

    def shows(self, name: str) -> bool:
        """True when there is something to show: an entry, or for staff a required one that is missing."""
        return bool(self._filled.get(name)) or (self._staff and self._gaps[name].required)

    def missing(self, name: str) -> bool:
        """True when nobody filled it."""
        return not self._filled.get(name)

    def gap(self, name: str) -> Gap:
        """The gap itself, for its title."""
        return self._gaps[name]

    def get(self, name: str) -> Markup:
        """The entry, line by line."""
        return Markup("<br>").join(escape(line) for line in self._filled.get(name).splitlines())

    def rows(self) -> list[Gap]:
        """The gaps to show, in order."""
        return [gap for gap in self._gaps.values() if self.shows(gap.name)]


def legal_values(page: LegalPage, context: Resource, request: Request) -> dict[str, Any]:
    """What every legal page needs."""
    municipality = legal_municipality(context, request)
    filled = load_page(request.db, page, municipality.id if municipality else None)
    staff = request.identity is not None
    return {
        "title": TITLES[page],
        "municipality": municipality,
        "entries": Entries(filled, staff=staff),
        "missing": filled.missing if staff else [],
    }


@view_defaults(request_method="GET")
class LegalViews:
    """The pages without a form."""

    def __init__(self, context: Resource, request: Request) -> None:
        self.context = context
        self.request = request

    @view_config(
        context=Root,
        name=LegalPage.IMPRINT,
        permission=Permission.SITE_VIEW,
        renderer="fdplattform.templates:legal/imprint.pt",
    )
    @view_config(
        context=MunicipalityResource,
        name=LegalPage.IMPRINT,
        permission=Permission.MUNICIPALITY_VIEW,
        renderer="fdplattform.templates:legal/imprint.pt",
    )
    def imprint(self) -> dict[str, Any]:
        """Who runs the site."""
        return legal_values(LegalPage.IMPRINT, self.context, self.request)

    @view_config(
        context=Root,
        name=LegalPage.PRIVACY,
        permission=Permission.SITE_VIEW,
        renderer="fdplattform.templates:legal/privacy.pt",
    )
    @view_config(
        context=MunicipalityResource,
        name=LegalPage.PRIVACY,
        permission=Permission.MUNICIPALITY_VIEW,
        renderer="fdplattform.templates:legal/privacy.pt",
    )
    def privacy(self) -> dict[str, Any]:
        """What is known about people, from the declarations of all rooms and plugins."""
        values = legal_values(LegalPage.PRIVACY, self.context, self.request)
        return {
            **values,
            "occasions": personal_fields(self.request.registry),
            "left_behind": left_behind(self.request.db, self.request.registry),
            "kept_until": kept_until,
            "language": self.request.fdp.default_locale,
        }

    @view_config(
        context=Root,
        name=LegalPage.EASY_LANGUAGE,
        permission=Permission.SITE_VIEW,
        renderer="fdplattform.templates:legal/easy_language.pt",
    )
    @view_config(
        context=MunicipalityResource,
        name=LegalPage.EASY_LANGUAGE,
        permission=Permission.MUNICIPALITY_VIEW,
        renderer="fdplattform.templates:legal/easy_language.pt",
    )
    def easy_language(self) -> dict[str, Any]:
        """What this site is, in Leichte Sprache."""
        return legal_values(LegalPage.EASY_LANGUAGE, self.context, self.request)
