"""`/api/v1`: what everybody sees, for machines. Read only, without personal data, described by `openapi.json`."""

from functools import partial

from pyramid.config import Configurator
from pyramid.events import NewResponse

from fdplattform.rest.collections import collections
from fdplattform.rest.views import answer_list, answer_one, answer_openapi
from fdplattform.security.permissions import Permission

PREFIX = "/api/"


def _open_to_other_sites(event: NewResponse) -> None:
    """A town's own website may show these data; there is nothing in them that a cookie would add."""
    if event.request.environ.get("PATH_INFO", "").startswith(PREFIX):
        event.response.headers["Access-Control-Allow-Origin"] = "*"
        event.response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"


def includeme(config: Configurator) -> None:
    config.registry.rest_collections = found = collections(config.registry.fdp)
    shared = {"permission": Permission.SITE_VIEW, "request_method": "GET"}
    for collection in found:
        name = f"rest {collection.name}"
        config.add_route(name, collection.path)
        config.add_route(f"{name} one", collection.path_of_one)
        config.add_view(partial(answer_list, collection), route_name=name, **shared)
        config.add_view(partial(answer_one, collection), route_name=f"{name} one", **shared)
    config.add_route("rest openapi", "/api/v1/openapi.json")
    config.add_view(answer_openapi, route_name="rest openapi", **shared)
    config.add_subscriber(_open_to_other_sites, NewResponse)
