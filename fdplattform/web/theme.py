"""A municipality's own colour and logo, on its pages.

The colour comes as a small stylesheet of its own address, because the content security policy forbids inline styles.
The address carries the version, so it can be kept for ever. Who knows the colours says so::

    config.set_colour_source(lambda session, municipality_id: "#005b8c")
"""

from collections.abc import Callable
from dataclasses import dataclass

from pyramid.config import Configurator
from pyramid.httpexceptions import HTTPNotFound
from pyramid.location import lineage
from pyramid.request import Request
from pyramid.response import Response
from pyramid.security import NO_PERMISSION_REQUIRED
from pyramid.view import view_config
from sqlalchemy.orm import Session

ONE_YEAR = 365 * 24 * 3600

#: The colour `#rrggbb` of a municipality, or None when it has none or there is no such municipality.
ColourSource = Callable[[Session, int], str | None]
#: The address of a stored file.
LogoAddress = Callable[[Request, int], str]

STYLESHEET = ":root{{--fdp-brand:{colour};--kern-color-action-default:{colour}}}\n"


@dataclass(frozen=True)
class Look:
    """Addresses of a municipality's own stylesheet and logo, where it has them."""

    stylesheet: str | None = None
    logo: str | None = None


PLAIN = Look()


def look_of(request: Request) -> Look:
    """The look of the page's municipality: of the nearest resource that holds one as `.municipality`."""
    for place in lineage(getattr(request, "context", None)):
        municipality = getattr(place, "municipality", None)
        if municipality is not None:
            break
    else:
        return PLAIN
    stylesheet = None
    if municipality.colour:
        stylesheet = request.route_path("theme", id=municipality.id, version=municipality.version)
    logo = request.registry.logo_address(request, municipality.logo_id) if municipality.logo_id else None
    return Look(stylesheet, logo)


@view_config(route_name="theme", request_method="GET", permission=NO_PERMISSION_REQUIRED)
def theme(request: Request) -> Response:
    """The stylesheet with the colour of one municipality."""
    colour = request.registry.colour_source(request.db, int(request.matchdict["id"]))
    if colour is None:
        raise HTTPNotFound()
    response = Response(STYLESHEET.format(colour=colour), content_type="text/css", charset="utf-8")
    response.cache_control.public = True
    response.cache_control.max_age = ONE_YEAR
    return response


def set_colour_source(config: Configurator, source: ColourSource) -> None:
    """Directive: who knows the municipalities' colours."""
    config.action("colour source", lambda: setattr(config.registry, "colour_source", source))


def set_logo_address(config: Configurator, address: LogoAddress) -> None:
    """Directive: who knows the addresses of logos."""
    config.action("logo address", lambda: setattr(config.registry, "logo_address", address))


def includeme(config: Configurator) -> None:
    config.registry.colour_source = lambda _session, _municipality_id: None
    config.registry.logo_address = lambda _request, _file_id: None
    config.add_directive("set_colour_source", set_colour_source)
    config.add_directive("set_logo_address", set_logo_address)
    config.add_route("theme", r"/thema/{id:\d{1,9}}-{version:\d{1,9}}.css")
