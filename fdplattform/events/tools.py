"""What can happen in an event: the registry of tools. A tool is a room above; the domain knows it only from here."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from pyramid.config import Configurator
from pyramid.registry import Registry
from pyramid.request import Request
from sqlalchemy import ColumnElement, String, cast, false, or_, select
from sqlalchemy.orm import Session
from translationstring import TranslationString

from fdplattform.events.models import Event, EventDate
from fdplattform.plugins.format import EventFormat, ToolUse
from fdplattform.security.permissions import Permission, Role
from fdplattform.web.toolbar import LinkGroup
from fdplattform.workflow import State


@dataclass(frozen=True, kw_only=True)
class ToolLink:
    """A page of a tool in the staff's tool bar; `view` is its path below the event, e.g. `erklaerung/punkte`.

    It stands in its `group` in the order of `order`, as one works, whichever tool it belongs to.
    """

    title: str
    view: str
    permission: str
    group: LinkGroup
    order: int = 50


@dataclass(frozen=True, kw_only=True)
class ToolPanel:
    """A part of the event's page: a template (asset spec) and the values it shows.

    Panels stand in the order in which the format declares its tools. A `result` says what came of the event: once
    its dates are over it stands before all that was needed to come.
    """

    template: str
    values: Mapping[str, Any]
    result: bool = False


@dataclass(frozen=True, kw_only=True)
class Contact:
    """Somebody who must be told of a change. Who has no e-mail is called, or sees it by code."""

    name: str
    email: str | None
    phone: str | None
    language: str
    #: Where the person sees and changes the entry, or None.
    url: str | None


@dataclass(frozen=True, kw_only=True)
class ToolText:
    """A text of a tool that everybody reads, for the page on which the event is translated.

    `name` begins with the tool's id and is the same as long as the text is; `length` is the translation's greatest.
    """

    name: str
    title: TranslationString
    text: str
    length: int


def _as_you_like(_use: ToolUse) -> None:
    """Any options are fine."""


def _nothing(_session: Session, _event: Event, _use: ToolUse) -> dict[str, Any]:
    return {}


def _silent(_session: Session, _event: Event) -> list[ToolText]:
    return []


def _nobody(_session: Session, _event: Event) -> list[Contact]:
    return []


@dataclass(frozen=True, kw_only=True)
class Tool:
    """A tool, as formats declare it by its `id`.

    `panel` renders its part of the public event page (None: nothing to show); `facts` answers what guards may ask,
    with a constant number of queries; `contacts` names who must be told when the event is cancelled or moved;
    `people` is the SQL condition that the tool keeps data of people for the event with this id: it cannot be discarded;
    `texts` are what can be translated together with the event;
    `created` is called once when an event that uses the tool was created; `date_changed` after each change of a date,
    e.g. of its capacity; its last argument is true when people would now come at the wrong time or to the wrong place,
    and what it returns is said to who made the change.
    `sample` fills an event of the demo with what the format's author says (`SampleData.fill`).
    `rights` are what each role may do while the tool is live: in the states that the format names, or until the event
    is over. So a format gets a tool with its rights by declaring it, and its workflow need not know them.
    `lasting` are those that hold in every state, because what the tool knows about people outlives its work: to look at
    it, and to delete it for who asks (Art. 15 and 17 GDPR).
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
    #: Raises BadFormat when the options of a use contradict themselves: the plugin is then not loaded.
    check: Callable[[ToolUse], None] = _as_you_like
    rights: Mapping[Role, frozenset[Permission]] = field(default_factory=dict)
    lasting: Mapping[Role, frozenset[Permission]] = field(default_factory=dict)
    panel: Callable[[Request, Event, ToolUse], ToolPanel | None] | None = None
    facts: Callable[[Session, Event, ToolUse], Mapping[str, Any]] = _nothing
    contacts: Callable[[Session, Event], list[Contact]] = _nobody
    people: Callable[[int], ColumnElement[bool]] | None = None
    texts: Callable[[Session, Event], Sequence[ToolText]] = _silent
    created: Callable[[Session, Event, Any], None] | None = None
    date_changed: Callable[[Session, Event, EventDate, datetime, bool], TranslationString | None] | None = None
    sample: Callable[[Session, Event, datetime, Mapping[str, Any]], None] | None = None


def tools_of(event: Event, format_: EventFormat) -> tuple[ToolUse, ...]:
    """The tools that the event uses: those of its format, without the optional ones that were switched off."""
    return tuple(use for use in format_.conduct.tools if not (use.optional and use.tool in event.tools_off))


def tools_without(event: Event, format_: EventFormat) -> tuple[ToolUse, ...]:
    """The optional tools of the format that the event does without."""
    return tuple(use for use in format_.conduct.tools if use.optional and use.tool in event.tools_off)


def rights_in(
    registry: Registry, event: Event, format_: EventFormat, state: State
) -> Iterator[tuple[Role, frozenset[Permission]]]:
    """Which rights the event's tools give in `state`; one that names no states has only lasting ones in a final one."""
    known = tools(registry)
    for use in tools_of(event, format_):
        yield from known[use.tool].lasting.items()
        live = not state.final if use.states is None else state.id in use.states
        if live:
            yield from known[use.tool].rights.items()


def gives_places(registry: Registry, format_: EventFormat | None) -> bool:
    """True when a tool of the format gives out places."""
    return format_ is not None and any(tools(registry)[use.tool].gives_places for use in format_.conduct.tools)


def most_places(registry: Registry, format_: EventFormat | None) -> int | None:
    """How many places a date may have at most, as the format says; None without a limit."""
    uses = [use for use in format_.conduct.tools if tools(registry)[use.tool].gives_places] if format_ else []
    limits = [use.options["max_places"] for use in uses if "max_places" in use.options]
    return min(limits, default=None)


def switched_on(tool: str) -> ColumnElement[bool]:
    """SQL condition: the event did not switch `tool` off."""
    return cast(Event.tools_off, String).not_like(f'%"{tool}"%')


def tools(registry: Registry) -> dict[str, Tool]:
    """The known tools by id."""
    found: dict[str, Tool] = registry.event_tools
    return found


def keeps_people(session: Session, registry: Registry, event: Event) -> bool:
    """A tool keeps data of people for the event, be it switched on or not."""
    conditions = [tool.people(event.id) for tool in tools(registry).values() if tool.people is not None]
    return bool(session.scalar(select(or_(false(), *conditions))))


def tell_date_changed(
    session: Session, registry: Registry, event: Event, date: EventDate, now: datetime, *, moved: bool = False
) -> list[TranslationString]:
    """Let every tool follow a change of `date`; `moved`: it has another time or place, and people must hear of it.

    Returns what there is to say to who made the change.
    """
    changes = [tool.date_changed for tool in tools(registry).values() if tool.date_changed is not None]
    said = [changed(session, event, date, now, moved) for changed in changes]
    return [message for message in said if message is not None]


def add_tool(config: Configurator, tool: Tool) -> None:
    """Directive: make a tool known. Two tools of one id are a configuration conflict."""
    # At once: the loader of plugins asks which tools exist before the configuration is committed.
    config.registry.event_tools[tool.id] = tool
    config.action(("event tool", tool.id))


def includeme(config: Configurator) -> None:
    config.registry.event_tools = {}
    config.add_directive("add_tool", add_tool)
