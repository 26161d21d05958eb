"""The hooks. A hook returns declarative objects; the core renders forms, buttons, pages and permissions from them.

A plugin is a module (or object) that implements some of these with `fdplattform.api.hookimpl`.
"""

from typing import TYPE_CHECKING, Any

import pluggy

if TYPE_CHECKING:
    from pyramid.config import Configurator
    from pyramid.request import Request

    from fdplattform.plugins.format import EventFormat
    from fdplattform.plugins.menu import MenuItem

PROJECT = "fdplattform"
hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


@hookspec
def fdplattform_event_formats() -> "list[EventFormat]":  # type: ignore[empty-body]
    """The formats that the plugin brings. Called once, when the plugin is loaded."""


@hookspec
def fdplattform_includeme(config: "Configurator") -> None:
    """Add views, routes or static files of the plugin's own. Called once at start, after a dry run.

    Every view names a permission; a name that the core or another plugin uses is an error.
    """


@hookspec
def fdplattform_menu_items(context: Any, request: "Request") -> "list[MenuItem]":  # type: ignore[empty-body]
    """Entries for the staff's tool bar on the page of `context`. Called for every page that staff see: be quick.

    A plugin that takes too long or fails here loses its entries until the next start; the page is shown without them.
    """


@hookspec
def fdplattform_transition_done(event: Any, transition: str, entry: Any) -> None:
    """An event of one of the plugin's formats has taken `transition`; `entry` is its journal entry.

    Runs in the same database transaction, inside a savepoint: a failure here undoes only what the hook did.
    """


@hookspec
def fdplattform_sample_data(sample: Any) -> None:
    """Fill the demo with an event of each of the plugin's formats, using `fdplattform.api.SampleData`.

    Called by `fdplattform demo` only.
    """
