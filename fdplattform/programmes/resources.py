"""`/verwaltung/programme/{programme}/{agreement}`: the programme office's part of the tree."""

from dataclasses import dataclass

from pyramid.config import Configurator
from pyramid.request import Request
from translationstring import TranslationStringFactory

from fdplattform.programmes.models import Agreement, Programme
from fdplattform.programmes.services import find_agreement, find_programme
from fdplattform.web.ids import parse_id
from fdplattform.web.tree import Administration, Resource

_ = TranslationStringFactory("fdplattform")

PATH = "programme"


@dataclass(kw_only=True)
class Programmes(Resource):
    """`/verwaltung/programme`"""

    def page_title(self, request: Request) -> str:
        """For the breadcrumbs."""
        return str(request.localizer.translate(_("Programmes")))


@dataclass(kw_only=True)
class ProgrammeResource(Resource):
    """`/verwaltung/programme/{id}`"""

    programme: Programme

    def page_title(self, _request: Request) -> str:
        """For the breadcrumbs."""
        return self.programme.title


@dataclass(kw_only=True)
class AgreementResource(Resource):
    """`/verwaltung/programme/{id}/{agreement id}`"""

    agreement: Agreement

    def page_title(self, _request: Request) -> str:
        """For the breadcrumbs."""
        return self.agreement.municipality.name


def programme_resource(parent: Resource, programme: Programme) -> ProgrammeResource:
    """The resource of `programme` below the list."""
    return ProgrammeResource(__name__=str(programme.id), __parent__=parent, request=parent.request, programme=programme)


def agreement_resource(parent: Resource, agreement: Agreement) -> AgreementResource:
    """The resource of `agreement` below its programme."""
    return AgreementResource(__name__=str(agreement.id), __parent__=parent, request=parent.request, agreement=agreement)


def _find_programmes(parent: Administration, name: str) -> Resource | None:
    return Programmes(__name__=name, __parent__=parent, request=parent.request) if name == PATH else None


def _find_programme(parent: Programmes, name: str) -> Resource | None:
    number = parse_id(name)
    programme = find_programme(parent.request.db, number) if number else None
    return None if programme is None else programme_resource(parent, programme)


def _find_agreement(parent: ProgrammeResource, name: str) -> Resource | None:
    number = parse_id(name)
    agreement = find_agreement(parent.request.db, parent.programme.id, number) if number else None
    return None if agreement is None else agreement_resource(parent, agreement)


def includeme(config: Configurator) -> None:
    config.add_child_finder(Administration, _find_programmes)
    config.add_child_finder(Programmes, _find_programme)
    config.add_child_finder(ProgrammeResource, _find_agreement)
