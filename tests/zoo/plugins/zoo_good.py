"""Nothing is wrong with this one: it must work although all the others are there."""

from dataclasses import replace

from pyramid.response import Response

from fdplattform.api import EventFormat, EventResource, MenuItem, Permission, hookimpl
from fdplattform.testing.probe import PROBE

FDPLATTFORM_API = (1, 0)


def hello(request):
    return Response("good")


@hookimpl
def fdplattform_event_formats() -> list[EventFormat]:
    return [replace(PROBE, id="zoo_good", title="Good")]


@hookimpl
def fdplattform_includeme(config):
    config.add_route("zoo_good", "/zoo/gut")
    config.add_view(hello, route_name="zoo_good", permission=Permission.SITE_VIEW)


@hookimpl
def fdplattform_menu_items(context, request):
    if not isinstance(context, EventResource):
        return []
    return [MenuItem(title="Zoo entry", url="/zoo/gut", permission=Permission.EVENT_VIEW)]
