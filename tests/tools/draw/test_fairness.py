"""Figures of fairness."""

import pytest

from fdplattform.tools.draw.engine.fairness import almost_sure, gini, of_groups
from fdplattform.tools.draw.engine.pool import Person, Pool, Quota


def test_gini() -> None:
    assert gini([2, 2, 2]) == 0
    assert gini([0, 0, 0]) == 0
    assert gini([0, 0, 0, 1]) == pytest.approx(0.75)


def test_groups_and_people_who_are_almost_sure() -> None:
    quotas = (Quota("g", "a", 0, 2), Quota("g", "b", 0, 2), Quota("g", "nobody", 0, 2))
    pool = Pool(quotas, (Person("1", ("a",)), Person("2", ("a",)), Person("3", ("b",))))
    first, second = of_groups(pool, [0.2, 0.4, 0.96])
    assert (first.value, first.people, first.smallest, first.largest) == ("a", 2, 0.2, 0.4)
    assert first.average == pytest.approx(0.3)
    assert second.value == "b"
    assert almost_sure([0.2, 0.4, 0.96]) == [2]
