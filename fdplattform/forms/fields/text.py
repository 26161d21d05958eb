"""Fields for texts."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import colander

from fdplattform.forms import messages, types, widgets
from fdplattform.forms.fields.base import Field, Rule

# Deliberately loose: only a mail that arrives proves an address. One @, a dot behind it, no blanks.
EMAIL = re.compile(r"[^\s@<>,;:\"]{1,64}@[^\s@<>,;:\"]{1,190}\.[^\s@.<>,;:\"]{2,63}")
PHONE = re.compile(r"\+?[\d\s()/.\-]{5,40}")
ADDRESS = re.compile(r"https?://[^\s/$.?#][^\s]*", re.IGNORECASE)


class Text(Field):
    """One line of at most `max` characters."""

    empty = ""

    def __init__(self, max: int = 200, *, min: int = 0, **options: Any) -> None:
        self.max, self.min = max, min
        options.setdefault("widget", widgets.Input(maxlength=max))
        super().__init__(**options)

    def rules(self) -> Sequence[Rule]:
        return (colander.Length(self.min, self.max, min_err=messages.TOO_SHORT, max_err=messages.TOO_LONG),)


class LongText(Text):
    """A text of several lines."""

    schema_type = types.Lines

    def __init__(self, max: int = 4000, *, rows: int = 6, **options: Any) -> None:
        options.setdefault("widget", widgets.TextArea(rows=rows, maxlength=max))
        super().__init__(max, **options)


class Password(Text):
    """A password; never shown again, not even after a rejection."""

    schema_type = types.Secret

    def __init__(self, max: int = 200, **options: Any) -> None:
        options.setdefault("widget", widgets.Input(type="password", redisplay=False))
        options.setdefault("autocomplete", "current-password")
        super().__init__(max, **options)


class _Patterned(Field):
    max = 254
    pattern: re.Pattern[str]
    message: Any
    input: Mapping[str, Any]

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", widgets.Input(maxlength=self.max, **self.input))
        super().__init__(**options)

    def rules(self) -> Sequence[Rule]:
        return (
            colander.Length(max=self.max, max_err=messages.TOO_LONG),
            colander.Function(lambda value: bool(self.pattern.fullmatch(value)), msg=self.message),
        )


class Email(_Patterned):
    """An e-mail address."""

    pattern = EMAIL
    message = messages.NOT_AN_EMAIL
    input = {"type": "email", "left_to_right": True}
    autocomplete = "email"


class Phone(_Patterned):
    """A telephone number, as people write it."""

    max = 40
    pattern = PHONE
    message = messages.NOT_A_PHONE
    input = {"type": "tel", "left_to_right": True}
    autocomplete = "tel"


class Url(_Patterned):
    """A web address (http or https)."""

    max = 500
    pattern = ADDRESS
    message = messages.NOT_AN_ADDRESS
    input = {"type": "url", "left_to_right": True}
