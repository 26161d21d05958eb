"""A text field with suggestions."""

from collections.abc import Sequence
from typing import Any

from fdplattform.forms.widgets import Input


class Suggesting(Input):
    """`<input>` with a `<datalist>`: any text is fine, the usual ones need not be typed."""

    template = "suggesting"

    def __init__(self, suggestions: Sequence[str], **options: Any) -> None:
        self.suggestions = suggestions
        super().__init__(**options)
