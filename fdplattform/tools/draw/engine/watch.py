"""Progress and time limit of a draw."""

from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic

from fdplattform.tools.draw.engine.errors import Stopped

#: Called with what is being done and how much of it is done, from 0 to 1. It may raise to cancel the draw.
Progress = Callable[[str, float], None]


def _silent(_step: str, _share: float) -> None:
    """Nobody wants to know."""


@dataclass(frozen=True)
class Watch:
    """`limit` in seconds from now on; None is no limit."""

    limit: float | None = None
    progress: Progress = _silent
    _begun: float = field(default_factory=monotonic)

    def left(self) -> float:
        """Seconds until the time is up; infinite without a limit, never negative."""
        return float("inf") if self.limit is None else max(0.0, self._begun + self.limit - monotonic())

    def tell(self, step: str, share: float) -> None:
        """Report progress. Raises Stopped when the time is up."""
        self.progress(step, min(1.0, max(0.0, share)))
        if self.left() <= 0:
            raise Stopped("Die Zeit ist um.")
