"""The buttons of lists: a submit that changes the form instead of sending it.

Such a button stands between the markers of its list, so its place among the submitted controls says which list it
means; its value says what to do: `add`, `remove:2`, `up:2`, `down:2`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import colander
import peppercorn

BUTTON = "__rows__"
ACTIONS = frozenset({"add", "remove", "up", "down"})
#: Nobody adds so many entries by hand.
MOST_ROWS = 500

Controls = list[tuple[str, Any]]


@dataclass(frozen=True, kw_only=True)
class Change:
    """What to do with which entry of which list; `path` leads there by names and numbers."""

    path: tuple[str | int, ...]
    action: str
    index: int = 0


@dataclass
class _Level:
    name: str | int
    is_list: bool
    count: int = 0

    def next_name(self, name: str) -> str | int:
        """What the next thing at this level is called: a list counts, all others go by name."""
        if not self.is_list:
            return name
        self.count += 1
        return self.count - 1


def take_change(controls: Iterable[tuple[str, Any]]) -> tuple[Controls, Change | None]:
    """The controls without the button of a list, and the change that the button asks for."""
    rest: Controls = []
    change = None
    levels = [_Level("", is_list=False)]
    for name, value in controls:
        if name == BUTTON:
            change = _read(value, tuple(level.name for level in levels[1:]))
            continue
        rest.append((name, value))
        if name == peppercorn.START:
            target, _separator, kind = str(value).rpartition(":")
            levels.append(_Level(levels[-1].next_name(target), is_list=kind.strip() == peppercorn.SEQUENCE))
        elif name == peppercorn.END:
            # Markers that do not fit are refused when the form is parsed.
            del levels[max(len(levels) - 1, 1) :]
        else:
            levels[-1].next_name(name)
    return rest, change


def _read(value: Any, path: tuple[str | int, ...]) -> Change | None:
    action, _separator, index = str(value).partition(":")
    if action not in ACTIONS or not path or not (index or "0").isdecimal() or len(index) > 4:
        return None
    return Change(path=path, action=action, index=int(index or 0))


def apply_change(pstruct: Any, change: Change) -> int | None:
    """Change the list in `pstruct`. Returns the number of the entry that gets the focus, None for the add button."""
    rows = _find(pstruct, change.path)
    if not isinstance(rows, list):
        return None
    if change.action == "add":
        if len(rows) < MOST_ROWS:
            rows.append(colander.null)
        return len(rows) - 1
    if not 0 <= change.index < len(rows):
        return None
    if change.action == "remove":
        del rows[change.index]
        return min(change.index, len(rows) - 1) if rows else None
    other = change.index + (-1 if change.action == "up" else 1)
    if not 0 <= other < len(rows):
        return change.index
    rows[change.index], rows[other] = rows[other], rows[change.index]
    return other


def _find(pstruct: Any, path: tuple[str | int, ...]) -> Any:
    here = pstruct
    for step in path:
        try:
            here = here[step]
        except (KeyError, IndexError, TypeError):
            return None
    return here


def find_field(form: Any, path: Iterable[str | int]) -> Any:
    """The field at `path`, or None."""
    here = form
    for step in path:
        try:
            here = here.sequence_fields[int(step)] if hasattr(here, "sequence_fields") else here[step]
        except (KeyError, IndexError, ValueError):
            return None
    return here


def first_control(field: Any) -> Any:
    """The first field in `field` that a person can fill in."""
    for child in field.children:
        if not child.widget.hidden:
            return first_control(child)
    return field


def without_blank_rows(pstruct: Any) -> Any:
    """`pstruct` without entries in which nothing was filled in: an empty line is no mistake."""
    if isinstance(pstruct, dict):
        return {name: without_blank_rows(value) for name, value in pstruct.items()}
    if isinstance(pstruct, list):
        return [without_blank_rows(row) for row in pstruct if not _is_blank(row)]
    return pstruct


def _is_blank(value: Any) -> bool:
    if isinstance(value, dict):
        return all(map(_is_blank, value.values()))
    if isinstance(value, list):
        return all(map(_is_blank, value))
    return value is colander.null or (isinstance(value, (str, bytes)) and not value.strip())
