"""Rules about several fields of a form; give them to the schema as `validator`."""

from collections.abc import Callable
from typing import Any

import colander

from fdplattform.forms.messages import _

WRONG_ORDER = _("The end must come after the start.")


def in_order(start: str, end: str, message: Any = WRONG_ORDER, *, same: bool = True) -> Callable[[Any, Any], None]:
    """The field `end` must not come before `start`; with `same=False` not at the same time either. Empty ones pass."""

    def check(node: Any, values: dict[str, Any]) -> None:
        first, last = values.get(start), values.get(end)
        if first is None or last is None or last > first or (same and last == first):
            return
        error = colander.Invalid(node)
        error[end] = message
        raise error

    return check
