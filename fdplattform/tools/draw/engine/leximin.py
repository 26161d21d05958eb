"""The fairest expected seats of each class, and a proof that the smallest chance cannot be larger.

LEXIMIN makes the smallest chance of any person as large as possible, then the next smallest, and so on (Flanigan, Gölz,
Gupta, Hennig, Procaccia, Nature 596:548-552, 2021, doi 10.1038/s41586-021-03788-6). Here it is solved over expected
seats, which need not be whole numbers: an upper bound, and exact where the result is a mixture of panels (`peeling`,
`mixture`).
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from fdplattform.tools.draw.engine.classes import Classes, Floats
from fdplattform.tools.draw.engine.solver import INFINITE, Program, Solver
from fdplattform.tools.draw.engine.watch import Step, Watch

#: Fixed levels may sink by this, because equalities make later programs infeasible.
_SLACK = 2e-9
_PRICE = 1e-7
#: Chances closer than this are the same level.
_SAME = 1e-7
_ZERO = 1e-12


@dataclass(frozen=True)
class Cut:
    """`weights`·seats is at most `most` for every panel, although the rows of the classes allow more."""

    weights: Floats
    most: float


@dataclass(frozen=True)
class Prices:
    """Why the smallest chance cannot be larger: see `bound`. One weight for each person of a class, one price for
    each of the rows size and quotas, and the cuts with theirs."""

    weights: Floats
    rows: Floats
    cuts: tuple[tuple[Cut, float], ...] = ()


#: Called as soon as it is known why the smallest chance cannot be larger, long before all chances are.
Proved = Callable[[Prices], None]


def _silent(_prices: Prices) -> None:
    """Nobody wants to know."""


def leximin(classes: Classes, quotas: int, cuts: list[Cut], watch: Watch, proved: Proved = _silent) -> Floats | None:
    """The fairest chance of a person of each class; None when not even expected seats can keep the rows.

    Raises Stopped.
    """
    solver = Solver()
    solver.load(_program(classes, cuts))
    highs, number, z = solver.highs, classes.number, classes.number
    first_row = classes.rows + len(cuts)
    free = np.ones(number, dtype=bool)
    chances = np.zeros(number)
    while free.any():
        found = solver.run(watch)
        if found is None:
            return None
        duals = solver.row_duals()
        of_class = duals[first_row:]
        if free.all():
            of_cuts = (-duals[classes.rows : first_row]).tolist()
            proved(Prices(of_class / classes.people, -duals[: 1 + quotas], tuple(zip(cuts, of_cuts, strict=True))))
        fixed = np.flatnonzero(free & (of_class > _PRICE))
        levels = np.full(len(fixed), found[z])
        if not len(fixed):
            fixed = np.flatnonzero(free)
            levels = found[fixed]
        for place, level in zip(fixed.tolist(), levels.tolist(), strict=True):
            highs.changeRowBounds(first_row + place, -INFINITE, INFINITE)
            highs.changeColBounds(place, max(0.0, level - _SLACK), _most(classes, place))
        chances[fixed] = levels
        free[fixed] = False
        watch.tell(Step.CHANCES, 1 - free.mean())
    return _polished(classes, chances)


def _most(classes: Classes, place: int) -> float:
    return float(classes.limit[place] / classes.people[place])


def _program(classes: Classes, cuts: list[Cut]) -> Program:
    """Columns: the chance of each class, then z. Rows: those of the classes, the cuts, and chance ≥ z for
    each class."""
    number, rows = classes.number, classes.rows
    people = classes.people.astype(float)
    start, index = classes.columns(np.arange(number))
    weights = np.array([cut.weights for cut in cuts]).reshape(len(cuts), number)
    entries: list[tuple[list[int], list[float]]] = []
    for place in range(number):
        own = index[start[place] : start[place + 1]].tolist()
        priced = np.flatnonzero(weights[:, place]).tolist()
        entries.append(
            (
                [*own, *(rows + cut for cut in priced), rows + len(cuts) + place],
                [*([people[place]] * len(own)), *(people[place] * weights[cut, place] for cut in priced), 1.0],
            )
        )
    entries.append(([rows + len(cuts) + place for place in range(number)], [-1.0] * number))
    return Program(
        np.append(np.zeros(number), -1.0),
        np.zeros(number + 1),
        # A chance above all others must stay possible for z once every class is fixed: 2 is never reached.
        np.append(classes.limit / people, 2.0),
        np.concatenate((classes.row_lower, np.full(len(cuts), -INFINITE), np.zeros(number))),
        np.concatenate((classes.row_upper, [cut.most for cut in cuts], np.full(number, INFINITE))),
        np.concatenate(([0], np.cumsum([len(rows_) for rows_, _ in entries]))).astype(np.int64),
        np.concatenate([np.array(rows_, dtype=np.int64) for rows_, _ in entries]),
        np.concatenate([np.array(values) for _, values in entries]),
        np.zeros(number + 1, dtype=np.int64),
    )


def _polished(classes: Classes, chances: Floats) -> Floats:
    """The same levels without the solver's tolerance: the rows that bind are solved for the levels."""
    order = np.argsort(chances, kind="stable")
    steps = np.concatenate(([0], np.cumsum(np.diff(chances[order]) > _SAME)))
    level = np.empty(classes.number, dtype=np.int64)
    level[order] = steps
    levels = np.array([chances[level == step].mean() for step in range(steps[-1] + 1)])
    sums = classes.sums(chances * classes.people)
    low, high = classes.row_lower, classes.row_upper
    bounds = np.where(np.abs(sums - low) < np.abs(sums - high), low, high)
    binding = np.flatnonzero(np.abs(sums - bounds) < 1e-6)
    people = classes.people.astype(float)
    matrix = np.stack([classes.sums((level == step) * people) for step in range(len(levels))], axis=1)
    missing = bounds[binding] - matrix[binding] @ levels
    change, *_ = np.linalg.lstsq(matrix[binding], missing, rcond=None)
    better = levels + change
    top = classes.limit / classes.people
    better[np.abs(better) < _ZERO] = 0.0
    return np.clip(better[level], 0.0, top) if np.abs(change).max(initial=0.0) < 1e-6 else chances
