"""From expected seats to panels of equal weight.

`peel` takes panels off a remainder of whole numbers, one kind after the other, so that what is left is always
between the same whole numbers: nothing strands, as it does with fractions.
"""

from random import Random

import numpy as np

from fdplattform.tools.draw.engine.classes import Classes, Floats, Ints
from fdplattform.tools.draw.engine.solver import Program, Solver
from fdplattform.tools.draw.engine.watch import Step, Watch

#: So many classes decide a panel at first; more only if there is no panel among them.
_SAMPLE = 80
#: Classes that must almost surely be rounded up are always among them.
_NEARLY = 0.9
_WHOLE = 1e-7
#: How often the last batches are taken back and tried differently; each time twice as many.
RETREATS = 6

#: A panel as seats of each class, and how many of the lottery's panels look like this.
Batch = tuple[Ints, int]


def whole_counts(classes: Classes, seats: Floats, panels: int, random: Random, watch: Watch) -> Ints | None:
    """How often each class is seated in `panels` panels: the expected number rounded down or up, such that all rows
    hold on average. None when no rounding does."""
    expected = seats * panels
    lower = np.floor(expected + _WHOLE)
    upper = np.maximum(lower, np.ceil(expected - _WHOLE))
    weight = np.array([random.random() for _ in range(classes.number)])
    start, index = classes.columns(np.arange(classes.number))
    program = Program(
        # Towards the nearer whole number; chance breaks ties.
        0.5 - (expected - lower) + 0.01 * weight,
        lower,
        upper,
        (classes.row_lower * panels).astype(float),
        (classes.row_upper * panels).astype(float),
        start,
        index,
        np.ones(len(index)),
        np.ones(classes.number, dtype=np.int64),
    )
    found = Solver(any_solution=True).solve(program, watch)
    return None if found is None else np.rint(found).astype(np.int64)


def peel(
    classes: Classes,
    counts: Ints,
    panels: int,
    random: Random,
    watch: Watch,
    batches: list[Batch],
    *,
    retreats: int = RETREATS,
) -> bool:
    """Append batches of together `panels` panels to `batches`; class c sits in `counts[c]` of them.

    Returns False when no panel fits the remainder, also after taking back the last batches several times. Raises
    Stopped; in both cases `batches` holds what was found.
    """
    solver = Solver(any_solution=True)
    remainder, left = counts.copy(), panels
    retreat = retreats
    while left:
        panel = _fitting(solver, classes, remainder, left, random, watch)
        if panel is None:
            if not retreat or not batches:
                return False
            retreat -= 1
            for _ in range(min(len(batches), 4 << (retreats - retreat))):
                panel, times = batches.pop()
                remainder, left = remainder + times * panel, left + times
            continue
        times = _times(classes, remainder, left, panel)
        batches.append((panel, times))
        remainder, left = remainder - times * panel, left - times
        watch.tell(Step.PANELS, 1 - left / panels)
    return True


def _times(classes: Classes, remainder: Ints, left: int, panel: Ints) -> int:
    """How often a panel can be taken until a count or a row would leave its whole numbers."""
    have, takes = classes.totals(remainder), classes.totals(panel)
    lower = np.concatenate((remainder // left, classes.row_lower))
    upper = np.concatenate((-(-remainder // left), classes.row_upper))
    have, takes = np.concatenate((remainder, have)), np.concatenate((panel, takes))
    above, below = takes - lower, upper - takes
    limits = np.concatenate(
        ((have - left * lower)[above > 0] // above[above > 0], (left * upper - have)[below > 0] // below[below > 0])
    )
    return min(left, int(limits.min(initial=left)))


def _fitting(solver: Solver, classes: Classes, remainder: Ints, left: int, random: Random, watch: Watch) -> Ints | None:
    """A panel between the whole numbers next to the average, after which the rest can keep the rows on average."""
    base = remainder // left
    part = (remainder % left) / left
    low, high, totals = classes.row_lower, classes.row_upper, classes.totals(remainder)
    standing = classes.totals(base)
    lower = np.maximum(low, totals - (left - 1) * high) - standing
    upper = np.minimum(high, totals - (left - 1) * low) - standing
    unmet = (lower > 0) | (upper < 0)
    open_ = np.flatnonzero(part > 0)
    if not len(open_):
        return None if unmet.any() else base
    order = open_[_order(part[open_], random)]
    size = _SAMPLE
    while True:
        chosen = np.sort(order[:size])
        rows = np.unique(classes.columns(chosen)[1])
        if np.isin(np.flatnonzero(unmet), rows).all():
            found = solver.solve(_box(classes, chosen, part[chosen], rows, (lower, upper), random), watch)
            if found is not None:
                panel = base.copy()
                panel[chosen] += np.rint(found).astype(np.int64)
                return panel
        if size >= len(order):
            return None
        size *= 2


def _order(part: Floats, random: Random) -> Ints:
    """Positions in random order: whoever is more likely to be rounded up tends to come earlier."""
    keys = [2.0 if share > _NEARLY else random.random() ** (1 / share) for share in part.tolist()]
    return np.argsort(-np.array(keys), kind="stable")


def _box(
    classes: Classes, chosen: Ints, share: Floats, rows: Ints, bounds: tuple[Ints, Ints], random: Random
) -> Program:
    """Which of the chosen classes are rounded up: 1, or down: 0."""
    start, index = classes.columns(chosen)
    number = len(chosen)
    weight = np.array([random.random() for _ in range(number)])
    return Program(
        weight * (1 / share - 1 / (1 - share)),
        np.zeros(number),
        np.ones(number),
        bounds[0][rows].astype(float),
        bounds[1][rows].astype(float),
        start,
        np.searchsorted(rows, index),
        np.ones(len(index)),
        np.ones(number, dtype=np.int64),
    )
