"""`EventFormat`: what a plugin declares about a format. The core renders everything else from it.

All parts are frozen and keyword-only, and checked when they are made: a wrong declaration stops the plugin's import.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Any

import colander

from fdplattform.workflow import Workflow

_ID = re.compile(r"[a-z][a-z0-9_]{1,39}")


class BadFormat(ValueError):
    """A declaration contradicts itself; the message says where."""


class Openness(StrEnum):
    """Who can come."""

    OPEN = "open"
    INVITED = "invited"
    DRAWN = "drawn"


class Suitability(StrEnum):
    """How well a format carries open conflict."""

    POOR = "poor"
    FAIR = "fair"
    GOOD = "good"


class Aim(StrEnum):
    """What an event can be for; the advisor asks for it."""

    INFORM = "inform"
    COLLECT_IDEAS = "collect_ideas"
    FIND_FIELDS = "find_fields"
    DEEPEN_FIELD = "deepen_field"
    FORM_GROUPS = "form_groups"
    SOLVE_CONFLICT = "solve_conflict"
    ADVISE_COUNCIL = "advise_council"
    PRESENT_RESULTS = "present_results"


@dataclass(frozen=True)
class Span:
    """From `least` to `most`, both included; the unit is the field's."""

    least: float
    most: float

    def __post_init__(self) -> None:
        if not 0 <= self.least <= self.most:
            raise BadFormat(f"a span from {self.least} to {self.most} is not one")

    def __contains__(self, value: float) -> bool:
        return self.least <= value <= self.most


@dataclass(frozen=True, kw_only=True)
class Profile:
    """What the advisor and the page that compares formats say of a format."""

    #: Number of people.
    people: Span
    #: Length in hours, all dates together.
    hours: Span
    openness: Openness
    conflict: Suitability
    #: Weeks from the decision to the event, at least.
    preparation_weeks: int
    #: People from the town hall who work on it, at least.
    staff: int
    aims: frozenset[Aim]
    #: Translatable sentences.
    good_for: tuple[str, ...]
    bad_for: tuple[str, ...]
    funding: str = ""
    example: str = ""

    def __post_init__(self) -> None:
        if not self.aims or not self.good_for or not self.bad_for:
            raise BadFormat("a profile names aims, what the format is good for and what it is not good for")


@dataclass(frozen=True, kw_only=True)
class Fit:
    """Where a format has its place.

    A format with `follows` can only be created after an event of one of these formats (chained); only such a format
    may do without a profile.
    """

    blocks: frozenset[int]
    profile: Profile | None = None
    follows: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if not self.blocks or not self.blocks <= set(range(1, 7)):
            raise BadFormat(f"building blocks are 1 to 6, not {sorted(self.blocks)}")
        if self.profile is None and not self.follows:
            raise BadFormat("a format that can be chosen freely needs a profile")

    @property
    def chained_only(self) -> bool:
        """True when it is only offered after another event."""
        return bool(self.follows)


@dataclass(frozen=True, kw_only=True)
class ToolUse:
    """A tool (`registration`, `agenda` …), in which states it is live, and its options."""

    tool: str
    #: None means in every state.
    states: frozenset[str] | None = None
    options: Mapping[str, Any] = field(default_factory=dict)
    #: A single event can do without it, e.g. an assembly to which people just come.
    optional: bool = False

    def live_in(self, state: str) -> bool:
        """True when the tool is live in `state`."""
        return self.states is None or state in self.states


@dataclass(frozen=True, kw_only=True)
class AgendaLine:
    """A line of the agenda that a new event starts with."""

    title: str
    minutes: int
    method: str = ""


@dataclass(frozen=True, kw_only=True)
class Series:
    """The format can be created once for each field of action of a dialogue, in one step."""

    #: Translatable, with `${field}`.
    event_title: str


@dataclass(frozen=True, kw_only=True)
class Conduct:
    """How an event goes: its workflow, the plugin's own permissions, its tools, its agenda."""

    workflow: Workflow
    #: Older versions of the workflow, for events that started with one of them: a running event keeps its way.
    earlier: tuple[Workflow, ...] = ()
    #: `<plugin>:<action>` → translatable title.
    permissions: Mapping[str, str] = field(default_factory=dict)
    tools: tuple[ToolUse, ...] = ()
    agenda: tuple[AgendaLine, ...] = ()
    series: Series | None = None

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

    def workflow_version(self, version: int) -> Workflow:
        """The workflow with this version; the newest where that version is no longer declared."""
        return next((found for found in self.earlier if found.version == version), self.workflow)

    def tool(self, name: str) -> ToolUse | None:
        """How the format uses the tool `name`, or None."""
        return next((use for use in self.tools if use.tool == name), None)


@dataclass(frozen=True, kw_only=True)
class RecordList:
    """A list that staff keep for an event, e.g. suggestions or tables; the core makes its pages and its export.

    `schema` is a colander schema; `model` has a column for each of its fields, an `id` and an `event_id` that refers
    to the event with ON DELETE CASCADE. Rows of a `public` list show the fields marked `public=True` to everybody.
    """

    id: str
    title: str
    #: What one row is called: "suggestion".
    row_title: str
    description: str = ""
    schema: type[colander.Schema]
    model: type[Any]
    #: States in which rows can be changed; None means in every state.
    states: frozenset[str] | None = None
    public: bool = False
    #: The field whose date is due, and the field that says that it was done: shown as a traffic light.
    due_field: str | None = None
    done_field: str | None = None
    #: The field by which the rows are sorted; None keeps the order of entry.
    order_by: str | None = None
    #: What the form of a new row starts with, computed from the event's facts.
    defaults: Callable[[Any], Mapping[str, Any]] | None = None

    def editable_in(self, state: str) -> bool:
        """True when rows can be changed in `state`."""
        return self.states is None or state in self.states


class RetentionStart(StrEnum):
    """From when a retention period counts."""

    EVENT_END = "event_end"
    DIALOGUE_END = "dialogue_end"
    ENTRY = "entry"


@dataclass(frozen=True, kw_only=True)
class PersonalField:
    """A personal field: where it is, what for, and when it is deleted. Export and erasure are derived from this."""

    model: type[Any]
    column: str
    #: Translatable: why it is asked.
    purpose: str
    #: Translatable: the legal basis.
    basis: str
    keep: timedelta
    start: RetentionStart = RetentionStart.EVENT_END


@dataclass(frozen=True, kw_only=True)
class Data:
    """What an event of the format knows: its form, its lists, the plugin's tables and the personal fields in them.

    `details` is a colander schema. Its nodes may say `at_creation=True` (asked when the event is created; otherwise
    it can wait), `public=True` (shown on the public page) and `translatable=True`.
    Without `model` the answers are kept by the core; a model has an `event_id` as primary key and the same names.
    """

    details: type[colander.Schema] | None = None
    model: type[Any] | None = None
    lists: tuple[RecordList, ...] = ()
    settings: type[colander.Schema] | None = None
    #: The plugin's own declarative base; its tables begin with `fdp_<plugin>_`.
    base: type[Any] | None = None
    #: Package with the plugin's alembic revisions, e.g. `"fdp_forum.migrations"`.
    migrations: str | None = None
    personal: tuple[PersonalField, ...] = ()

    def __post_init__(self) -> None:
        if (self.base is None) != (self.migrations is None):
            raise BadFormat("a base needs migrations, and migrations need a base")
        if self.base is None and (self.model is not None or self.lists):
            raise BadFormat("models need a base with migrations")
        ids = [record_list.id for record_list in self.lists]
        if len(ids) != len(set(ids)):
            raise BadFormat("a list is declared twice")

    def record_list(self, list_id: str) -> RecordList | None:
        """The list called `list_id`, or None."""
        return next((found for found in self.lists if found.id == list_id), None)


@dataclass(frozen=True, kw_only=True)
class Material:
    """A printable page made from an event: an invitation, a notice, minutes.

    `template` is an asset spec; it gets `event`, `texts`, `dates`, `municipality`, `dialogue`, `facts`,
    `tool_panel(tool)` (what the tool shows on the event's page, or None) and what `values` computes.
    """

    id: str
    title: str
    description: str = ""
    template: str
    #: States in which it makes sense; None means in every state.
    states: frozenset[str] | None = None
    #: Everybody may open it on the public page.
    public: bool = False
    #: Further values for the template, computed from the event's facts (`fdplattform.api.EventFacts`).
    values: Callable[[Any], Mapping[str, Any]] | None = None


@dataclass(frozen=True, kw_only=True)
class Note:
    """Something that the event's page says, such as a rule that holds here. `title` is translatable.

    `text` is translatable too, unless `language` says in which language it is, e.g. words of a law.
    """

    title: str
    text: str
    language: str | None = None


@dataclass(frozen=True, kw_only=True)
class Output:
    """What comes out: on paper, and on the event's page besides the answers to its questions."""

    materials: tuple[Material, ...] = ()
    #: Computed from the event's facts (`fdplattform.api.EventFacts`), shown to everybody who sees the event.
    notes: Callable[[Any], Sequence[Note]] | None = None


@dataclass(frozen=True, kw_only=True)
class EventFormat:
    """A format: who it is, where it fits, how it goes, what it knows, what comes out."""

    id: str
    title: str
    summary: str
    #: Name of an icon of the design system, e.g. "groups".
    icon: str = "calendar-today"
    fit: Fit
    conduct: Conduct
    data: Data = field(default_factory=Data)
    output: Output = field(default_factory=Output)

    def __post_init__(self) -> None:
        if not _ID.fullmatch(self.id):
            raise BadFormat(f"{self.id!r} is not an id: 2 to 40 lower-case ASCII letters, digits and _")
        if not self.title or not self.summary:
            raise BadFormat(f"{self.id}: a format has a title and a summary")
