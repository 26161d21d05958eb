"""What other rooms know about a field of action, e.g. its working group, shown on the page of all fields.

config.add_field_notes("groups", load)
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pyramid.config import Configurator
from pyramid.request import Request

from fdplattform.dialogues.resources import DialogueResource


@dataclass(frozen=True)
class FieldNote:
    """A heading and a few lines; both may be translatable."""

    heading: Any
    lines: tuple[Any, ...]
    href: str | None = None


#: The notes on the fields of a dialogue by the field's id, as far as the reader may know; one query.
Load = Callable[[Request, DialogueResource], Mapping[int, list[FieldNote]]]


def field_notes(request: Request, place: DialogueResource) -> dict[int, list[FieldNote]]:
    """All notes on the fields of the dialogue."""
    found: dict[int, list[FieldNote]] = {}
    for load in request.registry.field_notes.values():
        for field_id, notes in load(request, place).items():
            found.setdefault(field_id, []).extend(notes)
    return found


def add_field_notes(config: Configurator, name: str, load: Load) -> None:
    """Directive: show what `load` knows about fields of action."""
    config.action(("field notes", name), config.registry.field_notes.__setitem__, (name, load))


def includeme(config: Configurator) -> None:
    config.registry.field_notes = {}
    config.add_directive("add_field_notes", add_field_notes)
