"""The phases as a picture: bars on a scale of days, as numbers for an SVG. The list beside it says the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from fdplattform.dialogues.models import Phase, PhaseStatus

WIDTH = 1000
ROW_HEIGHT = 28
BAR_HEIGHT = 18
#: A phase of one day in a dialogue of two years must still be seen.
LEAST_WIDTH = 10
MARGIN = 40


@dataclass(frozen=True)
class Bar:
    """The bar of one phase; lengths in units of the picture."""

    block: int
    status: str
    x: float
    y: float
    width: float
    label_y: float


@dataclass(frozen=True)
class Timeline:
    """The picture; `today` is the place of the present day, None outside the picture."""

    width: int
    height: int
    bars: tuple[Bar, ...]
    today: float | None


def draw(phases: Sequence[Phase], today: date, *, rtl: bool) -> Timeline | None:
    """The picture of all phases that have dates; None when fewer than two do. Time runs with the writing."""
    dated = [
        (phase, phase.starts_on or phase.ends_on, phase.ends_on or phase.starts_on)
        for phase in phases
        if phase.status is not PhaseStatus.SKIPPED
    ]
    spans = [(phase, start, end) for phase, start, end in dated if start and end]
    if len(spans) < 2:
        return None
    first = min(start for _phase, start, _end in spans)
    last = max(end for _phase, _start, end in spans)
    scale = _Scale(first, (last - first).days + 1, rtl)
    bars = tuple(_bar(scale, row, phase, start, end) for row, (phase, start, end) in enumerate(spans))
    marker = scale.place(today) if first <= today <= last else None
    return Timeline(WIDTH, len(spans) * ROW_HEIGHT, bars, marker)


@dataclass(frozen=True)
class _Scale:
    first: date
    days: int
    rtl: bool

    def length(self, days: int) -> float:
        return round(days / self.days * (WIDTH - MARGIN), 1)

    def place(self, day: date) -> float:
        offset = MARGIN + self.length((day - self.first).days)
        return WIDTH - offset if self.rtl else offset


def _bar(scale: _Scale, row: int, phase: Phase, start: date, end: date) -> Bar:
    width = max(scale.length((end - start).days + 1), LEAST_WIDTH)
    x = scale.place(start) - (width if scale.rtl else 0)
    y = row * ROW_HEIGHT + (ROW_HEIGHT - BAR_HEIGHT) / 2
    return Bar(phase.block, phase.status.value, min(max(x, 0), WIDTH - width), y, width, y + BAR_HEIGHT - 4)
