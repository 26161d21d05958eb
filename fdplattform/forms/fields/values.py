"""Fields for numbers, moments, yes and no."""

from collections.abc import Sequence
from datetime import date, time
from typing import Any

import colander

from fdplattform.forms import messages, types, widgets
from fdplattform.forms.fields.base import Field, Rule

#: Pages show no more of a number.
MOST_DECIMALS = 3


class Number(Field):
    """A whole number from `min` to `max`; with `decimals` (up to 3), a `float` with so many digits after the point."""

    def __init__(
        self, *, min: float | None = 0, max: float | None = 1_000_000_000, decimals: int = 0, **options: Any
    ) -> None:
        if not 0 <= decimals <= MOST_DECIMALS:
            raise ValueError(f"decimals are 0 to {MOST_DECIMALS}, not {decimals}")
        self.min, self.max, self.decimals = min, max, decimals
        keyboard = "decimal" if decimals else "numeric"
        step = f"{10**-decimals:.{decimals}f}" if decimals else None
        options.setdefault("widget", widgets.Input(type="number", min=min, max=max, inputmode=keyboard, step=step))
        super().__init__(**options)
        self.typ = types.Fractional(decimals) if decimals else types.Whole()

    def rules(self) -> Sequence[Rule]:
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

    def rules(self) -> Sequence[Rule]:
        return (colander.Function(bool, msg=messages.REQUIRED),) if self.must else ()
