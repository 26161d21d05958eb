"""Panels: parts of a resource's page that other rooms and plugins add.

    config.add_panel(DialogueResource, "events", load_events, "fdplattform.templates:events/panel.pt")

`load(resource, request)` returns what the template shows, or None when there is nothing to show. The page renders
all its panels with `request.panels(resource)`; it never learns who they are.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup
from pyramid.config import Configurator
from pyramid.renderers import render
from pyramid.request import Request

from fdplattform.web.tree import Resource

Load = Callable[[Any, Request], dict[str, Any] | None]


@dataclass(frozen=True, kw_only=True)
class Panel:
    """A part of the page of every resource of one class."""

    name: str
    load: Load
    renderer: str
    permission: str | None
    order: int
    part: str

    def show(self, resource: Resource, request: Request) -> Markup | None:
        """The panel's HTML, or None when the person may not see it or there is nothing to see."""
        if self.permission is not None and not request.has_permission(self.permission, resource):
            return None
        values = self.load(resource, request)
        if values is None:
            return None
        return Markup(render(self.renderer, {"context": resource, **values}, request))  # noqa: S704 - our own template


@dataclass
class Panels:
    """All panels of the deployment, by the class of the resource."""

    by_resource: dict[type[Resource], list[Panel]] = field(default_factory=dict)

    def of(self, resource: Resource) -> list[Panel]:
        """The panels of `resource`, in their order."""
        return sorted(self.by_resource.get(type(resource), ()), key=lambda panel: (panel.order, panel.name))


def add_panel(
    config: Configurator,
    resource: type[Resource],
    name: str,
    load: Load,
    renderer: str,
    *,
    permission: str | None = None,
    order: int = 50,
    part: str = "",
) -> None:
    """Directive: show `renderer` with what `load` returns on the page of every `resource`, for who has `permission`.

    `part` names the place on the page, where the page has several.
    """
    panel = Panel(name=name, load=load, renderer=renderer, permission=permission, order=order, part=part)
    config.action(
        ("panel", resource, name),
        lambda: config.registry.panels.by_resource.setdefault(resource, []).append(panel),
    )


def request_panels(request: Request, resource: Resource, *, part: str = "") -> list[Markup]:
    """The HTML of the panels of `resource` that the person may see in this part of the page."""
    panels: Panels = request.registry.panels
    shown = (panel.show(resource, request) for panel in panels.of(resource) if panel.part == part)
    return [html for html in shown if html is not None]


def includeme(config: Configurator) -> None:
    config.registry.panels = Panels()
    config.add_directive("add_panel", add_panel)
    config.add_request_method(request_panels, "panels")
