"""One way to write a value as JSON, so that everybody gets the same hash; and the hashes of a record."""

import hashlib
import hmac
import json
import re
from fractions import Fraction
from math import ceil
from typing import Any

#: Fractions are written with so many digits after the point.
DIGITS = 12
_DECIMAL = re.compile(rf"-?\d{{1,30}}\.\d{{{DIGITS}}}", re.ASCII)


def canonical(value: Any) -> bytes:
    """JSON in UTF-8 with sorted keys and without blanks. Numbers are whole; fractions are written as text."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def file_of(value: Any) -> bytes:
    """The only way in which a value is a file: its canonical form and the end of the line."""
    return canonical(value) + b"\n"


def read_file(content: bytes) -> Any:
    """The value in a file. Raises ValueError, in German, when `file_of` would not have written exactly these bytes."""
    try:
        value = json.loads(content, parse_float=_refused, parse_constant=_refused)
        same = file_of(value) == content
    except RecursionError as fault:
        raise ValueError("zu tief verschachtelt") from fault
    if not same:
        raise ValueError(
            "nicht in der kanonischen Form: andere Leerzeichen, Zeilenenden, Schreibweisen oder Reihenfolge"
        )
    return value


def _refused(text: str) -> None:
    raise ValueError(f"{text} ist keine ganze Zahl")


def decimal(value: Fraction | float, *, up: bool = False) -> str:
    """A number as text with `DIGITS` digits after the point; rounded up for bounds."""
    units = Fraction(value) * 10**DIGITS
    whole = ceil(units) if up else round(units)
    return f"{'-' if whole < 0 else ''}{abs(whole) // 10**DIGITS}.{abs(whole) % 10**DIGITS:0{DIGITS}d}"


def fraction(text: str) -> Fraction:
    """The number that `decimal` wrote. Raises ValueError for any other way to write it."""
    if not _DECIMAL.fullmatch(text):
        raise ValueError(f"{text} ist keine Zahl mit {DIGITS} Stellen nach dem Komma")
    return Fraction(text)


def digest(value: Any) -> str:
    """SHA-256 of the canonical form, hexadecimal."""
    return hashlib.sha256(canonical(value)).hexdigest()


def keyed(key: str, purpose: str, name: str) -> str:
    """HMAC-SHA-256, hexadecimal: nobody without the key can find the name by trying."""
    return hmac.new(key.encode(), f"{purpose} {name}".encode(), hashlib.sha256).hexdigest()
