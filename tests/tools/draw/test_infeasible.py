"""Quotas that cannot be kept: the reason, and a proposal that works."""

import pytest
from hypothesis import HealthCheck, given, settings

from fdplattform.tools.draw.engine.infeasible import Infeasible
from fdplattform.tools.draw.engine.lottery import draw
from fdplattform.tools.draw.engine.pool import Person, Pool, Quota
from tests.tools.draw.pools import pools


def pool_of(quotas: list[tuple[str, str, int, int]], rows: list[str], homes: list[str] | None = None) -> Pool:
    people = [Person(str(n), tuple(row), homes[n] if homes else None) for n, row in enumerate(rows)]
    return Pool(tuple(Quota(*quota) for quota in quotas), tuple(people))


def refusal(pool: Pool, size: int) -> Infeasible:
    with pytest.raises(Infeasible) as caught:
        draw(pool, size, seed=1)
    relaxation = caught.value.relaxation
    lottery = draw(relaxation.applied_to(pool), relaxation.size, seed=1, panels=10)
    assert len(lottery.panels) == 10
    return caught.value


def infeasible_or_none(pool: Pool, size: int) -> Infeasible | None:
    try:
        draw(pool, size, seed=1, panels=10)
    except Infeasible as fault:
        return fault
    return None


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(pools(possible=False))
def test_there_is_a_lottery_or_a_proposal_that_works(made: tuple[Pool, int]) -> None:
    pool, size = made
    fault = infeasible_or_none(pool, size)
    if fault is not None:
        assert fault.reasons
        assert fault.relaxation.changes or fault.relaxation.size < size
        assert infeasible_or_none(fault.relaxation.applied_to(pool), fault.relaxation.size) is None


def test_a_panel_larger_than_the_pool() -> None:
    fault = refusal(pool_of([("g", "a", 0, 9)], ["a"] * 4), 6)
    assert "Es sollen 6 Personen ausgelost werden, zur Wahl stehen nur 4 Personen." in str(fault)
    assert fault.relaxation.size == 4
    assert "4 statt 6 Plätze" in str(fault)


def test_a_panel_larger_than_the_number_of_households() -> None:
    fault = refusal(pool_of([("g", "a", 0, 9)], ["a"] * 4, ["h", "h", "i", "i"]), 3)
    assert "nur 2 Personen aus verschiedenen Haushalten" in str(fault)


def test_a_category_with_nobody_in_it() -> None:
    fault = refusal(pool_of([("g", "a", 0, 9), ("g", "b", 1, 2)], ["a"] * 4), 3)
    assert str(fault.reasons[0]) == "Bei „g: b“ werden mindestens 1 verlangt, zur Wahl steht niemand."
    assert fault.relaxation.changes == (Quota("g", "b", 0, 2),)
    assert str(fault).endswith("Die kleinste Änderung, mit der es geht: „g: b“ mindestens 0 statt 1.")


def test_minima_that_do_not_fit_into_the_panel() -> None:
    fault = refusal(pool_of([("g", "a", 2, 9), ("g", "b", 2, 9)], ["a", "b"] * 4), 3)
    assert str(fault.reasons[0]) == "Die Mindestzahlen bei „g“ ergeben 4, das Gremium hat aber 3 Plätze."


def test_maxima_that_do_not_fill_the_panel() -> None:
    fault = refusal(pool_of([("g", "a", 0, 1), ("g", "b", 0, 1)], ["a", "b"] * 4), 3)
    assert str(fault.reasons[0]) == "Die Höchstzahlen bei „g“ ergeben 2, das Gremium hat aber 3 Plätze."


def test_quotas_that_contradict_only_together_are_named_and_no_others() -> None:
    quotas = [("g", "a", 2, 3), ("g", "b", 0, 3), ("h", "x", 0, 1), ("h", "y", 0, 3), ("k", "q", 0, 3)]
    fault = refusal(pool_of(quotas, ["axq"] * 4 + ["byq"] * 4), 3)
    assert "„g: a“ mindestens 2" in str(fault)
    assert "„h: x“ höchstens 1" in str(fault)
    assert "k:" not in str(fault)
    assert "„g: b“" not in str(fault)
    assert len(fault.relaxation.changes) == 1


def test_the_household_rule_is_named_when_there_are_households() -> None:
    quotas = [("g", "a", 1, 1), ("g", "b", 1, 1), ("g", "c", 0, 1)]
    fault = refusal(pool_of(quotas, ["a", "b", "c"], ["h", "h", "i"]), 2)
    assert "niemand darf mit jemandem aus demselben Haushalt zusammensitzen" in str(fault)
