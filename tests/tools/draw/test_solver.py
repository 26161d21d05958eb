"""The door to the solver says what it found, and never takes a search that was broken off for a solution."""

import numpy as np
import pytest

from fdplattform.tools.draw.engine.errors import SolverFailed
from fdplattform.tools.draw.engine.solver import Program, Solver
from fdplattform.tools.draw.engine.watch import Step, Watch

NUMBER = 30


def hard_to_hit() -> Program:
    """Which of thirty large numbers add up to two given sums: there is an answer, and no short way to it."""
    random = np.random.default_rng(1)
    values = random.integers(1000, 100_000, size=(NUMBER, 2)).astype(float)
    sums = values.T @ random.integers(0, 2, size=NUMBER)
    return Program(
        cost=np.zeros(NUMBER),
        lower=np.zeros(NUMBER),
        upper=np.ones(NUMBER),
        row_lower=sums,
        row_upper=sums,
        start=np.arange(0, 2 * NUMBER + 1, 2),
        index=np.tile([0, 1], NUMBER),
        value=values.ravel(),
        integer=np.ones(NUMBER, dtype=np.int64),
    )


def test_a_search_that_was_broken_off_is_no_solution() -> None:
    solver = Solver()
    solver.highs.setOptionValue("mip_max_nodes", 1)
    with pytest.raises(SolverFailed):
        solver.solve(hard_to_hit(), Watch())


def test_who_cancels_ends_a_search_in_its_middle() -> None:
    class Cancelled(Exception):
        """Nobody waits for the result any more."""

    def cancel(_step: Step, _share: float) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        Solver().solve(hard_to_hit(), Watch(20, cancel))
