"""The picture of everybody's chance: sorted from the smallest to the largest, one step for people who have the same."""

from collections.abc import Callable, Iterator, Sequence
from html import escape
from typing import Any

from fdplattform.tools.draw.panel.fairness import Fairness
from fdplattform.tools.draw.panel.messages import _

WIDTH, HEIGHT = 720, 320
LEFT, RIGHT, TOP, BOTTOM = 64, 16, 20, 44
#: So many lines across, from nothing to the top.
_LINES = 4
#: Tops of the scale that are easy to read.
_TOPS = (0.02, 0.04, 0.08, 0.1, 0.2, 0.4, 0.6, 0.8, 1.0)

Translate = Callable[[Any], str]


def chances_picture(
    fairness: Fairness, other: Fairness | None, translate: Translate, percent: Callable[[float], str]
) -> str:
    """An SVG of the chances in a lottery; those of another one are a dashed line, for comparison."""
    top = next((top for top in _TOPS if top >= max(fairness.largest, other.largest if other else 0.0)), 1.0)
    words = _(
        "Everybody's chance, sorted: from ${smallest} to ${largest}.",
        mapping={"smallest": percent(fairness.smallest), "largest": percent(fairness.largest)},
    )
    parts = [
        f'<svg class="chances" role="img" viewBox="0 0 {WIDTH} {HEIGHT}" xmlns="http://www.w3.org/2000/svg" '
        f'direction="ltr" aria-labelledby="chances-title chances-words">',
        f'<title id="chances-title">{escape(translate(_("Everybody’s chance of sitting on the panel")))}</title>',
        f'<desc id="chances-words">{escape(translate(words))}</desc>',
        *_scale(top, percent),
        f'<path class="area" d="{_steps(fairness, top, closed=True)}"/>',
        f'<path class="line" d="{_steps(fairness, top)}"/>',
    ]
    if other is not None:
        parts.append(f'<path class="other" d="{_steps(other, top)}"/>')
    average = _y(fairness.size / fairness.people, top)
    parts += [
        f'<path class="average" d="M{LEFT} {average:.1f}H{WIDTH - RIGHT}"/>',
        _text(
            (LEFT + WIDTH - RIGHT) / 2, HEIGHT - 10, "middle", translate(_("people who are willing, sorted by chance"))
        ),
        "</svg>",
    ]
    return "".join(parts)


def _scale(top: float, percent: Callable[[float], str]) -> Iterator[str]:
    for number in range(_LINES + 1):
        share = top * number / _LINES
        y = _y(share, top)
        yield f'<path class="grid" d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}"/>'
        yield _text(LEFT - 8, y + 4, "end", percent(share))


def _steps(fairness: Fairness, top: float, *, closed: bool = False) -> str:
    """The way along the steps; `closed` goes back along the bottom."""
    width = (WIDTH - LEFT - RIGHT) / fairness.people
    x = float(LEFT)
    way: list[str] = []
    for people, chance in fairness.sorted_chances():
        y = _y(chance, top)
        way.append(f"{'L' if way else 'M'}{x:.1f} {y:.1f}")
        x += people * width
        way.append(f"L{x:.1f} {y:.1f}")
    if closed:
        way.append(f"V{_y(0, top):.1f}H{LEFT}Z")
    return "".join(way)


def _y(share: float, top: float) -> float:
    return TOP + (HEIGHT - TOP - BOTTOM) * (1 - share / top)


def _text(x: float, y: float, anchor: str, words: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(words)}</text>'


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
