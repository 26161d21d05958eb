"""The tool bar on the pages of an event: the next step, the links of its tools, and the groups in which they stand."""

from collections.abc import Iterator

from pyramid.config import Configurator
from pyramid.request import Request
from translationstring import TranslationStringFactory

from fdplattform.events.resources import EventResource
from fdplattform.events.tools import tools, tools_of
from fdplattform.events.transitions import next_step
from fdplattform.plugins.format import EventFormat
from fdplattform.security.permissions import Permission
from fdplattform.web.toolbar import LinkGroup, ToolbarLink, link_to, links_of
from fdplattform.web.tree import Resource, nearest

_ = TranslationStringFactory("fdplattform")

# In the order in which one works, between "Prepare" and "Administration".
REGISTRATION = LinkGroup(title=_("Registration"), order=20)
INVITATION = LinkGroup(title=_("Draw and invite"), order=30)
DAY = LinkGroup(title=_("On the day"), order=40)
RESULTS = LinkGroup(title=_("Results"), order=50)

#: Behind the public page.
NEXT = 1


def event_tools(context: Resource, request: Request) -> Iterator[ToolbarLink]:
    """What staff find on every page of an event: its own links, then those of the tools that its format uses."""
    try:
        place = nearest(context, EventResource)
    except LookupError:
        return
    if place is not context:
        yield from links_of(request, place)
    if place.format is not None:
        yield from _next_link(place, place.format, request)
        yield from _tool_links(place, place.format, request)


def _next_link(place: EventResource, format_: EventFormat, request: Request) -> Iterator[ToolbarLink]:
    """What comes next, by its name: the step may have to wait, the page says for what."""
    if not request.has_permission(Permission.JOURNAL_VIEW, place):
        return
    step = next_step(format_, place.event)
    title = _("What comes next")
    if step is not None:
        title = _("Next: ${step}", mapping={"step": request.localizer.translate(step.title)})
    yield link_to(request, place, "schritte", title=title, order=NEXT, leads=True)


def _tool_links(place: EventResource, format_: EventFormat, request: Request) -> Iterator[ToolbarLink]:
    known = tools(request.registry)
    for link in (link for use in tools_of(place.event, format_) for link in known[use.tool].links):
        if request.has_permission(link.permission, place):
            yield link_to(request, place, link.view, title=link.title, order=link.order, group=link.group)


def includeme(config: Configurator) -> None:
    config.add_toolbar_source(event_tools)
