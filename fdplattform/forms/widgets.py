"""How fields are shown: our own widgets, each with a template in `templates/forms/`.

Deform's own need jQuery and inline scripts, and tell assistive technology neither errors nor help.
"""

from collections.abc import Sequence
from typing import Any

import colander
import deform.schema
from deform.widget import MappingWidget, SequenceWidget, Widget

from fdplattform.forms.messages import NOT_UNDERSTOOD

Pairs = Sequence[tuple[str, Any]]


class Control(Widget):
    """A widget for one value."""

    #: What stands around the control: `label`, `fieldset`, `own` (it brings its label) or `none`.
    frame = "label"
    item_template = "item"

    def serialize(self, field: Any, cstruct: Any, **kw: Any) -> Any:
        values = self.get_template_values(field, cstruct, kw)
        return field.renderer(self.template, **values)

    def deserialize(self, field: Any, pstruct: Any) -> Any:
        if pstruct in (colander.null, "", b"", None):
            return colander.null
        if not isinstance(pstruct, str):
            raise colander.Invalid(field.schema, NOT_UNDERSTOOD)
        return pstruct


class Input(Control):
    """`<input>` that holds text. `left_to_right` for what is never written in Arabic: addresses, telephone numbers."""

    template = "input"
    type = "text"
    maxlength: int | None = None
    min: Any = None
    max: Any = None
    inputmode: str | None = None
    step: str | None = None
    left_to_right = False
    redisplay = True

    def attributes_for(self, cstruct: Any) -> dict[str, Any]:
        """The attributes of the control besides those that every control has."""
        return {
            "type": self.type,
            "value": cstruct if self.redisplay and cstruct is not colander.null else None,
            "maxlength": self.maxlength,
            "min": self.min,
            "max": self.max,
            "inputmode": self.inputmode,
            "step": self.step,
            "dir": "ltr" if self.left_to_right else ("auto" if self.type == "text" else None),
        }


class TextArea(Control):
    """`<textarea>`"""

    template = "textarea"
    rows = 6
    maxlength: int | None = None


class HiddenInput(Control):
    """`<input type="hidden">`"""

    template = "hidden"
    frame = "none"
    hidden = True


class Tick(Control):
    """One checkbox with its label behind it."""

    template = "tick"
    frame = "own"

    def deserialize(self, _field: Any, pstruct: Any) -> Any:
        return "true" if pstruct == "true" else "false"


class _Offering(Control):
    def __init__(self, pairs: Pairs, **options: Any) -> None:
        self.pairs = list(pairs)
        super().__init__(**options)


class Select(_Offering):
    """`<select>`, with an empty option first unless something is chosen."""

    template = "select"


class Radios(_Offering):
    """Radio buttons in a fieldset."""

    template = "radios"
    frame = "fieldset"


class Checkboxes(_Offering):
    """Checkboxes in a fieldset."""

    template = "checkboxes"
    frame = "fieldset"

    def deserialize(self, field: Any, pstruct: Any) -> Any:
        if pstruct is colander.null:
            return colander.null
        if not isinstance(pstruct, list) or not all(isinstance(value, str) for value in pstruct):
            raise colander.Invalid(field.schema, NOT_UNDERSTOOD)
        order = {value: position for position, (value, _title) in enumerate(self.pairs)}
        return sorted(dict.fromkeys(pstruct), key=lambda value: order.get(value, len(order)))


class FileInput(Control):
    """`<input type="file">`"""

    template = "file"
    accept: Sequence[str] = ()

    def deserialize(self, _field: Any, pstruct: Any) -> Any:
        return pstruct if getattr(pstruct, "filename", None) else colander.null


class Group(MappingWidget):
    """A fieldset with fields."""

    template = "group"
    item_template = "item"
    frame = "none"

    def serialize(self, field: Any, cstruct: Any, **kw: Any) -> Any:
        values = self.get_template_values(field, {} if cstruct is colander.null else cstruct, kw)
        return field.renderer(self.template, **values)


class FormBody(Group):
    """The form itself."""

    template = "form"


class List(SequenceWidget):
    """Entries with buttons to add, remove and move them. Each button is a submit, so it works without JavaScript."""

    template = "list"
    item_template = "row"
    frame = "none"

    def __init__(self, *, min_len: int = 0, max_len: int = 50, orderable: bool = False, **options: Any) -> None:
        self.least, self.most = min_len, max_len
        super().__init__(orderable=orderable, **options)

    def serialize(self, field: Any, cstruct: Any, **kw: Any) -> Any:
        rows = getattr(field, "sequence_fields", None)
        if rows is None:
            rows = [self._row(field, value) for value in (cstruct or ())]
        rows = [*rows, *(self._row(field, colander.null) for _ in range(self.least - len(rows)))]
        values = self.get_template_values(field, cstruct, {**kw, "rows": rows})
        return field.renderer(self.template, **values)

    def deserialize(self, field: Any, pstruct: Any) -> Any:
        if pstruct is not colander.null and not isinstance(pstruct, list):
            raise colander.Invalid(field.schema, NOT_UNDERSTOOD, value=[])
        return super().deserialize(field, pstruct)

    def _row(self, field: Any, value: Any) -> Any:
        row = field.children[0].clone()
        if value is not colander.null:
            row.cstruct = value
        return row


#: Schemas that say no widget get ours.
DEFAULTS = {
    colander.Mapping: Group,
    colander.Sequence: List,
    colander.String: Input,
    colander.Integer: lambda **options: Input(type="number", **options),
    colander.Float: lambda **options: Input(inputmode="decimal", **options),
    colander.Decimal: lambda **options: Input(inputmode="decimal", **options),
    colander.Boolean: Tick,
    colander.Date: lambda **options: Input(type="date", **options),
    colander.DateTime: lambda **options: Input(type="datetime-local", **options),
    colander.Time: lambda **options: Input(type="time", **options),
}


def use_our_widgets() -> None:
    """Make our widgets the ones that a schema gets when it names none."""
    deform.schema.default_widget_makers.clear()
    deform.schema.default_widget_makers.update(DEFAULTS)
