"""A small door to HiGHS."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

import highspy
import numpy as np
from highspy.highs import HighsCallbackEvent

from fdplattform.tools.draw.engine.classes import Classes, Floats, Ints
from fdplattform.tools.draw.engine.errors import SolverFailed, Stopped
from fdplattform.tools.draw.engine.sentences import Code
from fdplattform.tools.draw.engine.watch import Watch

Found = TypeVar("Found")
INFINITE = float(highspy.kHighsInf)
_COLUMNWISE, _MINIMIZE = 1, 1
_Status = highspy.HighsModelStatus
#: "Unbounded or infeasible" is infeasible: every program here is bounded.
_INFEASIBLE = {_Status.kInfeasible, _Status.kUnboundedOrInfeasible}
_FEASIBLE = int(highspy.SolutionStatus.kSolutionStatusFeasible)
_OUT_OF_TIME = {_Status.kTimeLimit, _Status.kInterrupt}


@dataclass(frozen=True)
class Program:
    """Minimise `cost`·x with `lower` ≤ x ≤ `upper` and `row_lower` ≤ A·x ≤ `row_upper`; A is given column by column:
    the entries of column j are those from `start[j]` to `start[j + 1]`."""

    cost: Floats
    lower: Floats
    upper: Floats
    row_lower: Floats
    row_upper: Floats
    start: Ints
    index: Ints
    value: Floats
    #: For each column 1 where only whole numbers count.
    integer: Ints


class Solver:
    """HiGHS with our tolerances. One thread and a fixed seed, so that the same input gives the same output."""

    def __init__(self, *, any_solution: bool = False) -> None:
        """`any_solution`: the first feasible solution of an integer program will do."""
        self.highs: highspy.Highs = highspy.Highs()  # type: ignore[no-untyped-call]
        for option, setting in (
            ("output_flag", False),
            ("threads", 1),
            ("random_seed", 0),
            ("primal_feasibility_tolerance", 1e-9),
            ("dual_feasibility_tolerance", 1e-9),
            ("mip_rel_gap", 0.0),
            ("mip_abs_gap", 1e-9),
        ):
            self.highs.setOptionValue(option, setting)
        if any_solution:
            self.highs.setOptionValue("mip_max_improving_sols", 1)

    def load(self, program: Program) -> None:
        """Take a program in place of the one before."""
        self.highs.passModel(
            len(program.cost),
            len(program.row_lower),
            len(program.index),
            _COLUMNWISE,
            _MINIMIZE,
            0.0,
            program.cost,
            program.lower,
            program.upper,
            program.row_lower,
            program.row_upper,
            program.start.astype(np.int32),
            program.index.astype(np.int32),
            program.value,
            program.integer.astype(np.int32),
        )

    def run(self, watch: Watch) -> Floats | None:
        """The best x; None when there is none. Raises Stopped when the time is up, SolverFailed, and what cancels."""
        # HiGHS counts the time from the making of the instance on.
        self.highs.setOptionValue("time_limit", self.highs.getRunTime() + watch.left())
        with self._listening(watch):
            self.highs.run()
        status = self.highs.getModelStatus()
        if status in _INFEASIBLE:
            return None
        if status in _OUT_OF_TIME:
            raise Stopped(Code.TIME_IS_UP)
        # A limit of nodes or solutions may also be reached before there is any solution.
        found = self.highs.getInfo().primal_solution_status == _FEASIBLE
        if status not in {_Status.kOptimal, _Status.kSolutionLimit} or not found:
            raise SolverFailed(Code.SOLVER_FAILED, state=self.highs.modelStatusToString(status))
        return np.array(self.highs.getSolution().col_value)

    @contextmanager
    def _listening(self, watch: Watch) -> Iterator[None]:
        """An integer program may take as long as the limit lasts: it ends as soon as `watch` raises, and so does this.
        Linear programs are done before anybody presses a button."""
        faults: list[BaseException] = []

        def ask(event: HighsCallbackEvent) -> None:
            try:
                watch.beat()
            except Stopped:
                # Of its time limit the solver knows itself; what it has found by then is asked for between programs.
                return
            except BaseException as fault:
                faults.append(fault)
                event.interrupt()

        self.highs.cbMipInterrupt += ask
        try:
            yield
        finally:
            self.highs.cbMipInterrupt -= ask
        if faults:
            raise faults[0]

    def solve(self, program: Program, watch: Watch) -> Floats | None:
        """`load` and `run`."""
        self.load(program)
        return self.run(watch)

    def row_duals(self) -> Floats:
        """The prices of the rows after a linear program: positive where the lower bound binds, negative where the
        upper does."""
        return np.array(self.highs.getSolution().row_dual)


def certain(found: Found | None) -> Found:
    """What cannot be missing, by the reason that stands where this is asked. Raises SolverFailed when it is: then the
    solver has lost its way in rounding."""
    if found is None:
        raise SolverFailed(Code.SOLVER_FAILED, state="Infeasible")
    return found


def seats_program(classes: Classes, cost: Floats) -> Program:
    """Panels as whole numbers of seats for each class."""
    start, index = classes.columns(np.arange(classes.number))
    return Program(
        cost,
        np.zeros(classes.number),
        classes.limit.astype(float),
        classes.row_lower.astype(float),
        classes.row_upper.astype(float),
        start,
        index,
        np.ones(len(index)),
        np.ones(classes.number, dtype=np.int64),
    )
