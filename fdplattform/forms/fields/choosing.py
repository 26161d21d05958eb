"""Fields that offer options."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import colander

from fdplattform.forms import messages, types, widgets
from fdplattform.forms.fields.base import Field, Rule

Options = Sequence[tuple[str, Any]]
#: Options that depend on the request: called with the schema's bindings (`request`, `now`, `time_zone`, …).
OptionSource = Options | Callable[[Mapping[str, Any]], Options]

#: Up to so many options are shown as radio buttons, more as a list.
RADIO_LIMIT = 6


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

    def rules(self) -> Sequence[Rule]:
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

    def rules(self) -> Sequence[Rule]:
        return (lambda node, values: _refuse_unless(all(map(node.is_offered, values)), node),)

    def choice_widget(self, pairs: Options) -> Any:
        return widgets.Checkboxes(pairs)


def _refuse_unless(offered: bool, node: Any) -> None:
    if not offered:
        raise colander.Invalid(node, messages.CHOOSE)
