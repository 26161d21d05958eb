"""One way to write a value as JSON, so that everybody gets the same hash; and the hashes of a record."""

import hashlib
import hmac
import json
from typing import Any


def canonical(value: Any) -> bytes:
    """JSON in UTF-8 with sorted keys and without blanks. Numbers are whole; fractions are written as text."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def digest(value: Any) -> str:
    """SHA-256 of the canonical form, hexadecimal."""
    return hashlib.sha256(canonical(value)).hexdigest()


def keyed(key: str, purpose: str, name: str) -> str:
    """HMAC-SHA-256, hexadecimal: nobody without the key can find the name by trying."""
    return hmac.new(key.encode(), f"{purpose} {name}".encode(), hashlib.sha256).hexdigest()
