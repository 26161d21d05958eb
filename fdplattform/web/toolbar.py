"""The bar with the tools of staff on the pages of a resource; each room adds its own.

config.add_toolbar_link(
    MunicipalityResource, "mitglieder", _("Team"), permission=Permission.MUNICIPALITY_MEMBERS, group=ADMINISTRATION
)
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from pyramid.config import Configurator
from pyramid.request import Request
from translationstring import TranslationString, TranslationStringFactory

from fdplattform.web.tree import Resource

_ = TranslationStringFactory("fdplattform")

#: So few links are read at a glance: they stand side by side.
FEW = 6


@dataclass(frozen=True, kw_only=True)
class LinkGroup:
    """Links that belong together, behind one word; groups stand in the order of `order`."""

    title: TranslationString
    order: int


#: What every kind of place may have.
PREPARATION = LinkGroup(title=_("Prepare"), order=10)
ADMINISTRATION = LinkGroup(title=_("Management"), order=90)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A link to a view of a resource, for who has `permission` on it and where `shown` agrees."""

    view: str
    title: TranslationString
    permission: str
    order: int
    group: LinkGroup | None
    shown: Callable[[Any], bool] | None


@dataclass(frozen=True, kw_only=True)
class ToolbarLink:
    """A link as the page shows it."""

    title: TranslationString | str
    href: str
    #: The page is the one that is open.
    current: bool
    #: The page that is open lies below this one.
    above: bool = False
    order: int = 50
    #: None: it always stands in the bar itself.
    group: LinkGroup | None = None
    #: What most people look for now.
    leads: bool = False


@dataclass(frozen=True, kw_only=True)
class ToolbarPart:
    """Links that stand side by side, or behind the word `title`."""

    title: TranslationString | None
    links: Sequence[ToolbarLink]

    @property
    def current(self) -> bool:
        """The page that is open is among them, or lies below one of them."""
        return any(link.current or link.above for link in self.links)


Source = Callable[[Resource, Request], Iterable[ToolbarLink]]


def add_toolbar_link(
    config: Configurator,
    resource: type[Resource],
    view: str,
    title: TranslationString,
    *,
    permission: str,
    order: int = 50,
    group: LinkGroup | None = None,
    shown: Callable[[Any], bool] | None = None,
) -> None:
    """Directive: link to the view called `view` in the tool bar of every `resource`, in its `group`."""
    entry = Entry(view=view, title=title, permission=permission, order=order, group=group, shown=shown)
    config.action(
        ("toolbar link", resource, view), lambda: config.registry.toolbar.setdefault(resource, []).append(entry)
    )


def add_toolbar_source(config: Configurator, source: Source) -> None:
    """Directive: let `source(context, request)` add links that are only known when the page is made."""
    config.action(("toolbar source", source), config.registry.toolbar_sources.append, (source,))


def links_of(request: Request, place: Resource) -> list[ToolbarLink]:
    """The tools of `place` for the person asking, also on the page of something inside it."""
    entries = sorted(request.registry.toolbar.get(type(place), ()), key=lambda each: (each.order, each.view))
    return [
        link_to(request, place, entry.view, title=entry.title, order=entry.order, group=entry.group)
        for entry in entries
        if (entry.shown is None or entry.shown(place)) and request.has_permission(entry.permission, place)
    ]


def link_to(
    request: Request, place: Resource, view: str, *, title: TranslationString | str, **more: Any
) -> ToolbarLink:
    """A link to the page of `place` at the path `view`; empty: its own page."""
    href = request.resource_path(place, *(view.split("/") if view else ()))
    page, path = href.rstrip("/"), request.path.rstrip("/")
    return ToolbarLink(title=title, href=href, current=page == path, above=path.startswith(f"{page}/"), **more)


def request_toolbar(request: Request) -> list[ToolbarPart]:
    """The tools of the thing whose page this is; none for who is not signed in."""
    context = getattr(request, "context", None)
    if not isinstance(context, Resource) or request.identity is None:
        return []
    sources = request.registry.toolbar_sources
    links = [*links_of(request, context), *(link for source in sources for link in source(context, request))]
    return list(parts_of(sorted(links, key=_place)))


def parts_of(links: Sequence[ToolbarLink]) -> Iterator[ToolbarPart]:
    """The links in groups, as soon as there are more than a `FEW`."""
    if 0 < len(links) <= FEW:
        yield ToolbarPart(title=None, links=links)
        return
    for group, members in groupby(links, key=lambda link: link.group):
        yield ToolbarPart(title=group.title if group else None, links=list(members))


def _place(link: ToolbarLink) -> tuple[int, int]:
    return (link.group.order if link.group else 0, link.order)


def includeme(config: Configurator) -> None:
    config.registry.toolbar = {}
    config.registry.toolbar_sources = []
    config.add_directive("add_toolbar_link", add_toolbar_link)
    config.add_directive("add_toolbar_source", add_toolbar_source)
    config.add_request_method(request_toolbar, "toolbar", reify=True)
