"""Two people edited the same thing: show both versions side by side, let the person decide."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import colander
from translationstring import TranslationStringFactory

_ = TranslationStringFactory("fdplattform")


class Difference(NamedTuple):
    """A field whose value somebody else has changed; both values as the form writes them."""

    title: Any
    mine: list[Any]
    theirs: list[Any]


@dataclass(frozen=True)
class Comparison:
    """What the person has typed beside what is there now."""

    form: Any
    current: dict[str, Any]
    differences: list[Difference]

    def renew_version(self) -> None:
        """Sending the form again overwrites: the person has seen what is there now."""
        version = self.current.get("version", colander.null)
        if "version" in self.form and version is not colander.null:
            self.form["version"].cstruct = version
            self.form.cstruct = {**self.form.cstruct, "version": version}


def compare(form: Any, current: Mapping[str, Any]) -> Comparison:
    """The fields in which what was typed differs from `current`."""
    theirs = form.schema.serialize(dict(current))
    mine = form.cstruct
    differences = [
        Difference(field.title, list(lines_of(field, mine[field.name])), list(lines_of(field, theirs[field.name])))
        for field in form.children
        if field.name in current and not field.widget.hidden and _differ(mine[field.name], theirs[field.name])
    ]
    return Comparison(form, theirs, differences)


def _differ(mine: Any, theirs: Any) -> bool:
    return (mine or "") != (theirs or "")


def lines_of(field: Any, cstruct: Any) -> Iterator[Any]:
    """A value as a person reads it, line by line."""
    if cstruct is colander.null or cstruct in ("", None):
        yield _("(empty)")
    elif hasattr(field.widget, "pairs"):
        titles = dict(field.widget.pairs)
        yield from (titles.get(value, value) for value in ([cstruct] if isinstance(cstruct, str) else cstruct))
    elif isinstance(field.schema.typ, colander.Boolean):
        yield _("Yes") if cstruct == "true" else _("No")
    elif field.children:
        yield from _lines_of_children(field, cstruct)
    else:
        yield from str(cstruct).splitlines()


def _lines_of_children(field: Any, cstruct: Any) -> Iterator[Any]:
    if isinstance(field.schema.typ, colander.Sequence):
        for row in cstruct:
            yield from lines_of(field.children[0], row)
    else:
        for child in field.children:
            yield from lines_of(child, cstruct.get(child.name, colander.null))
