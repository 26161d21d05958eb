"""What a field's template needs to know besides the field: ids, help, errors, and how they hang together."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import colander


class Problem(NamedTuple):
    """A line of the summary on top of a rejected form: which field, what is wrong, where it is on the page."""

    title: Any
    number: int | None
    message: Any
    href: str | None


class Option(NamedTuple):
    """One of several radio buttons or checkboxes, with the attributes of its control."""

    value: str
    title: Any
    attributes: dict[str, Any]


@dataclass(frozen=True)
class Look:
    """The look of one field."""

    field: Any

    @property
    def frame(self) -> str:
        """What stands around the control: label, fieldset, own or none."""
        return getattr(self.field.widget, "frame", "label")

    @cached_property
    def hints(self) -> list[Any]:
        """The lines of help: how to fill in, why we ask, until when it is kept."""
        schema = self.field.schema
        lines = (self.field.description, getattr(schema, "why", None), getattr(schema, "kept", None))
        return [line for line in lines if line]

    @cached_property
    def messages(self) -> list[Any]:
        """What is wrong with this very field."""
        return messages_of(self.field)

    @property
    def hint_id(self) -> str:
        """The id of the help."""
        return f"{self.field.oid}-hint"

    @property
    def error_id(self) -> str:
        """The id of the error."""
        return f"{self.field.oid}-error"

    @property
    def described_by(self) -> str | None:
        """The ids of what a screen reader reads after the label: the error first."""
        ids = [self.error_id] if self.messages else []
        return " ".join([*ids, self.hint_id] if self.hints else ids) or None

    @property
    def is_required(self) -> bool:
        """True when the field must be filled in."""
        schema = self.field.schema
        return bool(self.field.required) and not isinstance(schema.typ, (colander.Mapping, colander.Sequence))

    @property
    def control(self) -> dict[str, Any]:
        """The attributes that every control of one value has."""
        return present(
            {
                "id": self.field.oid,
                "name": self.field.name,
                "aria-describedby": self.described_by,
                "aria-invalid": "true" if self.messages else None,
                "aria-required": "true" if self.is_required else None,
                "autocomplete": getattr(self.field.schema, "autocomplete", None),
                "autofocus": "autofocus" if self.field.autofocus else None,
            }
        )

    def input(self, cstruct: Any) -> dict[str, Any]:
        """The attributes of an `<input>`."""
        return present({**self.control, **self.field.widget.attributes_for(cstruct)})

    @property
    def group(self) -> dict[str, Any]:
        """The attributes of a fieldset: its help and error belong to all its controls."""
        return present({"id": self.field.oid, "aria-describedby": self.described_by})

    @property
    def options(self) -> list["Option"]:
        """The radio buttons or checkboxes of the field."""
        return [
            Option(value, title, self._option(number)) for number, (value, title) in enumerate(self.field.widget.pairs)
        ]

    def _option(self, number: int) -> dict[str, Any]:
        return present(
            {
                "id": f"{self.field.oid}-{number}",
                "aria-invalid": "true" if self.messages else None,
                "autofocus": "autofocus" if self.field.autofocus and number == 0 else None,
            }
        )

    @property
    def problems(self) -> list[Problem]:
        """All problems of the form, in the order of its fields."""
        return list(problems_of(self.field))


def messages_of(field: Any) -> list[Any]:
    """What is wrong with `field` itself, not with its children."""
    return [message for message in field.error.messages() if message] if field.error else []


def problems_of(field: Any, number: int | None = None) -> Iterator[Problem]:
    """The problems of `field` and of all fields in it; `number` is that of the entry in a list."""
    is_form = field.parent is None and hasattr(field, "formid")
    for message in messages_of(field):
        yield Problem(None if is_form else field.title, number, message, None if is_form else f"#{anchor(field)}")
    rows = getattr(field, "sequence_fields", None)
    if rows is not None:
        for position, row in enumerate(rows, start=1):
            yield from problems_of(row, position)
        return
    if not isinstance(field.schema.typ, colander.Sequence):
        for child in field.children:
            yield from problems_of(child, number)


def anchor(field: Any) -> str:
    """The id of the control that a link to `field` should reach."""
    return f"{field.oid}-0" if getattr(field.widget, "frame", None) == "fieldset" else field.oid


def present(attributes: dict[str, Any]) -> dict[str, Any]:
    """The attributes that have a value."""
    return {name: value for name, value in attributes.items() if value is not None}
