"""The sample: as large as asked, one of a household, each combination its share, everybody the same chance."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fdplattform.tools.draw.register.work.reading import People
from fdplattform.tools.draw.register.work.sampling import draw_sample, make_generator


def people(strata: list[int], households: list[int] | None = None) -> People:
    """One person for each number, which says the combination; each at home alone unless said."""
    number = len(strata)
    return People(
        lines=np.arange(2, number + 2, dtype=np.uint32),
        stratum=np.array(strata, dtype=np.uint32),
        person=np.arange(number, dtype=np.uint64),
        household=np.array(households if households is not None else range(number), dtype=np.uint64),
        strata=tuple((10 + each // 2, 20 + each) for each in range(max(strata, default=0) + 1)),
    )


towns = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 30)), min_size=1, max_size=80)


@settings(max_examples=200)
@given(towns, st.integers(1, 60), st.integers(0, 2**32))
def test_size_and_households(town: list[tuple[int, int]], size: int, seed: int) -> None:
    pool = people([stratum for stratum, _home in town], [home for _stratum, home in town])
    chosen = draw_sample(pool, size, {}, np.random.default_rng(seed))
    homes = pool.household[chosen]
    assert len(set(homes.tolist())) == len(chosen) == len(set(chosen.tolist()))
    assert len(chosen) <= size
    # Fewer only when nobody is left who lives elsewhere.
    assert len(chosen) == size or len(chosen) == pool.households


@given(st.lists(st.integers(0, 5), min_size=1, max_size=120), st.integers(1, 100), st.integers(0, 2**32))
def test_each_combination_gets_its_share_rounded(town: list[int], size: int, seed: int) -> None:
    size = min(size, len(town))
    pool = people(town)
    chosen = draw_sample(pool, size, {}, np.random.default_rng(seed))
    there, drawn = Counter(town), Counter(pool.stratum[chosen].tolist())
    for stratum, number in there.items():
        assert abs(drawn[stratum] - size * number / len(town)) < 1


def test_the_first_criterion_gets_its_share_too() -> None:
    pool = people([each % 6 for each in range(100)])
    for seed in range(50):
        chosen = draw_sample(pool, 20, {}, np.random.default_rng(seed))
        first = Counter(int(each) // 2 for each in pool.stratum[chosen])
        assert all(abs(first[group] - 20 / 3) < 2 for group in range(3))


def test_rare_combinations_are_drawn_as_often_as_all_others() -> None:
    # 20 letters to 200 people: a combination of two people claims a fifth of a letter.
    pool = people([0] * 198 + [1] * 2)
    drawn: Counter[int] = Counter()
    for seed in range(4000):
        drawn.update(draw_sample(pool, 20, {}, np.random.default_rng(seed)).tolist())
    rare = (drawn[198] + drawn[199]) / 2 / 4000
    # Ten percent, within five standard deviations.
    assert rare == pytest.approx(0.1, abs=5 * (0.1 * 0.9 / 8000) ** 0.5)


def test_weights_write_more_often_to_a_category() -> None:
    pool = people([0] * 100 + [2] * 100)
    drawn = Counter(pool.stratum[draw_sample(pool, 40, {22: 3.0}, np.random.default_rng(1))].tolist())
    assert (drawn[0], drawn[2]) == (10, 30)


def test_a_weight_that_asks_for_more_people_than_there_are() -> None:
    pool = people([0] * 100 + [2] * 5)
    drawn = Counter(pool.stratum[draw_sample(pool, 40, {22: 10.0}, np.random.default_rng(1))].tolist())
    assert drawn == {0: 35, 2: 5}


def test_who_was_written_to_before_is_not_drawn_again() -> None:
    pool = people([0, 0, 0, 0], [1, 1, 2, 3])
    left = pool.without({0}, {1})
    assert left.person.tolist() == [2, 3]


def test_nobody_can_repeat_it() -> None:
    pool = people([0] * 1000)
    first, second = (draw_sample(pool, 20, {}, make_generator()).tolist() for _ in range(2))
    assert first != second


def test_nobody_to_draw_from() -> None:
    assert draw_sample(people([]), 5, {}, make_generator()).tolist() == []


@pytest.mark.parametrize("weight", [1.0, 3.0])
def test_people_of_large_households_have_the_chance_of_those_who_live_alone(weight: float) -> None:
    """A household is as likely to get a letter as many people live there; only that it gets no second one costs them
    a little. So it is among those who are drawn more often, too."""
    # A third each live alone, in pairs and in fours; every fourth is of the combination that is drawn more often.
    sizes = [1] * 4000 + [2] * 4000 + [4] * 4000
    homes = [place if size == 1 else 12_000 * size + place // size for place, size in enumerate(sizes)]
    pool = people([2 * (place // 8 % 4 == 0) for place in range(len(sizes))], homes)
    groups = Counter(zip(sizes, pool.stratum.tolist(), strict=True))
    drawn: Counter[tuple[int, int]] = Counter()
    letters, rounds = 120, 400
    for seed in range(rounds):
        chosen = draw_sample(pool, letters, {22: weight}, np.random.default_rng(seed))
        drawn.update((sizes[place], int(pool.stratum[place])) for place in chosen)
    usual = letters / sum(number * (weight if stratum else 1) for (_size, stratum), number in groups.items())
    for (size, stratum), number in groups.items():
        expected = rounds * number * usual * (weight if stratum else 1)
        # Four standard deviations, and what the second letters cost that a household of four does not get.
        assert drawn[size, stratum] == pytest.approx(expected, abs=4 * expected**0.5 + 0.03 * expected), size
