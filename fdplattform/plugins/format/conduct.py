"""How an event goes."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from fdplattform.plugins.format.errors import BadFormat
from fdplattform.workflow import Workflow

_ID = re.compile(r"[a-z][a-z0-9_]{1,39}")


@dataclass(frozen=True, kw_only=True)
class ToolUse:
    """A tool (`registration`, `agenda` …), in which states it is live, and its options."""

    tool: str
    #: None means in every state.
    states: frozenset[str] | None = None
    options: Mapping[str, Any] = field(default_factory=dict)
    #: A single event can do without it, e.g. an assembly to which people just come.
    optional: bool = False
    #: A new event does without it until somebody switches it on; only for optional tools.
    off_at_first: bool = False

    def __post_init__(self) -> None:
        if self.off_at_first and not self.optional:
            raise BadFormat(f"tool {self.tool} is off at first, but not optional: nobody could switch it on")

    def live_in(self, state: str) -> bool:
        """True when the tool is live in `state`."""
        return self.states is None or state in self.states


@dataclass(frozen=True, kw_only=True)
class LetterText:
    """What a kind of letter says at events of the format as long as the team has not written something else.

    Both are translatable, and may contain the letters' placeholders, such as `${name}`, `${event}`, `${responses}`.
    An empty line in `body` begins a new paragraph.
    """

    subject: str
    body: str


@dataclass(frozen=True, kw_only=True)
class AgendaLine:
    """A line of the agenda that a new event starts with."""

    title: str
    minutes: int
    method: str = ""
    #: It begins with the event's next date: the first line of a second day.
    next_date: bool = False


@dataclass(frozen=True, kw_only=True)
class Series:
    """The format can be created once for each field of action of a dialogue, in one step."""

    #: Translatable, with `${field}`.
    event_title: str


@dataclass(frozen=True, kw_only=True)
class FollowUp:
    """Something that the team has to ask or do a while after a step: a task in "my week", and one mail when it is due.

    It does not matter in which state the event is by then, closed ones included; a cancelled event asks nothing.
    """

    id: str
    #: Translatable: what is to be done.
    title: str
    #: Translatable: why, and where the answer goes.
    description: str = ""
    #: The transition from which the time counts.
    from_step: str
    after: timedelta
    #: The page on which the answer is entered, relative to the event's own page; empty when there is none.
    where: str = ""

    def __post_init__(self) -> None:
        if not _ID.fullmatch(self.id):
            raise BadFormat(f"{self.id!r} is not the id of a follow-up: 2 to 40 lower-case ASCII letters, digits and _")
        if self.after <= timedelta(0):
            raise BadFormat(f"the follow-up {self.id} is due some time after its step")


@dataclass(frozen=True, kw_only=True)
class Conduct:
    """How an event goes: its workflow, the plugin's own permissions, its tools, its agenda, what is asked later."""

    workflow: Workflow
    #: Older versions of the workflow, for events that started with one of them: a running event keeps its way.
    earlier: tuple[Workflow, ...] = ()
    #: `<plugin>:<action>` → translatable title.
    permissions: Mapping[str, str] = field(default_factory=dict)
    tools: tuple[ToolUse, ...] = ()
    agenda: tuple[AgendaLine, ...] = ()
    series: Series | None = None
    follow_ups: tuple[FollowUp, ...] = ()

    def __post_init__(self) -> None:
        states = {state.id for state in self.workflow.states}
        for use in self.tools:
            if use.states is not None and not use.states <= states:
                raise BadFormat(f"tool {use.tool} names unknown states {sorted(use.states - states)}")
        versions = [workflow.version for workflow in (self.workflow, *self.earlier)]
        if len(versions) != len(set(versions)) or max(versions) != self.workflow.version:
            raise BadFormat("each version of a workflow is declared once, and the newest is `workflow`")
        names = [use.tool for use in self.tools]
        if len(names) != len(set(names)):
            raise BadFormat("a tool is declared twice")
        self._check_follow_ups()

    def _check_follow_ups(self) -> None:
        steps = {step.id for step in self.workflow.transitions}
        for follow_up in self.follow_ups:
            if follow_up.from_step not in steps:
                raise BadFormat(f"the follow-up {follow_up.id} counts from the unknown step {follow_up.from_step}")
        ids = [follow_up.id for follow_up in self.follow_ups]
        if len(ids) != len(set(ids)):
            raise BadFormat("a follow-up is declared twice")

    def workflow_version(self, version: int) -> Workflow:
        """The workflow with this version; the newest where that version is no longer declared."""
        return next((found for found in self.earlier if found.version == version), self.workflow)

    def tool(self, name: str) -> ToolUse | None:
        """How the format uses the tool `name`, or None."""
        return next((use for use in self.tools if use.tool == name), None)
