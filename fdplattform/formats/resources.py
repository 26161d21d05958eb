"""`/kommunen/{municipality}/formate` and `/kommunen/{municipality}/formate/{format}`."""

from dataclasses import dataclass

from pyramid.config import Configurator
from pyramid.request import Request
from translationstring import TranslationStringFactory

from fdplattform.municipalities.models import Municipality
from fdplattform.municipalities.resources import MunicipalityResource
from fdplattform.plugins.format import EventFormat
from fdplattform.web.tree import Resource, nearest

_ = TranslationStringFactory("fdplattform")

NAME = "formate"


@dataclass(kw_only=True)
class Formats(Resource):
    """The formats that are installed, and whether they are offered here."""

    def page_title(self, request: Request) -> str:
        """For the breadcrumbs."""
        return str(request.localizer.translate(_("Formats")))


@dataclass(kw_only=True)
class FormatResource(Resource):
    """One format in one municipality; `__name__` is its id."""

    @property
    def format(self) -> EventFormat:
        """The format. It was there when this resource was found."""
        found: EventFormat = self.request.registry.plugins.formats[self.__name__]
        return found

    def page_title(self, request: Request) -> str:
        """For the breadcrumbs."""
        return str(request.localizer.translate(self.format.title))


def host(resource: Resource) -> Municipality:
    """The municipality in which a format is looked at."""
    return nearest(resource, MunicipalityResource).municipality


def formats_resource(parent: MunicipalityResource) -> Formats:
    """The formats of a municipality, e.g. to make addresses with."""
    return Formats(__name__=NAME, __parent__=parent, request=parent.request)


def _find_formats(parent: MunicipalityResource, name: str) -> Resource | None:
    return formats_resource(parent) if name == NAME else None


def _find_format(parent: Formats, name: str) -> Resource | None:
    if name not in parent.request.registry.plugins.formats:
        return None
    return FormatResource(__name__=name, __parent__=parent, request=parent.request)


def includeme(config: Configurator) -> None:
    config.add_child_finder(MunicipalityResource, _find_formats)
    config.add_child_finder(Formats, _find_format)
