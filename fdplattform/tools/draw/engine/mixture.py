"""When expected seats cannot simply be peeled: mix panels, or find out why no mixture of panels has these chances."""

from dataclasses import dataclass

import numpy as np

from fdplattform.tools.draw.engine.classes import Classes, Floats, Ints
from fdplattform.tools.draw.engine.leximin import Cut
from fdplattform.tools.draw.engine.peeling import Batch
from fdplattform.tools.draw.engine.solver import INFINITE, Program, Solver, certain, seats_program
from fdplattform.tools.draw.engine.watch import Step, Watch

_GAIN = 1e-7
_REACHED = 1e-6
#: Rounding weights to whole panels is a search that is given up after so many steps.
_STEPS = 500


@dataclass(frozen=True)
class Mixture:
    """Panels as seats of classes, and the probability of each."""

    panels: list[Ints]
    weights: Floats


def some_panel(classes: Classes, watch: Watch, cost: Floats | None = None) -> Ints | None:
    """A panel, as seats of each class, of least `cost`; None when there is no panel at all."""
    anything = cost is None
    program = seats_program(classes, np.zeros(classes.number) if cost is None else cost)
    found = Solver(any_solution=anything).solve(program, watch)
    return None if found is None else np.rint(found).astype(np.int64)


def mix(classes: Classes, seats: Floats, known: list[Ints], watch: Watch) -> Mixture | Cut:
    """Panels that seat each class as often as `seats` says on average; or a cut that says why there are none.

    Panels that bring the mixture nearer are looked for one at a time, beginning with those `known`.
    """
    panels = list({panel.tobytes(): panel for panel in known}.values())
    solver = Solver()
    while True:
        watch.tell(Step.MIXTURE, 0.0)
        # A mixture may miss by any amount.
        found = certain(solver.solve(_master(classes, seats, panels), watch))
        duals = solver.row_duals()
        prices, floor = duals[: classes.number], duals[classes.number]
        # The known panels are panels.
        best = certain(some_panel(classes, watch, -prices))
        missed = found[len(panels) :].sum()
        if missed <= _REACHED:
            return Mixture(panels, found[: len(panels)])
        # A panel that is known already can only seem to gain, by rounding in the solver.
        if prices @ best + floor <= _GAIN or any(np.array_equal(best, panel) for panel in panels):
            return Cut(prices, float(prices @ best))
        panels.append(best)


def _master(classes: Classes, seats: Floats, panels: list[Ints]) -> Program:
    """Weights of panels that miss `seats` by as little as possible in total. Columns: panels, too few, too many."""
    number, known = classes.number, len(panels)
    table = np.zeros((number + 1, known + 2 * number))
    table[:number, :known] = np.array(panels).T
    table[number, :known] = 1
    table[:number, known : known + number] = np.eye(number)
    table[:number, known + number :] = -np.eye(number)
    cost = np.concatenate((np.zeros(known), np.ones(2 * number)))
    goal = np.append(seats, 1.0)
    return _dense(cost, np.full(len(cost), INFINITE), table, (goal, goal), 0)


def rounded(classes: Classes, seats: Floats, mixture: Mixture, panels: int, watch: Watch) -> list[Batch]:
    """The mixture as `panels` panels of equal weight: each weight is rounded down or up such that the largest
    deviation of anybody's chance is small."""
    used = np.flatnonzero(mixture.weights > _GAIN / panels)
    shapes = [mixture.panels[place] for place in used.tolist()]
    expected = mixture.weights[used] * panels / mixture.weights[used].sum()
    base = np.floor(expected + _GAIN)
    open_ = round(panels - float(base.sum()))
    people = classes.people.astype(float)
    matrix = np.array(shapes, dtype=float).T / people[:, None]
    missing = seats * panels / people - matrix @ base
    number = len(shapes)
    table = np.zeros((1 + 2 * classes.number, number + 1))
    table[0, :number] = 1
    table[1 : 1 + classes.number, :number] = matrix
    table[1 + classes.number :, :number] = -matrix
    table[1:, number] = 1
    lower = np.concatenate(([open_], missing, -missing))
    upper = np.concatenate(([open_], np.full(2 * classes.number, INFINITE)))
    cost = np.append(np.zeros(number), 1.0)
    limit = np.append(np.maximum(1.0, np.ceil(expected - base)), INFINITE)
    solver = Solver()
    solver.highs.setOptionValue("mip_max_nodes", _STEPS)
    # Some rounding always exists.
    found = certain(solver.solve(_dense(cost, limit, table, (lower, upper), number), watch))
    times = (base + np.rint(found[:number])).astype(np.int64).tolist()
    return [(shape, count) for shape, count in zip(shapes, times, strict=True) if count]


def _dense(cost: Floats, upper: Floats, table: Floats, bounds: tuple[Floats, Floats], integers: int) -> Program:
    """A program from a table; the first `integers` columns are whole numbers."""
    columns, rows = np.nonzero(table.T)
    start = np.concatenate(([0], np.cumsum(np.count_nonzero(table, axis=0)))).astype(np.int64)
    whole = (np.arange(len(cost)) < integers).astype(np.int64)
    return Program(cost, np.zeros(len(cost)), upper, bounds[0], bounds[1], start, rows, table[rows, columns], whole)
