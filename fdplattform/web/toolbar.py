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


def request_toolbar(request: Request) -> list[ToolbarLink]:
    """The tools of the thing whose page this is; none for who is not signed in."""
    context = getattr(request, "context", None)
    if not isinstance(context, Resource) or request.identity is None:
        return []
    links = [
        ToolbarLink(
            title=entry.title,
            href=request.resource_path(context, *([entry.view] if entry.view else [])),
            current=request.view_name == entry.view,
        )
        for entry in sorted(request.registry.toolbar.get(type(context), ()), key=lambda each: (each.order, each.view))
        if (entry.shown is None or entry.shown(context)) and request.has_permission(entry.permission, context)
    ]
    return [*links, *(link for source in request.registry.toolbar_sources for link in source(context, request))]


def includeme(config: Configurator) -> None:
    config.registry.toolbar = {}
    config.registry.toolbar_sources = []
    config.add_directive("add_toolbar_link", add_toolbar_link)
    config.add_directive("add_toolbar_source", add_toolbar_source)
    config.add_request_method(request_toolbar, "toolbar", reify=True)
