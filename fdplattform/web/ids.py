"""Ids in addresses and forms."""

from collections.abc import Callable
from typing import TypeVar

Found = TypeVar("Found")

#: No table has more rows than nine digits count; longer numbers would not fit the database's integers.
DIGITS = 9


def parse_id(text: object) -> int | None:
    """The id that `text` writes in plain digits, or None."""
    if not isinstance(text, str) or not (text.isascii() and text.isdigit() and len(text) <= DIGITS):
        return None
    return int(text)


def by_id(text: object, find: Callable[[int], Found | None]) -> Found | None:
    """What `find` finds for the id that `text` writes, or None."""
    number = parse_id(text)
    return None if number is None else find(number)
