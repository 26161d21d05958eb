"""The picture of everybody's chance: sorted from the smallest to the largest, one step for people who have the same."""

from collections.abc import Callable, Sequence
from html import escape
from typing import Any

from fdplattform.tools.draw.panel.fairness import Fairness
from fdplattform.tools.draw.panel.messages import _

#: Of the drawing; it is stretched to the place that there is.
WIDTH, HEIGHT = 640, 256
#: So many lines across, from nothing to the top.
_LINES = 4
#: Tops of the scale that are easy to read.
_TOPS = (0.02, 0.04, 0.08, 0.1, 0.2, 0.4, 0.6, 0.8, 1.0)

Translate = Callable[[Any], str]


def chances_picture(
    fairness: Fairness, other: Fairness | None, translate: Translate, percent: Callable[[float], str]
) -> str:
    """A drawing of the chances in a lottery with its scale; those of another one are a dashed line, for comparison."""
    top = next((top for top in _TOPS if top >= max(fairness.largest, other.largest if other else 0.0)), 1.0)
    words = _(
        "Everybody's chance, sorted: from ${smallest} to ${largest}.",
        mapping={"smallest": percent(fairness.smallest), "largest": percent(fairness.largest)},
    )
    paths = [
        *(f'<path class="grid" d="M0 {_y(share, top):.1f}H{WIDTH}"/>' for share in _scale(top)),
        f'<path class="area" d="{_steps(fairness, top, closed=True)}"/>',
        f'<path class="line" d="{_steps(fairness, top)}"/>',
    ]
    if other is not None:
        paths.append(f'<path class="other" d="{_steps(other, top)}"/>')
    paths.append(f'<path class="average" d="M0 {_y(fairness.size / fairness.people, top):.1f}H{WIDTH}"/>')
    labels = "".join(f"<span>{escape(percent(share))}</span>" for share in _scale(top))
    return (
        f'<div class="chances" dir="ltr"><div class="scale" aria-hidden="true">{labels}</div>'
        # The words stand beside the drawing, which is as wide as the screen: shrunk, nobody could read them.
        f'<svg role="img" viewBox="0 0 {WIDTH} {HEIGHT}" preserveAspectRatio="none" xmlns="http://www.w3.org/2000/svg" '
        f'aria-labelledby="chances-title chances-words">'
        f'<title id="chances-title">{escape(translate(_("Everybody’s chance of sitting on the panel")))}</title>'
        f'<desc id="chances-words">{escape(translate(words))}</desc>{"".join(paths)}</svg>'
        f'<p class="axis">{escape(translate(_("people who are willing, sorted by chance")))}</p></div>'
    )


def _scale(top: float) -> list[float]:
    """The shares at which a line goes across, from the top down."""
    return [top * number / _LINES for number in range(_LINES, -1, -1)]


def _steps(fairness: Fairness, top: float, *, closed: bool = False) -> str:
    """The way along the steps; `closed` goes back along the bottom."""
    width = WIDTH / fairness.people
    x = 0.0
    way: list[str] = []
    for people, chance in fairness.sorted_chances():
        y = _y(chance, top)
        way.append(f"{'L' if way else 'M'}{x:.1f} {y:.1f}")
        x += people * width
        way.append(f"L{x:.1f} {y:.1f}")
    if closed:
        way.append(f"V{_y(0, top):.1f}H0Z")
    return "".join(way)


def _y(share: float, top: float) -> float:
    return HEIGHT * (1 - share / top)


def table_of(fairness: Fairness, rows: int = 12) -> Sequence[tuple[int, float, float]]:
    """The same in numbers: how many people have a chance between which two, in at most `rows` rows."""
    low, high = fairness.smallest, fairness.largest
    step = (high - low) / rows
    if not step:
        return [(fairness.people, low, high)]
    people = [0] * rows
    for number, chance in fairness.sorted_chances():
        people[min(rows - 1, int((chance - low) / step))] += number
    return [(number, low + step * place, low + step * (place + 1)) for place, number in enumerate(people) if number]
