"""Placeholders in the texts of letters: `${name}` stands for a value of the letter."""

import re
from collections.abc import Collection, Iterable, Mapping

from markupsafe import Markup

_PLACEHOLDER = re.compile(r"\$\{\s*([^{}]*?)\s*\}")
#: What was meant to be a placeholder and is none.
_BROKEN = re.compile(r"\$\{(?![^{}\n]*\})")


def names_in(*texts: str) -> list[str]:
    """The names of the placeholders in `texts`, each once, in order."""
    return list(dict.fromkeys(name for text in texts for name in _PLACEHOLDER.findall(text)))


def unknown_in(text: str, known: Collection[str]) -> list[str]:
    """What stands in `text` like a placeholder, but is none of `known`, as it was written."""
    wrong = [f"${{{name}}}" for name in names_in(text) if name not in known]
    return [*wrong, *broken_in(text)]


def broken_in(text: str) -> list[str]:
    """The beginning of a placeholder, once, if it stands in `text` without its end."""
    return _BROKEN.findall(text)[:1]


class Unfilled(LookupError):
    """A text names what has no value: nobody is to read it like that."""


def fill(text: str, values: Mapping[str, str]) -> str:
    """`text` with the values in their places; `Markup` among them stays markup. Raises Unfilled."""
    parts: list[str] = _PLACEHOLDER.split(text)
    if not values.keys() >= set(parts[1::2]):
        raise Unfilled(text)
    parts[::2] = [_BROKEN.sub("", words) for words in parts[::2]]
    parts[1::2] = [values[name] for name in parts[1::2]]
    marked = any(isinstance(part, Markup) for part in parts)
    return Markup("").join(parts) if marked else "".join(parts)


def parted_at(name: str, text: str) -> list[str]:
    """What stands before, between and after the placeholders `name`."""
    return re.split(rf"\$\{{\s*{re.escape(name)}\s*\}}", text)


def missing_in(texts: Iterable[str], values: Mapping[str, str]) -> list[str]:
    """The placeholders in `texts` for which there is no value, or an empty one."""
    return [name for name in names_in(*texts) if not values.get(name, "").strip()]
