"""When the quotas cannot be kept: sentences that say why, and the smallest change that makes them possible."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from fdplattform.tools.draw.engine.classes import Classes, Ints, make_classes
from fdplattform.tools.draw.engine.errors import DrawError
from fdplattform.tools.draw.engine.mixture import some_panel
from fdplattform.tools.draw.engine.pool import Pool, Quota
from fdplattform.tools.draw.engine.sentences import Code, Sentence
from fdplattform.tools.draw.engine.solver import Program, Solver, certain
from fdplattform.tools.draw.engine.watch import Watch

#: A seat less costs more than any change of quotas.
_SEAT = 10_000.0


@dataclass(frozen=True)
class Relaxation:
    """The proposal: another size, other quotas (those that change, with their new numbers)."""

    size: int
    changes: tuple[Quota, ...]

    def applied_to(self, pool: Pool) -> Pool:
        """The pool with the proposed quotas."""
        changed = {(quota.feature, quota.value): quota for quota in self.changes}
        return replace(pool, quotas=tuple(changed.get((q.feature, q.value), q) for q in pool.quotas))


class Infeasible(DrawError):
    """No panel keeps the quotas. `steps` are the changes of the proposal, one by one; str() is German."""

    def __init__(self, reasons: tuple[Sentence, ...], relaxation: Relaxation, steps: tuple[Sentence, ...]) -> None:
        proposal = "; ".join(map(str, steps))
        super().__init__("\n".join([*map(str, reasons), f"Die kleinste Änderung, mit der es geht: {proposal}."]))
        self.reasons = reasons
        self.relaxation = relaxation
        self.steps = steps


def infeasible(pool: Pool, size: int, watch: Watch) -> Infeasible:
    """Why there is no panel of this size, and what would help. Raises Stopped."""
    reasons = _simple_reasons(pool, size) or (_joint_reason(pool, size, watch),)
    relaxation = _relaxation(pool, size, watch)
    return Infeasible(reasons, relaxation, tuple(_steps(relaxation, size, pool)))


def _simple_reasons(pool: Pool, size: int) -> tuple[Sentence, ...]:
    """Reasons that can be seen without solving anything; all of them."""
    return (*_too_few_people(pool, size), *_too_few_of_values(pool), *_wrong_sums(pool, size))


def _too_few_people(pool: Pool, size: int) -> Iterator[Sentence]:
    homes = len(set(pool.household_of))
    if size > homes:
        few = Code.FEW_HOMES_THERE if pool.has_households else Code.FEW_THERE
        code = {0: Code.NOBODY_THERE, 1: Code.ONE_THERE}.get(homes, few)
        yield Sentence(code, {"size": size, "there": homes})


def _too_few_of_values(pool: Pool) -> Iterator[Sentence]:
    available: dict[int, set[str]] = defaultdict(set)
    for person, counted in enumerate(pool.quotas_of):
        for place in counted:
            available[place].add(pool.household_of[person])
    few = Code.FEW_HOMES_OF_VALUE if pool.has_households else Code.FEW_OF_VALUE
    for number, quota in enumerate(pool.quotas):
        there = len(available[number])
        if quota.minimum > there:
            code = {0: Code.NONE_OF_VALUE, 1: Code.ONE_OF_VALUE}.get(there, few)
            yield Sentence(code, {**_named(quota), "least": quota.minimum, "there": there})


def _wrong_sums(pool: Pool, size: int) -> Iterator[Sentence]:
    for feature in pool.features:
        own = [quota for quota in pool.quotas if quota.feature == feature]
        least, most = sum(quota.minimum for quota in own), sum(quota.maximum for quota in own)
        if least > size:
            yield Sentence(Code.LEAST_EXCEED_SIZE, {"feature": feature, "sum": least, "size": size})
        if most < size:
            yield Sentence(Code.MOST_BELOW_SIZE, {"feature": feature, "sum": most, "size": size})


def _named(quota: Quota) -> dict[str, str]:
    return {"feature": quota.feature, "value": quota.value}


def _joint_reason(pool: Pool, size: int, watch: Watch) -> Sentence:
    """A smallest set of bounds that contradict each other: what can be left out is left out."""
    classes = make_classes(pool, size)
    lower, upper = classes.row_lower.copy(), classes.row_upper.copy()
    parts = []
    for number, quota in enumerate(pool.quotas, start=1):
        for bounds, loose, code in ((lower, 0, Code.AT_LEAST), (upper, size, Code.AT_MOST)):
            kept = int(bounds[number])
            bounds[number] = loose
            if kept != loose and _possible(classes, lower, upper, watch):
                bounds[number] = kept
                parts.append(Sentence(code, {**_named(quota), "number": kept}))
    code = Code.CONTRADICTION_WITH_HOMES if pool.has_households else Code.CONTRADICTION
    return Sentence(code, {"limits": tuple(parts)})


def _possible(classes: Classes, lower: Ints, upper: Ints, watch: Watch) -> bool:
    return some_panel(replace(classes, row_lower=lower, row_upper=upper), watch) is not None


def _relaxation(pool: Pool, size: int, watch: Watch) -> Relaxation:
    """The change that moves the fewest seats; among equals the one that hurts large quotas rather than small ones."""
    classes = make_classes(pool, size)
    quotas = len(pool.quotas)
    start, index = classes.columns(np.arange(classes.number))
    # One column for each minimum (adds to the row), each maximum (takes from it), and the seats that stay empty.
    slack_rows = np.concatenate((np.arange(1, 1 + quotas), np.arange(1, 1 + quotas), [0]))
    minima, maxima = np.array([q.minimum for q in pool.quotas]), np.array([q.maximum for q in pool.quotas])
    extra = 2 * quotas + 1
    program = Program(
        np.concatenate(
            (np.zeros(classes.number), 1 + 0.1 / np.maximum(1, minima), 1 + 0.1 / np.maximum(1, maxima), [_SEAT])
        ),
        np.zeros(classes.number + extra),
        np.concatenate((classes.limit, minima, np.full(quotas, size), [size])).astype(float),
        classes.row_lower.astype(float),
        classes.row_upper.astype(float),
        np.concatenate((start, start[-1] + np.arange(1, extra + 1))),
        np.concatenate((index, slack_rows)),
        np.concatenate((np.ones(len(index) + quotas), np.full(quotas, -1.0), [1.0])),
        np.ones(classes.number + extra, dtype=np.int64),
    )
    # An empty panel keeps quotas without minima.
    found = certain(Solver().solve(program, watch))
    slack = np.rint(found[classes.number :]).astype(np.int64).tolist()
    changes = tuple(
        replace(quota, minimum=quota.minimum - slack[number], maximum=quota.maximum + slack[quotas + number])
        for number, quota in enumerate(pool.quotas)
        if slack[number] or slack[quotas + number]
    )
    return Relaxation(size - slack[-1], changes)


def _steps(relaxation: Relaxation, size: int, pool: Pool) -> Iterator[Sentence]:
    before = {(quota.feature, quota.value): quota for quota in pool.quotas}
    if relaxation.size != size:
        yield Sentence(Code.OTHER_SIZE, {"number": relaxation.size, "old": size})
    for quota in relaxation.changes:
        old, named = before[quota.feature, quota.value], _named(quota)
        if quota.minimum != old.minimum:
            yield Sentence(Code.OTHER_LEAST, {**named, "number": quota.minimum, "old": old.minimum})
        if quota.maximum != old.maximum:
            yield Sentence(Code.OTHER_MOST, {**named, "number": quota.maximum, "old": old.maximum})
