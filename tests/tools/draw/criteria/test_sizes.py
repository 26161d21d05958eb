"""The advisor: how many letters; and the rules of quotas and ages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fdplattform.tools.draw.criteria.ages import band_of, fault_of_bands
from fdplattform.tools.draw.criteria.models import Category, Criterion, Kind, Plan, Source
from fdplattform.tools.draw.criteria.quotas import propose, quota_faults, scarce
from fdplattform.tools.draw.criteria.sizes import Outlook, Way, advise, letters_for


def test_letters_follow_from_places_and_response() -> None:
    # The guidance of the Beteiligungsportal: 1,000 letters for 50 places; we want a choice, and take twice as many.
    assert letters_for(50, 5.0) == 2000
    assert letters_for(15, 4.0) == 750
    assert letters_for(15, 3.0) == 1000


@pytest.mark.parametrize(("letters", "outlook"), [(300, Outlook.TOO_FEW), (400, Outlook.TIGHT), (750, Outlook.GOOD)])
def test_outlook(letters: int, outlook: Outlook) -> None:
    planned = advise(seats=15, response_percent=4.0, letters=letters, population=None).planned
    assert planned.outlook is outlook


def test_small_places_cannot_keep_the_guide() -> None:
    advice = advise(seats=15, response_percent=4.0, letters=None, population=4900)
    assert (advice.guide, advice.small_place, advice.planned.keeps_guide) == (98, True, False)
    guide = next(size for size in advice.others if size.way is Way.GUIDE)
    assert (guide.letters, guide.keeps_guide, guide.outlook) == (98, True, Outlook.TOO_FEW)
    assert {size.way for size in advice.others} == {Way.RESPONSE, Way.PANEL, Way.GUIDE}


def test_large_places_keep_it() -> None:
    advice = advise(seats=15, response_percent=4.0, letters=None, population=90_000)
    assert (advice.small_place, advice.planned.keeps_guide) == (False, True)


def test_without_a_population_nothing_is_said_about_the_guide() -> None:
    advice = advise(seats=15, response_percent=4.0, letters=None, population=None)
    assert (advice.guide, advice.small_place, advice.planned.keeps_guide, advice.planned.percent) == (
        None,
        False,
        True,
        None,
    )


@given(st.lists(st.floats(0.1, 100), min_size=1, max_size=12), st.integers(1, 200))
def test_proposed_quotas_can_be_kept(shares: list[float], seats: int) -> None:
    limits = propose(shares, seats)
    assert sum(least for least, _most in limits) <= seats <= sum(most for _least, most in limits)
    assert all(0 <= least <= most <= least + 1 for least, most in limits)
    for share, (least, most) in zip(shares, limits, strict=True):
        assert least - 1e-6 <= seats * share / sum(shares) <= most + 1e-6


def test_exact_claims_are_not_widened() -> None:
    assert propose([20, 30, 50], 10) == [(2, 2), (3, 3), (5, 5)]
    with pytest.raises(ValueError, match="zero"):
        propose([0, 0], 10)


def criterion(*limits: tuple[int | None, int | None], share: float | None = None) -> Criterion:
    found = Criterion(id=1, title="Alter", source=Source.REGISTER, kind=Kind.CATEGORY)
    found.categories = [
        Category(id=number, title=str(number), least=least, most=most, share=share, weight=1.0)
        for number, (least, most) in enumerate(limits)
    ]
    return found


@pytest.mark.parametrize(
    ("limits", "kept"),
    [
        (((5, 7), (3, 5)), True),
        (((6, 7), (5, 5)), False),
        (((1, 4), (1, 5)), False),
        (((5, 5), (5, 5)), True),
        (((None, None), (3, 5)), False),
        (((10, 10),), False),
    ],
)
def test_quotas_that_cannot_be_kept_are_faults(limits: tuple[tuple[int | None, int | None], ...], kept: bool) -> None:
    plan = Plan(seats=12, outside_seats=2, least_age=16)
    assert bool(quota_faults(plan, [criterion(*limits)])) is not kept


def test_few_willing_people_are_pointed_out() -> None:
    thin = criterion((1, 2), (0, 1), share=50.0)
    thin.categories[0].share, thin.categories[1].share = 97.0, 3.0
    assert [each.category.id for each in scarce([thin], 750, 4.0)] == [1]
    thin.categories[1].weight = 3.0
    assert scarce([thin], 750, 4.0) == []


@pytest.mark.parametrize(
    ("bands", "least_age", "fault"),
    [
        ([(None, 29), (30, 64), (65, None)], 16, False),
        ([(16, 29), (30, 64), (65, None)], 16, False),
        ([(30, 64), (65, None), (16, 29)], 16, False),
        ([(18, 29), (30, None)], 16, True),
        ([(16, 29), (29, None)], 16, True),
        ([(16, 29), (31, None)], 16, True),
        ([(16, 29), (30, 99)], 16, True),
        ([(16, 14), (30, None)], 14, True),
    ],
)
def test_every_age_belongs_to_one_band(bands: list[tuple[int | None, int | None]], least_age: int, fault: bool) -> None:
    assert (fault_of_bands(bands, least_age) is not None) is fault
    if not fault:
        assert all(band_of(age, bands) is not None for age in range(least_age, 120))
