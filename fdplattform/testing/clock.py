"""The clock of the tests. Whether a rule holds must not depend on the hour at which somebody runs them."""

from datetime import datetime, timedelta

from fdplattform.db import utcnow

#: The hour, in UTC, at which every test begins: late morning in Europe, and the same day on the whole earth.
HOUR = 10

_BEGUN = utcnow()
# Never back: what the database or another process dates with the real clock lies in the past.
_SHIFT = (_BEGUN.replace(hour=HOUR, minute=0, second=0, microsecond=0) - _BEGUN) % timedelta(days=1)


def morning() -> datetime:
    """Now, in a test: the clock went from ten o'clock on when the tests began."""
    return utcnow() + _SHIFT


class Clock:
    """The application's clock in a test: shows the `morning` until it is set."""

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        """Let it be the morning again."""
        self._shift = timedelta()

    def __call__(self) -> datetime:
        return morning() + self._shift

    def set(self, moment: datetime) -> None:
        """Let it be `moment` now; time goes on from there."""
        self._shift = moment - morning()

    def advance(self, **duration: float) -> None:
        """Let time pass, e.g. `clock.advance(days=3)`."""
        self._shift += timedelta(**duration)
