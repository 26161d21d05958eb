"""What all fields have in common."""

import inspect
import warnings
from collections.abc import Callable, Sequence
from typing import Any

import colander

from fdplattform.errors import Retired
from fdplattform.forms import types, widgets

Rule = Callable[[Any, Any], None]

#: What every field and every list takes; `at_creation` and `public` are words of formats (`Data.details`).
OPTIONS = frozenset(
    {"name", "title", "description", "why", "kept", "default", "missing", "missing_msg", "validator", "preparer"}
    | {"widget", "autocomplete", "insert_before", "at_creation", "public"}
)


class FormSchema(colander.MappingSchema):
    """A form, or a group of fields in one (shown as a fieldset with the group's title)."""

    widget = widgets.Group()


class Node(colander.SchemaNode):
    """A node that takes only the options it knows, so that a misspelt limit cannot pass for none.

    Colander clones a node by calling its class with the type; our constructors take what the author has to say.
    """

    def __init__(self, *children: Any, **options: Any) -> None:
        if options.pop("translatable", None) is not None:
            field = f"{type(self).__name__} {options.get('title', '')}".strip()
            text = f"{field}: leave out translatable; a text that is public can be translated"
            warnings.warn(text, Retired, 4)
        unknown = sorted(options.keys() - OPTIONS)
        if unknown:
            known = ", ".join(sorted(OPTIONS | _own_options(type(self))))
            raise TypeError(f"{type(self).__name__} has no option {', '.join(unknown)}; it knows {known}")
        super().__init__(*children, **options)

    def clone(self) -> Any:
        copied = self.__class__.__new__(self.__class__)
        copied.__dict__.update(self.__dict__)
        copied.children = [child.clone() for child in self.children]
        return copied


def _own_options(node: type[Node]) -> frozenset[str]:
    """What the constructors of `node` and its parents take besides, without what only subclasses may set."""
    constructors = [vars(parent)["__init__"] for parent in node.__mro__ if "__init__" in vars(parent)]
    parameters = [each for made in constructors for each in inspect.signature(made).parameters.values()]
    named = (inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY)
    return frozenset(each.name for each in parameters if each.kind in named) - {"self"}


class Field(Node):
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

    def rules(self) -> Sequence[Rule]:
        """The validators that every field of this class has."""
        return ()
