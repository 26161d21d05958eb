"""Whether an SVG picture is only a picture."""

import re
from xml.parsers import expat

#: Elements that run, load or embed something.
_FORBIDDEN = frozenset(
    {"script", "foreignobject", "iframe", "object", "embed", "audio", "video", "handler", "listener", "animate", "set"}
)
_REFERENCES = frozenset({"href", "src"})
_FETCHES = re.compile(r"url\(\s*['\"]?(?!\s*['\"]?#)|@import|javascript:|expression\(|\\", re.IGNORECASE)


class _Harmful(Exception):
    """Found something that is no picture."""


def is_harmless_svg(content: bytes) -> bool:
    """True for a well-formed SVG without scripts, event handlers, entities, and anything fetched from elsewhere."""
    parser = expat.ParserCreate()
    opened: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        element = _local(name)
        if (not opened and element != "svg") or element in _FORBIDDEN:
            raise _Harmful(name)
        opened.append(element)
        for attribute, value in attributes.items():
            _check_attribute(_local(attribute), value)

    def characters(text: str) -> None:
        if "style" in opened and _FETCHES.search(text):
            raise _Harmful("style")

    def refuse(*_what: object) -> None:
        raise _Harmful("declaration")

    parser.buffer_text = True  # otherwise a forbidden word could hide between two pieces
    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _name: opened.pop()
    parser.CharacterDataHandler = characters
    parser.EntityDeclHandler = refuse
    parser.ProcessingInstructionHandler = refuse
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, _Harmful, UnicodeError, LookupError, ValueError):
        return False
    return True


def _local(name: str) -> str:
    return name.rpartition(":")[2].lower()


def _check_attribute(name: str, value: str) -> None:
    reference = name in _REFERENCES and not value.strip().startswith(("#", "data:image/png", "data:image/jpeg"))
    if name.startswith("on") or reference or _FETCHES.search(value):
        raise _Harmful(name)
