"""What comes out of an event."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


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
