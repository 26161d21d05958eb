"""What can happen in an event: the registry of tools. A tool is a room above; the domain knows it only from here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pyramid.config import Configurator
from pyramid.registry import Registry
from pyramid.request import Request
from sqlalchemy import ColumnElement, String, cast
from sqlalchemy.orm import Session

from fdplattform.events.models import Event, EventDate
from fdplattform.plugins.format import EventFormat, ToolUse


@dataclass(frozen=True, kw_only=True)
class ToolLink:
    """A page of a tool in the staff's tool bar; `view` is the view's name below the event."""

    title: str
    view: str
    permission: str


@dataclass(frozen=True, kw_only=True)
class ToolPanel:
    """A part of the event's page: a template (asset spec) and the values it shows."""

    template: str
    values: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Contact:
    """Somebody who must be told of a change. Who has no e-mail is called, or sees it by code."""

    name: str
    email: str | None
    phone: str | None
    language: str
    #: Where the person sees and changes the entry, or None.
    url: str | None


def _nothing(_session: Session, _event: Event, _use: ToolUse) -> dict[str, Any]:
    return {}


def _nobody(_session: Session, _event: Event) -> list[Contact]:
    return []


@dataclass(frozen=True, kw_only=True)
class Tool:
    """A tool, as formats declare it by its `id`.

    `panel` renders its part of the public event page (None: nothing to show); `facts` answers what guards may ask,
    with a constant number of queries; `contacts` names who must be told when the event is cancelled or moved;
    `created` is called once when an event that uses the tool was created; `date_changed` after each change of a date,
    e.g. of its capacity; its last argument is true when people would now come at the wrong time or to the wrong place.
    """

    id: str
    title: str
    #: What the public page says when the event does without the tool; empty says nothing.
    absent: str = ""
    links: tuple[ToolLink, ...] = ()
    #: It gives out the places that a date has; without such a tool nobody is asked how many there are.
    gives_places: bool = False
    #: Names of the options that a format may set.
    options: frozenset[str] = frozenset()
    panel: Callable[[Request, Event, ToolUse], ToolPanel | None] | None = None
    facts: Callable[[Session, Event, ToolUse], Mapping[str, Any]] = _nothing
    contacts: Callable[[Session, Event], list[Contact]] = _nobody
    created: Callable[[Session, Event, Any], None] | None = None
    date_changed: Callable[[Session, Event, EventDate, datetime, bool], None] | None = None


def tools_of(event: Event, format_: EventFormat) -> tuple[ToolUse, ...]:
    """The tools that the event uses: those of its format, without the optional ones that were switched off."""
    return tuple(use for use in format_.conduct.tools if not (use.optional and use.tool in event.tools_off))


def tools_without(event: Event, format_: EventFormat) -> tuple[ToolUse, ...]:
    """The optional tools of the format that the event does without."""
    return tuple(use for use in format_.conduct.tools if use.optional and use.tool in event.tools_off)


def gives_places(registry: Registry, format_: EventFormat | None) -> bool:
    """True when a tool of the format gives out places."""
    return format_ is not None and any(tools(registry)[use.tool].gives_places for use in format_.conduct.tools)


def switched_on(tool: str) -> ColumnElement[bool]:
    """SQL condition: the event did not switch `tool` off."""
    return cast(Event.tools_off, String).not_like(f'%"{tool}"%')


def tools(registry: Registry) -> dict[str, Tool]:
    """The known tools by id."""
    found: dict[str, Tool] = registry.event_tools
    return found


def tell_date_changed(
    session: Session, registry: Registry, event: Event, date: EventDate, now: datetime, *, moved: bool = False
) -> None:
    """Let every tool follow a change of `date`; `moved`: it has another time or place, and people must hear of it."""
    for tool in tools(registry).values():
        if tool.date_changed is not None:
            tool.date_changed(session, event, date, now, moved)


def add_tool(config: Configurator, tool: Tool) -> None:
    """Directive: make a tool known. Two tools of one id are a configuration conflict."""
    # At once: the loader of plugins asks which tools exist before the configuration is committed.
    config.registry.event_tools[tool.id] = tool
    config.action(("event tool", tool.id))


def includeme(config: Configurator) -> None:
    config.registry.event_tools = {}
    config.add_directive("add_tool", add_tool)
