"""When the quotas cannot be kept: a sentence that says why, and the smallest change that makes them possible."""

from collections import defaultdict
from dataclasses import dataclass, replace

import numpy as np

from fdplattform.tools.draw.engine.classes import Classes, Ints, make_classes
from fdplattform.tools.draw.engine.errors import DrawError
from fdplattform.tools.draw.engine.mixture import some_panel
from fdplattform.tools.draw.engine.pool import Pool, Quota
from fdplattform.tools.draw.engine.solver import Program, Solver
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
    """No panel keeps the quotas; str() is a German text for coordinators."""

    def __init__(self, reason: str, relaxation: Relaxation, size: int, pool: Pool) -> None:
        super().__init__(f"{reason}\n{_proposal(relaxation, size, pool)}")
        self.reason = reason
        self.relaxation = relaxation


def infeasible(pool: Pool, size: int, watch: Watch) -> Infeasible:
    """Why there is no panel of this size, and what would help."""
    reason = _simple_reason(pool, size) or _joint_reason(pool, size, watch)
    return Infeasible(reason, _relaxation(pool, size, watch), size, pool)


def _simple_reason(pool: Pool, size: int) -> str:
    """Reasons that can be seen without solving anything; all of them, one a line."""
    return "\n".join([*_too_few(pool, size), *_wrong_sums(pool, size)])


def _too_few(pool: Pool, size: int) -> list[str]:
    available: dict[int, set[str]] = defaultdict(set)
    for person, counted in enumerate(pool.quotas_of):
        for place in counted:
            available[place].add(pool.household_of[person])
    apart = " aus verschiedenen Haushalten" if pool.has_households else ""

    def there(number: int) -> str:
        words = {0: "steht niemand", 1: "steht nur eine Person"}
        return f"zur Wahl {words.get(number, f'stehen nur {number} Personen{apart}')}"

    homes = len(set(pool.household_of))
    return ([f"Es sollen {size} Personen ausgelost werden, {there(homes)}."] if size > homes else []) + [
        f"Bei {quota.title} werden mindestens {quota.minimum} verlangt, {there(len(available[number]))}."
        for number, quota in enumerate(pool.quotas)
        if quota.minimum > len(available[number])
    ]


def _wrong_sums(pool: Pool, size: int) -> list[str]:
    reasons = []
    for feature in pool.features:
        own = [quota for quota in pool.quotas if quota.feature == feature]
        least, most = sum(quota.minimum for quota in own), sum(quota.maximum for quota in own)
        if least > size:
            reasons.append(f"Die Mindestzahlen bei „{feature}“ ergeben {least}, das Gremium hat aber {size} Plätze.")
        if most < size:
            reasons.append(f"Die Höchstzahlen bei „{feature}“ ergeben {most}, das Gremium hat aber {size} Plätze.")
    return reasons


def _joint_reason(pool: Pool, size: int, watch: Watch) -> str:
    """A smallest set of bounds that contradict each other: what can be left out is left out."""
    classes = make_classes(pool, size)
    lower, upper = classes.row_lower.copy(), classes.row_upper.copy()
    parts = []
    for number, quota in enumerate(pool.quotas, start=1):
        for bounds, loose, words in (
            (lower, 0, f"{quota.title} mindestens {quota.minimum}"),
            (upper, size, f"{quota.title} höchstens {quota.maximum}"),
        ):
            kept = int(bounds[number])
            bounds[number] = loose
            if kept != loose and _possible(classes, lower, upper, watch):
                bounds[number] = kept
                parts.append(words)
    apart = " (und niemand darf mit jemandem aus demselben Haushalt zusammensitzen)" if pool.has_households else ""
    return f"Diese Vorgaben lassen sich nicht zusammen erfüllen{apart}: {'; '.join(parts)}."


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
    found = Solver().solve(program, watch.left())
    assert found is not None, "an empty panel keeps quotas without minima"
    slack = np.rint(found[classes.number :]).astype(np.int64).tolist()
    changes = tuple(
        replace(quota, minimum=quota.minimum - slack[number], maximum=quota.maximum + slack[quotas + number])
        for number, quota in enumerate(pool.quotas)
        if slack[number] or slack[quotas + number]
    )
    return Relaxation(size - slack[-1], changes)


def _proposal(relaxation: Relaxation, size: int, pool: Pool) -> str:
    before = {(quota.feature, quota.value): quota for quota in pool.quotas}
    steps = [] if relaxation.size == size else [f"{relaxation.size} statt {size} Plätze"]
    for quota in relaxation.changes:
        old = before[quota.feature, quota.value]
        if quota.minimum != old.minimum:
            steps.append(f"{quota.title} mindestens {quota.minimum} statt {old.minimum}")
        if quota.maximum != old.maximum:
            steps.append(f"{quota.title} höchstens {quota.maximum} statt {old.maximum}")
    return f"Die kleinste Änderung, mit der es geht: {'; '.join(steps)}."
