"""Rules that every lottery keeps, on random pools."""

from collections import defaultdict
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from fdplattform.tools.draw.engine.classes import make_classes
from fdplattform.tools.draw.engine.cuts import exceeds
from fdplattform.tools.draw.engine.errors import Stopped
from fdplattform.tools.draw.engine.infeasible import Infeasible
from fdplattform.tools.draw.engine.leximin import leximin
from fdplattform.tools.draw.engine.lottery import draw
from fdplattform.tools.draw.engine.pool import Person, Pool, Quota
from fdplattform.tools.draw.engine.result import Lottery, Method, Outcome
from fdplattform.tools.draw.engine.sentences import Code
from fdplattform.tools.draw.engine.solver import INFINITE, Program, Solver
from fdplattform.tools.draw.engine.watch import Step, Watch
from tests.tools.draw.conftest import rivals, town
from tests.tools.draw.pools import pools

PANELS = 100
few = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


def brute_force_smallest(pool: Pool, size: int) -> float:
    """The largest smallest chance, over all panels one by one: nothing of the engine but the check of a panel."""
    panels = [p for p in combinations(range(len(pool.people)), size) if not pool.faults(p, size)]
    table = np.zeros((len(pool.people) + 1, len(panels) + 1))
    for place, panel in enumerate(panels):
        table[list(panel), place] = 1
    table[:-1, -1], table[-1, :-1] = -1, 1
    columns, rows = np.nonzero(table.T)
    start = np.concatenate(([0], np.cumsum(np.count_nonzero(table, axis=0)))).astype(np.int64)
    floor, ceiling = np.zeros(len(pool.people) + 1), np.full(len(pool.people) + 1, INFINITE)
    floor[-1] = ceiling[-1] = 1
    cost = np.append(np.zeros(len(panels)), -1.0)
    none = np.zeros(len(cost), dtype=np.int64)
    upper = np.ones(len(cost))
    found = Solver().solve(
        Program(cost, none * 1.0, upper, floor, ceiling, start, rows, table[rows, columns], none), Watch()
    )
    assert found is not None
    return float(found[-1])


@few
@given(pools(), st.integers(0, 9))
def test_every_panel_keeps_all_quotas_and_the_household_rule(made: tuple[Pool, int], seed: int) -> None:
    pool, size = made
    lottery = draw(pool, size, seed=seed, panels=PANELS)
    assert len(lottery.panels) == PANELS
    assert [fault for panel in lottery.panels for fault in pool.faults(panel, size)] == []


@few
@given(pools())
def test_the_smallest_chance_is_the_largest_possible(made: tuple[Pool, int]) -> None:
    pool, size = made
    lottery = draw(pool, size, seed=1, panels=PANELS)
    assert lottery.outcome is Outcome.EXACT
    smallest = min(lottery.fairest)
    assert smallest == pytest.approx(float(lottery.bound), abs=1e-6)
    assert not any(exceeds(pool, size, cut) for cut in lottery.proof.cuts)
    assert min(lottery.counts) >= PANELS * smallest - 2
    assert lottery.largest_deviation <= 3 / PANELS


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(pools())
def test_it_agrees_with_trying_all_panels(made: tuple[Pool, int]) -> None:
    pool, size = made
    pool, size = Pool(pool.quotas, pool.people[:14]), size
    assume(size <= 6)
    lottery = draw(pool, size, seed=1, panels=2000)
    # Whether a lottery of so many panels mixes to the fairest chances is seen up to rounding.
    assert min(lottery.fairest) == pytest.approx(brute_force_smallest(pool, size), abs=2 / 2000)


@few
@given(pools())
def test_people_whom_nothing_distinguishes_have_the_same_chance(made: tuple[Pool, int]) -> None:
    pool, size = made
    lottery = draw(pool, size, seed=1, panels=PANELS)
    homes: dict[str, list[tuple[int, ...]]] = defaultdict(list)
    for person, household in enumerate(pool.household_of):
        homes[household].append(pool.quotas_of[person])
    alike: dict[object, set[float]] = defaultdict(set)
    for person, household in enumerate(pool.household_of):
        alike[(pool.quotas_of[person], tuple(sorted(homes[household])))].add(lottery.fairest[person])
    assert all(len(chances) == 1 for chances in alike.values())


def test_alike_people_sit_in_equally_many_panels_even_where_households_are_in_the_way() -> None:
    """Choosing one after the other leaves some of them behind; exchanging seats afterwards levels it out."""
    quotas = tuple(Quota("g", value, 1, 3) for value in "abc")
    homes = ["ab", "ac", "bc", "abc", "aab", "abb", "acc"] * 2
    people = tuple(
        Person(f"{home}{place}", (value,), f"h{home}")
        for home, values in enumerate(homes)
        for place, value in enumerate(values)
    )
    for seed in range(6):
        lottery = draw(Pool(quotas, people), 6, seed=seed, panels=77)
        for members in make_classes(lottery.pool, 6).members:
            counts = [lottery.counts[person] for person in members]
            assert max(counts) - min(counts) <= 1


def test_the_same_seed_gives_the_same_lottery(lottery: Lottery) -> None:
    assert draw(town(), 5, seed=4, panels=60).panels == lottery.panels
    assert draw(town(), 5, seed=5, panels=60).panels != lottery.panels


def test_leximin_lifts_the_second_smallest_chance_too() -> None:
    """Three seats: one of two, and two of ten, of whom five at most one. The smallest chance alone leaves this open."""
    quotas = (Quota("g", "a", 1, 1), Quota("g", "b", 0, 1), Quota("g", "c", 0, 2))
    values = ["a"] * 2 + ["b"] * 8 + ["c"] * 4
    pool = Pool(quotas, tuple(Person(str(n), (value,)) for n, value in enumerate(values)))
    chances = draw(pool, 3, seed=1, panels=800).fairest
    assert chances[0] == pytest.approx(1 / 2)
    assert chances[2] == pytest.approx(1 / 8)
    assert chances[10] == pytest.approx(1 / 4)


def test_minimum_equals_maximum_everywhere() -> None:
    quotas = (Quota("g", "a", 2, 2), Quota("g", "b", 3, 3), Quota("h", "x", 4, 4), Quota("h", "y", 1, 1))
    people = tuple(Person(str(n), ("ab"[n % 2], "xy"[n % 3 == 0]), f"h{n // 2}") for n in range(20))
    lottery = draw(Pool(quotas, people), 5, seed=1, panels=PANELS)
    assert not [fault for panel in lottery.panels for fault in lottery.pool.faults(panel, 5)]


def test_chances_that_no_mixture_has_are_cut_off_and_the_proof_says_so() -> None:
    pool = rivals()
    relaxed = leximin(make_classes(pool, 2), len(pool.quotas), [], Watch())
    lottery = draw(pool, 2, seed=1, panels=300)
    assert relaxed is not None
    assert relaxed.min() > 0.4
    assert min(lottery.fairest) == pytest.approx(1 / 3, abs=1e-6)
    assert lottery.proof.cuts
    assert float(lottery.bound) == pytest.approx(1 / 3, abs=1e-6)
    assert lottery.outcome is Outcome.EXACT
    assert lottery.counts == (100, 100, 100, 300)


@few
@given(pools())
def test_a_plain_random_draw_keeps_the_rules_too(made: tuple[Pool, int]) -> None:
    pool, size = made
    lottery = draw(pool, size, seed=1, method=Method.RANDOM, panels=10)
    assert lottery.outcome is Outcome.UNFAIR
    assert not [fault for panel in lottery.panels for fault in pool.faults(panel, size)]


@pytest.mark.parametrize("patience", [0, 1, 3, 5])
def test_when_the_time_is_up_there_is_a_lottery_with_a_bound(patience: int) -> None:
    seen = []

    def look(_step: Step, _share: float) -> None:
        seen.append(1)
        if len(seen) > patience:
            raise Stopped(Code.TIME_IS_UP)

    pool = town()
    lottery = draw(pool, 5, seed=1, panels=500, watch=Watch(progress=look))
    assert lottery.outcome is Outcome.STOPPED_EARLY
    assert lottery.fairest == ()
    assert len(lottery.panels) == 500
    assert not [fault for panel in lottery.panels for fault in pool.faults(panel, 5)]
    assert min(lottery.counts) / 500 <= lottery.bound
    # Not one panel that the solver happened to find first, but chance; and the bound is proven already.
    assert len({tuple(sorted(pool.quotas_of[person] for person in panel)) for panel in lottery.panels}) > 3
    assert min(lottery.counts) > 0
    assert lottery.bound == draw(pool, 5, seed=1, panels=10).bound


@dataclass
class OnePanel(Watch):
    """Time for a first panel, and for nothing else."""

    asked: list[int] = field(default_factory=list)

    def left(self) -> float:
        self.asked.append(1)
        return float("inf") if len(self.asked) == 1 else 0.0


def test_without_time_for_any_chance_the_bound_is_the_average_chance() -> None:
    lottery = draw(town(), 5, seed=1, panels=200, watch=OnePanel())
    assert lottery.outcome is Outcome.STOPPED_EARLY
    assert lottery.bound == Fraction(5, 24)
    assert len(set(lottery.panels)) > 100


def test_progress_is_told() -> None:
    told: list[tuple[Step, float]] = []
    draw(town(), 5, seed=1, panels=20, watch=Watch(progress=lambda step, share: told.append((step, share))))
    assert told[-1] == (Step.PANELS, 1.0)
    assert all(0 <= share <= 1 for _, share in told)


def test_without_time_for_one_panel_there_is_no_lottery() -> None:
    with pytest.raises(Stopped):
        draw(town(), 5, seed=1, method=Method.RANDOM, watch=Watch(0.0))


def test_an_empty_pool_has_no_lottery() -> None:
    with pytest.raises(Infeasible, match="steht niemand"):
        draw(Pool((Quota("g", "a", 0, 2),), ()), 2, seed=1)
