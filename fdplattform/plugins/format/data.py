"""What an event knows, and how long."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

import colander

from fdplattform.plugins.format.errors import BadFormat


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
    it can wait) and `public=True` (shown on the public page; its texts can be translated).
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
