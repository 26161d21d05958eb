"""The links of an event's tools in the tool bar; and the whole bar on the pages below an event."""

from collections.abc import Iterator

from pyramid.config import Configurator
from pyramid.request import Request

from fdplattform.events.resources import EventResource
from fdplattform.events.tools import tools, tools_of
from fdplattform.web.toolbar import ToolbarLink, links_of
from fdplattform.web.tree import Resource, nearest

#: After what prepares the event, before what came out of it.
TOOLS = 35


def event_tools(context: Resource, request: Request) -> Iterator[ToolbarLink]:
    """What staff find on every page of an event: its own links, then those of the tools that its format uses."""
    try:
        place = nearest(context, EventResource)
    except LookupError:
        return
    if place is not context:
        yield from links_of(request, place)
    yield from _tool_links(place, request)


def _tool_links(place: EventResource, request: Request) -> Iterator[ToolbarLink]:
    used = tools_of(place.event, place.format) if place.format is not None else ()
    known = tools(request.registry)
    for link in (link for use in used for link in known[use.tool].links):
        if request.has_permission(link.permission, place):
            href = request.resource_path(place, link.view)
            current = request.path.rstrip("/") == href.rstrip("/")
            yield ToolbarLink(title=link.title, href=href, current=current, order=TOOLS)


def includeme(config: Configurator) -> None:
    config.add_toolbar_source(event_tools)
