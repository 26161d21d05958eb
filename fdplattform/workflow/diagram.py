"""The picture of a workflow: an SVG made from the data, without scripts or styles of its own."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from textwrap import wrap

from fdplattform.workflow.model import CANCEL, CANCELLED, State, Transition, Workflow

BOX_WIDTH, BOX_HEIGHT, GAP, MARGIN = 260, 48, 54, 16
#: Room for the arcs beside the column of states, and how far each further arc stands off.
SIDE, ARC_STEP = 190, 26
#: Of the column of states.
CENTRE = MARGIN + SIDE + BOX_WIDTH / 2
#: Letters in a line beside an arc, the height of a line, and the room between two labels.
LABEL_LETTERS, LABEL_LINE, LABEL_GAP = 17, 16, 6

Translate = Callable[[str], str]


def draw(workflow: Workflow, current: str | None, translate: Translate, *, rtl: bool = False) -> str:
    """The states from top to bottom, the steps as arrows; `current` is marked.

    Cancelling is left out: it is possible from everywhere and would only cross the picture. With `rtl` the arcs
    change sides.
    """
    states = [state for state in workflow.states if state.id != CANCELLED]
    place = {state.id: number for number, state in enumerate(states)}
    arrows = [
        (source, transition)
        for transition in workflow.transitions
        for source in transition.sources
        if transition.id != CANCEL and transition.target in place and source in place and transition.target != source
    ]
    width, height = BOX_WIDTH + 2 * (SIDE + MARGIN), len(states) * (BOX_HEIGHT + GAP) - GAP + 2 * MARGIN
    parts = [
        f'<svg class="workflow" role="img" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" xmlns="http://www.w3.org/2000/svg">',
        f"<title>{_words(translate, [state.title for state in states])}</title>",
        '<defs><marker id="arrow" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" '
        'orient="auto-start-reverse"><path d="M0 0 10 5 0 10z" fill="currentColor"/></marker></defs>',
    ]
    parts += [_box(number, state, state.id == current, translate) for number, state in enumerate(states)]
    parts += _arrows(arrows, place, translate, rtl)
    return "".join([*parts, "</svg>"])


def _box(number: int, state: State, current: bool, translate: Translate) -> str:
    x, y = SIDE + MARGIN, MARGIN + number * (BOX_HEIGHT + GAP)
    look = 'stroke-width="3" class="current"' if current else 'stroke-width="1"'
    return (
        f'<rect x="{x}" y="{y}" width="{BOX_WIDTH}" height="{BOX_HEIGHT}" rx="{22 if state.final else 6}" '
        f'fill="none" stroke="currentColor" {look}/>'
        f'<text x="{x + BOX_WIDTH / 2:g}" y="{y + BOX_HEIGHT / 2 + 5:g}" text-anchor="middle" fill="currentColor" '
        f'font-weight="{"bold" if current else "normal"}">{escape(translate(state.title))}</text>'
    )


@dataclass(frozen=True)
class _Arc:
    """A step that passes over states, or leads back; `number` counts those on its side of the picture."""

    start: int
    end: int
    label: str
    right: bool
    number: int

    @property
    def ends(self) -> tuple[float, float]:
        """The heights at which it begins and ends."""
        return _middle(self.start), _middle(self.end)

    def beside(self, distance: float) -> float:
        """How far from the left lies what is so far from the column of states."""
        return SIDE + MARGIN + (BOX_WIDTH + distance if self.right else -distance)

    @property
    def lines(self) -> list[str]:
        """The label in as many lines as it needs, so that none is cut off at the picture's edge."""
        return wrap(self.label, LABEL_LETTERS) or [""]


def _arrows(
    arrows: Sequence[tuple[str, Transition]], place: dict[str, int], translate: Translate, rtl: bool
) -> list[str]:
    lines: list[str] = []
    labels: list[str] = []
    arcs: dict[bool, list[_Arc]] = {True: [], False: []}
    steps: dict[tuple[int, int], Transition] = {}
    for source, step in arrows:
        steps.setdefault((place[source], place[step.target or source]), step)
    for (start, end), step in steps.items():
        label, right = translate(step.title), (end > start) != rtl
        if end == start + 1:
            lines.append(_straight(start))
            labels.append(_beside_straight(start, label))
        else:
            arcs[right].append(_Arc(start, end, label, right, len(arcs[right])))
    for side in arcs.values():
        lines += [_arc(arc) for arc in side]
        labels += [_beside_arc(arc, top) for arc, top in _spread(side)]
    # The words lie upon the lines, so that none crosses them.
    return lines + labels


def _spread(arcs: Iterable[_Arc]) -> Iterator[tuple[_Arc, float]]:
    """The arcs of one side with the tops of their labels: in the middle of the arc, or below the label before."""
    free = float(MARGIN)
    for arc in sorted(arcs, key=lambda each: sum(each.ends)):
        height = len(arc.lines) * LABEL_LINE
        top = max(free, (sum(arc.ends) - height) / 2)
        yield arc, top
        free = top + height + LABEL_GAP


def _middle(number: int) -> float:
    return MARGIN + number * (BOX_HEIGHT + GAP) + BOX_HEIGHT / 2


def _straight(start: int) -> str:
    y = _middle(start) + BOX_HEIGHT / 2
    return f'<path d="M{CENTRE:g} {y:g}V{y + GAP - 2:g}" stroke="currentColor" fill="none" marker-end="url(#arrow)"/>'


def _beside_straight(start: int, label: str) -> str:
    y = _middle(start) + (BOX_HEIGHT + GAP) / 2 + 4
    return f'<text x="{CENTRE + 10:g}" y="{y:g}" font-size="13" fill="currentColor">{escape(label)}</text>'


def _arc(arc: _Arc) -> str:
    x, far = arc.beside(0), arc.beside(34 + arc.number % 4 * ARC_STEP)
    y1, y2 = arc.ends
    return (
        f'<path d="M{x:g} {y1:g}C{far:g} {y1:g} {far:g} {y2:g} {arc.beside(2):g} {y2:g}" stroke="currentColor" '
        f'fill="none" marker-end="url(#arrow)"><title>{escape(arc.label)}</title></path>'
    )


def _beside_arc(arc: _Arc, top: float) -> str:
    x = arc.beside(30 + arc.number % 4 * ARC_STEP * 0.75)
    spans = "".join(
        # The letters of a line stand on its baseline.
        f'<tspan x="{x:g}" y="{top + (number + 0.75) * LABEL_LINE:g}">{escape(line)}</tspan>'
        for number, line in enumerate(arc.lines)
    )
    anchor = "start" if arc.right else "end"
    return f'<text font-size="13" fill="currentColor" text-anchor="{anchor}">{spans}</text>'


def _words(translate: Translate, titles: Sequence[str]) -> str:
    return escape(" → ".join(translate(title) for title in titles))
