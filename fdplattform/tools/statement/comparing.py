"""What has changed from one draft to the next, word by word."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from enum import StrEnum

_PARTS = re.compile(r"\s+|\w+|[^\w\s]")


class Change(StrEnum):
    """What happened to a part of the text."""

    KEPT = "kept"
    ADDED = "added"
    REMOVED = "removed"


def compared(before: str, after: str) -> list[tuple[Change, str]]:
    """The parts of both texts in reading order; what was replaced is removed first, then added."""
    old, new = _PARTS.findall(before), _PARTS.findall(after)
    found: list[tuple[Change, str]] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new).get_opcodes():
        if tag == "equal":
            found.append((Change.KEPT, "".join(old[i1:i2])))
            continue
        found += _changed(old[i1:i2], new[j1:j2])
    return found


def _changed(removed: list[str], added: list[str]) -> Iterator[tuple[Change, str]]:
    if removed:
        yield Change.REMOVED, "".join(removed)
    if added:
        yield Change.ADDED, "".join(added)
