"""`/kommunen` and `/kommunen/{municipality}`."""

from dataclasses import dataclass

from pyramid.authorization import Allow, Everyone
from pyramid.config import Configurator
from pyramid.request import Request
from sqlalchemy import bindparam, select
from translationstring import TranslationStringFactory

from fdplattform.municipalities.models import Municipality
from fdplattform.security.permissions import Permission, Role, principal
from fdplattform.web.tree import Acl, Resource, Root

_ = TranslationStringFactory("fdplattform")

PATH = "kommunen"

#: Coordinators and their deputies: everything in their municipality. An event's workflow has its own say.
COORDINATION = (
    Permission.MUNICIPALITY_VIEW,
    Permission.MUNICIPALITY_WORK,
    Permission.MUNICIPALITY_EDIT,
    Permission.MUNICIPALITY_MEMBERS,
    Permission.MUNICIPALITY_FORMATS,
    Permission.DIALOGUE_CREATE,
    Permission.DIALOGUE_VIEW,
    Permission.DIALOGUE_EDIT,
    Permission.DIALOGUE_PUBLISH,
    Permission.EVENT_CREATE,
    Permission.FINDING_EDIT,
    Permission.GROUP_EDIT,
    Permission.JOURNAL_VIEW,
)
#: Facilitators prepare and lead events; they neither edit nor publish the municipality's own texts.
FACILITATION = (
    Permission.MUNICIPALITY_VIEW,
    Permission.MUNICIPALITY_WORK,
    Permission.DIALOGUE_VIEW,
    Permission.FINDING_EDIT,
)
#: The programme office sees how far each process is, and no residents' data.
OFFICE = (Permission.MUNICIPALITY_VIEW, Permission.MUNICIPALITY_WORK, Permission.DIALOGUE_VIEW)


@dataclass(kw_only=True)
class Municipalities(Resource):
    """`/kommunen`: all that take part, and the search for the others."""

    def __acl__(self) -> Acl:
        return [
            (Allow, Everyone, Permission.MUNICIPALITY_VIEW),
            (Allow, principal(Role.PROGRAMME_OFFICE), OFFICE),
        ]

    def page_title(self, request: Request) -> str:
        """For the breadcrumbs."""
        return str(request.localizer.translate(_("Municipalities")))


@dataclass(kw_only=True)
class MunicipalityResource(Resource):
    """`/kommunen/{municipality}`"""

    municipality: Municipality

    def __acl__(self) -> Acl:
        here = self.municipality.id
        return [
            (Allow, principal(Role.COORDINATOR, here), COORDINATION),
            (Allow, principal(Role.DEPUTY, here), COORDINATION),
            (Allow, principal(Role.FACILITATOR, here), FACILITATION),
        ]

    def page_title(self, _request: Request) -> str:
        """For the breadcrumbs."""
        return self.municipality.name


def municipalities_resource(request: Request) -> Municipalities:
    """`/kommunen`, e.g. to make addresses with."""
    return Municipalities(__name__=PATH, __parent__=request.root, request=request)


def municipality_resource(request: Request, municipality: Municipality) -> MunicipalityResource:
    """`/kommunen/{municipality}`"""
    parent = municipalities_resource(request)
    return MunicipalityResource(
        __name__=municipality.slug, __parent__=parent, request=request, municipality=municipality
    )


def _find_municipalities(parent: Root, name: str) -> Resource | None:
    return municipalities_resource(parent.request) if name == PATH else None


#: Built once: it is asked for on almost every page.
_BY_SLUG = select(Municipality).where(Municipality.slug == bindparam("slug"))


def _find_municipality(parent: Municipalities, name: str) -> Resource | None:
    municipality = parent.request.db.scalar(_BY_SLUG, {"slug": name})
    return None if municipality is None else municipality_resource(parent.request, municipality)


def includeme(config: Configurator) -> None:
    config.add_child_finder(Root, _find_municipalities)
    config.add_child_finder(Municipalities, _find_municipality)
