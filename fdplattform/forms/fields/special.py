"""Files, what a form carries along unseen, and lists of entries."""

from collections.abc import Sequence
from typing import Any

import colander

from fdplattform.files.kinds import Kind
from fdplattform.forms import messages, types, widgets
from fdplattform.forms.fields.base import Field, Node
from fdplattform.forms.uploads import Upload


class File(Field):
    """A file of one of `kinds` (`files.kinds`), at most `max_size` bytes; its value is an `UploadedFile`."""

    def __init__(self, *, kinds: Sequence[Kind], max_size: int, **options: Any) -> None:
        endings = [ending for kind in kinds for ending in kind.suffixes]
        options.setdefault("widget", widgets.FileInput(accept=endings))
        super().__init__(**options)
        self.typ = Upload(kinds, max_size)


class Hidden(Field):
    """A value that the form carries along unseen. Never trust it: the person can change it."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", widgets.HiddenInput())
        super().__init__(**options)


class Version(Hidden):
    """The version of the edited thing, so that nobody overwrites what somebody else has changed meanwhile."""

    schema_type = types.Whole

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"name": "version", "title": "", **options})


class Rows(Node, colander.SequenceSchema):
    """A list of which people add, remove and reorder entries; its one child says what an entry is."""

    def __init__(
        self,
        *children: Any,
        min: int = 0,
        max: int = 50,
        orderable: bool = False,
        required: bool = True,
        **options: Any,
    ) -> None:
        options.setdefault("widget", widgets.List(min_len=min, max_len=max, orderable=orderable))
        if min == 0 or not required:
            options.setdefault("missing", [])
        length = colander.Length(min, max, min_err=messages.TOO_FEW_ITEMS, max_err=messages.TOO_MANY_ITEMS)
        validator = options.pop("validator", None)
        options["validator"] = colander.All(length, validator) if validator else length
        super().__init__(*children, **options)
