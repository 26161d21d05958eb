"""The fields that forms are made of.

    class DialogueSchema(FormSchema):
        title = Text(120, title=_("Title"))
        starts_on = Date(title=_("First day"), required=False)

Every field takes `title`, `description` (help below the label), `required` (default True), `autocomplete` (HTML's
purpose of the field), and for personal data `why` we ask and until when it is `kept`. What was left empty is `""` for
texts, `[]` for several choices and lists, otherwise None.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, time
from typing import Any

import colander

from fdplattform.files.kinds import Kind
from fdplattform.forms import messages, types, widgets
from fdplattform.forms.uploads import Upload

Options = Sequence[tuple[str, Any]]
#: Options that depend on the request: called with the schema's bindings (`request`, `now`, `time_zone`, …).
OptionSource = Options | Callable[[Mapping[str, Any]], Options]

#: Up to so many options are shown as radio buttons, more as a list.
RADIO_LIMIT = 6

# Deliberately loose: only a mail that arrives proves an address. One @, a dot behind it, no blanks.
EMAIL = re.compile(r"[^\s@<>,;:\"]{1,64}@[^\s@<>,;:\"]{1,190}\.[^\s@.<>,;:\"]{2,63}")
PHONE = re.compile(r"\+?[\d\s()/.\-]{5,40}")
ADDRESS = re.compile(r"https?://[^\s/$.?#][^\s]*", re.IGNORECASE)


class FormSchema(colander.MappingSchema):
    """A form, or a group of fields in one (shown as a fieldset with the group's title)."""

    widget = widgets.Group()


class _Cloneable(colander.SchemaNode):
    """Colander clones a node by calling its class with the type; our constructors take what the author has to say."""

    def clone(self) -> Any:
        copied = self.__class__.__new__(self.__class__)
        copied.__dict__.update(self.__dict__)
        copied.children = [child.clone() for child in self.children]
        return copied


class Field(_Cloneable):
    """Base of the fields."""

    schema_type: Any = types.Line
    #: What an optional field is when nothing was entered.
    empty: Any = None
    why: Any = None
    kept: Any = None
    autocomplete: str | None = None

    def __init__(self, *, required: bool = True, validator: Any = None, **options: Any) -> None:
        if not required:
            options.setdefault("missing", self.empty)
        rules = [rule for rule in (*self.rules(), validator) if rule is not None]
        if rules:
            options["validator"] = colander.All(*rules)
        super().__init__(**options)

    def rules(self) -> Sequence[Callable[[Any, Any], None]]:
        """The validators that every field of this class has."""
        return ()


class Text(Field):
    """One line of at most `max` characters."""

    empty = ""

    def __init__(self, max: int = 200, *, min: int = 0, **options: Any) -> None:
        self.max, self.min = max, min
        options.setdefault("widget", widgets.Input(maxlength=max))
        super().__init__(**options)

    def rules(self) -> Sequence[Callable[[Any, Any], None]]:
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

    def rules(self) -> Sequence[Callable[[Any, Any], None]]:
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


class Number(Field):
    """A whole number from `min` to `max`."""

    schema_type = types.Whole

    def __init__(self, *, min: int | None = 0, max: int | None = 1_000_000_000, **options: Any) -> None:
        self.min, self.max = min, max
        options.setdefault("widget", widgets.Input(type="number", min=min, max=max, inputmode="numeric"))
        super().__init__(**options)

    def rules(self) -> Sequence[Callable[[Any, Any], None]]:
        return (colander.Range(self.min, self.max, min_err=messages.TOO_SMALL, max_err=messages.TOO_BIG),)


class Date(Field):
    """A day; its value is a `datetime.date`."""

    schema_type = colander.Date

    def __init__(self, *, min: date | None = None, max: date | None = None, **options: Any) -> None:
        options.setdefault("widget", widgets.Input(type="date", min=min, max=max))
        super().__init__(**options)


class Time(Field):
    """A time of day; its value is a `datetime.time`."""

    schema_type = colander.Time

    def __init__(self, *, min: time | None = None, max: time | None = None, **options: Any) -> None:
        options.setdefault("widget", widgets.Input(type="time", min=min, max=max))
        super().__init__(**options)


class LocalDateTime(Field):
    """A date and time on the deployment's clock; its value is an aware datetime in UTC."""

    schema_type = types.Moment

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", widgets.Input(type="datetime-local"))
        super().__init__(**options)


class Flag(Field):
    """A box to tick. `must=True` when it has to be ticked."""

    schema_type = colander.Boolean

    def __init__(self, *, must: bool = False, **options: Any) -> None:
        self.must = must
        options.setdefault("widget", widgets.Tick())
        super().__init__(required=must, **options)

    empty = False

    def rules(self) -> Sequence[Callable[[Any, Any], None]]:
        return (colander.Function(bool, msg=messages.REQUIRED),) if self.must else ()


class _Choosing(Field):
    many = False

    def __init__(self, options: OptionSource, *, kind: type = str, **others: Any) -> None:
        self.options = options
        super().__init__(**others)
        self.typ = types.Members(kind) if self.many else types.Member(kind)
        if not callable(options):
            self._offer(options)

    def after_bind(self, _node: Any, bindings: Mapping[str, Any]) -> None:
        """Ask for the options, where they depend on the request."""
        if callable(self.options):
            self._offer(self.options(bindings))

    def _offer(self, options: Options) -> None:
        pairs = [(str(getattr(value, "value", value)), title) for value, title in options]
        self.offered = frozenset(value for value, _title in pairs)
        self.widget = self.choice_widget(pairs)

    def choice_widget(self, pairs: Options) -> Any:
        """The widget that shows the options."""
        raise NotImplementedError

    def is_offered(self, value: Any) -> bool:
        """True for a value among the options."""
        return str(getattr(value, "value", value)) in self.offered


class Choice(_Choosing):
    """One of several options `(value, title)`; `kind` is the type of the value, e.g. a StrEnum."""

    def __init__(self, options: OptionSource, *, radio: bool | None = None, **others: Any) -> None:
        self.radio = radio
        super().__init__(options, **others)

    def rules(self) -> Sequence[Callable[[Any, Any], None]]:
        return (lambda node, value: _refuse_unless(node.is_offered(value), node),)

    def choice_widget(self, pairs: Options) -> Any:
        radio = len(pairs) <= RADIO_LIMIT if self.radio is None else self.radio
        return widgets.Radios(pairs) if radio else widgets.Select(pairs)


class Choices(_Choosing):
    """Any number of options; the value is a list."""

    many = True
    empty: Any = ()

    def __init__(self, options: OptionSource, **others: Any) -> None:
        if not others.get("required", True):
            others.setdefault("missing", [])
        super().__init__(options, **others)
        self.missing_msg = messages.CHOOSE_SOME

    def rules(self) -> Sequence[Callable[[Any, Any], None]]:
        return (lambda node, values: _refuse_unless(all(map(node.is_offered, values)), node),)

    def choice_widget(self, pairs: Options) -> Any:
        return widgets.Checkboxes(pairs)


def _refuse_unless(offered: bool, node: Any) -> None:
    if not offered:
        raise colander.Invalid(node, messages.CHOOSE)


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


class Rows(_Cloneable, colander.SequenceSchema):
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
