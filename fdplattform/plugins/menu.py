"""Entries of the staff's tool bar that plugins add."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pyramid.config import Configurator
from pyramid.request import Request

from fdplattform.plugins.registry import Plugins
from fdplattform.web.toolbar import ToolbarLink


@dataclass(frozen=True, kw_only=True)
class MenuItem:
    """A link in the tool bar. Shown to those who hold `permission` on the page's context."""

    #: Translatable.
    title: str
    url: str
    permission: str


def menu_links(context: Any, request: Request) -> Iterator[ToolbarLink]:
    """What the plugins add to the tool bar of this page. Whatever a failing plugin asked the database is undone."""
    plugins: Plugins = request.registry.plugins
    items = plugins.collect(
        "fdplattform_menu_items", MenuItem, inside=request.db.begin_nested, context=context, request=request
    )
    for item in items:
        if request.has_permission(item.permission, context):
            yield ToolbarLink(title=item.title, href=item.url, current=request.path == item.url)


def includeme(config: Configurator) -> None:
    config.add_toolbar_source(menu_links)
