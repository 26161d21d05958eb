"""Progress and time limit of a draw."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from time import monotonic

from fdplattform.tools.draw.engine.errors import Stopped
from fdplattform.tools.draw.engine.sentences import Code


class Step(StrEnum):
    """What is being done."""

    #: The fairest chances are computed.
    CHANCES = "chances"
    #: Panels are put together that have these chances.
    PANELS = "panels"
    #: Panels are mixed, where no panels can simply be put together.
    MIXTURE = "mixture"
    #: Panels are drawn at random.
    RANDOM = "random"


#: Called with what is being done and how much of it is done, from 0 to 1. It may raise to cancel the draw: Stopped
#: ends it with the best lottery so far, anything else without one.
Progress = Callable[[Step, float], None]


def _silent(_step: Step, _share: float) -> None:
    """Nobody wants to know."""


@dataclass
class Watch:
    """`limit` in seconds from now on; None is no limit."""

    limit: float | None = None
    progress: Progress = _silent
    _begun: float = field(default_factory=monotonic)
    _told: tuple[Step, float] = (Step.CHANCES, 0.0)

    def left(self) -> float:
        """Seconds until the time is up; infinite without a limit, never negative."""
        return float("inf") if self.limit is None else max(0.0, self._begun + self.limit - monotonic())

    def tell(self, step: Step, share: float) -> None:
        """Report progress. Raises Stopped when the time is up."""
        self._told = step, min(1.0, max(0.0, share))
        self.beat()
        if self.left() <= 0:
            raise Stopped(Code.TIME_IS_UP)

    def beat(self) -> None:
        """Report once more what was told last, so that a draw can be cancelled where nothing new is known for long."""
        self.progress(*self._told)
