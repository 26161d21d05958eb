"""The fairest lottery without rounding."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from fdplattform.tools.draw.engine.exact import EXACT, exact_mixture
from fdplattform.tools.draw.engine.infeasible import Infeasible
from fdplattform.tools.draw.engine.lottery import draw
from fdplattform.tools.draw.engine.pool import Person, Pool, Quota
from tests.tools.draw.pools import pools


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(pools())
def test_panels_that_keep_the_rules_mix_to_the_fairest_chances(made: tuple[Pool, int]) -> None:
    pool, size = made
    mixture = exact_mixture(pool, size)
    classes = mixture.classes
    assert mixture.weights.sum() == pytest.approx(1)
    assert mixture.weights.min() > 0
    for panel in mixture.panels:
        totals = classes.totals(panel)
        assert (totals >= classes.row_lower).all()
        assert (totals <= classes.row_upper).all()
        assert (panel <= classes.limit).all()
    seats = sum(weight * panel for weight, panel in zip(mixture.weights, mixture.panels, strict=True))
    assert np.abs(seats / classes.people - mixture.fairest).max() == pytest.approx(mixture.deviation)
    assert mixture.deviation <= EXACT
    fairest = draw(pool, size, seed=1, panels=50).fairest
    assert sorted(np.repeat(mixture.fairest, classes.people)) == pytest.approx(sorted(fairest), abs=1e-5)


def test_chances_that_no_mixture_has_are_cut_off() -> None:
    names = ("ab", "bc", "ac")
    quotas = tuple(q for name in names for q in (Quota(name, "in", 0, 1), Quota(name, "out", 1, 2)))
    people = tuple(Person(who, tuple("in" if who in name else "out" for name in names)) for who in "abc")
    pool = Pool(quotas, (*people, Person("f", ("out", "out", "out"))))
    mixture = exact_mixture(pool, 2)
    assert mixture.cuts
    assert min(mixture.fairest) == pytest.approx(1 / 3, abs=1e-6)
    assert mixture.deviation <= EXACT


def test_without_a_panel_there_is_no_mixture() -> None:
    with pytest.raises(Infeasible):
        exact_mixture(Pool((Quota("g", "a", 2, 2),), (Person("1", ("a",)),)), 2)
