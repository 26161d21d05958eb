"""Placeholders in the texts of letters: `${name}` stands for a value of the letter."""

import re
from collections.abc import Collection, Iterable, Mapping

_PLACEHOLDER = re.compile(r"\$\{\s*([^{}]*?)\s*\}")
#: What was meant to be a placeholder and is none.
_BROKEN = re.compile(r"\$\{(?![^{}\n]*\})")


def names_in(*texts: str) -> list[str]:
    """The names of the placeholders in `texts`, each once, in order."""
    return list(dict.fromkeys(name for text in texts for name in _PLACEHOLDER.findall(text)))


def unknown_in(text: str, known: Collection[str]) -> list[str]:
    """What stands in `text` like a placeholder, but is none of `known`, as it was written."""
    wrong = [f"${{{name}}}" for name in names_in(text) if name not in known]
    return [*wrong, *("${" for _broken in _BROKEN.findall(text)[:1])]


def fill(text: str, values: Mapping[str, str]) -> str:
    """`text` with the values in their places. What has no value stays as it is written."""
    return _PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), text)


def missing_in(texts: Iterable[str], values: Mapping[str, str]) -> list[str]:
    """The placeholders in `texts` for which there is no value, or an empty one."""
    return [name for name in names_in(*texts) if not values.get(name, "").strip()]
