"""The bar with the tools of staff on the pages of a resource; each room adds its own.

config.add_toolbar_link(MunicipalityResource, "mitglieder", _("Members"), permission=Permission.MUNICIPALITY_MEMBERS)
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from pyramid.config import Configurator
from pyramid.request import Request
from translationstring import TranslationString

from fdplattform.web.tree import Resource


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A link to a view of a resource, for who has `permission` on it and where `shown` agrees."""

    view: str
    title: TranslationString
    permission: str
    order: int
    shown: Callable[[Any], bool] | None


@dataclass(frozen=True, kw_only=True)
class ToolbarLink:
    """A link as the page shows it."""

    title: TranslationString | str
    href: str
    #: The page is the one that is open.
    current: bool
    order: int = 50


Source = Callable[[Resource, Request], Iterable[ToolbarLink]]


def add_toolbar_link(
    config: Configurator,
    resource: type[Resource],
    view: str,
    title: TranslationString,
    *,
    permission: str,
    order: int = 50,
    shown: Callable[[Any], bool] | None = None,
) -> None:
    """Directive: link to the view called `view` in the tool bar of every `resource`."""
    entry = Entry(view=view, title=title, permission=permission, order=order, shown=shown)
    config.action(
        ("toolbar link", resource, view), lambda: config.registry.toolbar.setdefault(resource, []).append(entry)
    )


def add_toolbar_source(config: Configurator, source: Source) -> None:
    """Directive: let `source(context, request)` add links that are only known when the page is made."""
    config.action(("toolbar source", source), config.registry.toolbar_sources.append, (source,))


def links_of(request: Request, place: Resource) -> list[ToolbarLink]:
    """The tools of `place` for the person asking, also on the page of something inside it."""
    entries = sorted(request.registry.toolbar.get(type(place), ()), key=lambda each: (each.order, each.view))
    addresses = (request.resource_path(place, *([entry.view] if entry.view else [])) for entry in entries)
    return [
        ToolbarLink(
            title=entry.title, href=href, current=href.rstrip("/") == request.path.rstrip("/"), order=entry.order
        )
        for entry, href in zip(entries, addresses, strict=True)
        if (entry.shown is None or entry.shown(place)) and request.has_permission(entry.permission, place)
    ]


def request_toolbar(request: Request) -> list[ToolbarLink]:
    """The tools of the thing whose page this is; none for who is not signed in."""
    context = getattr(request, "context", None)
    if not isinstance(context, Resource) or request.identity is None:
        return []
    sources = request.registry.toolbar_sources
    links = [*links_of(request, context), *(link for source in sources for link in source(context, request))]
    return sorted(links, key=lambda link: link.order)


def includeme(config: Configurator) -> None:
    config.registry.toolbar = {}
    config.registry.toolbar_sources = []
    config.add_directive("add_toolbar_link", add_toolbar_link)
    config.add_directive("add_toolbar_source", add_toolbar_source)
    config.add_request_method(request_toolbar, "toolbar", reify=True)
