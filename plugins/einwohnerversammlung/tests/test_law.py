"""The law as data: the file holds together, and the quorum is computed as it says."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fdp_einwohnerversammlung.law import FollowUp, QuorumStep, add_months, law_of, laws

LAND = law_of("Baden-Württemberg")
CITY_STATES = ("Berlin", "Hamburg", "Bremen")
#: Spelt as the register of municipalities spells them, or the law would never be found.
LAENDER = {
    "Baden-Württemberg",
    "Bayern",
    "Brandenburg",
    "Hessen",
    "Mecklenburg-Vorpommern",
    "Niedersachsen",
    "Nordrhein-Westfalen",
    "Rheinland-Pfalz",
    "Saarland",
    "Sachsen",
    "Sachsen-Anhalt",
    "Schleswig-Holstein",
    "Thüringen",
}
eligible_residents = st.integers(min_value=1, max_value=5_000_000)


def test_thirteen_laender_have_a_norm_and_the_city_states_none():
    assert set(laws()) == LAENDER
    assert all(law.norm for law in laws().values())
    assert not any(law_of(state).norm for state in CITY_STATES)


@pytest.mark.parametrize("state", sorted(laws()))
def test_what_is_recorded_says_where_from_and_when(state):
    law = laws()[state]
    recorded = law.rhythm or law.petition or law.follow_up or law.notice.days
    if recorded:
        assert law.source
        assert law.recorded_on <= datetime.now(UTC).date()


def test_where_the_law_names_no_number_of_days_there_is_none():
    assert LAND.notice.days is None
    assert law_of("Hessen").notice.days == 7


def test_what_is_only_presumed_is_marked():
    for name in ("trusted_persons", "block_months", "held_within_months", "admissibility_by"):
        assert not LAND.confirms(name)
    assert LAND.confirms("quorum")


@pytest.mark.parametrize(
    ("population", "eligible", "signatures"),
    [
        (4_000, 3_200, 160),
        (4_001, 3_201, 161),
        (10_000, 8_400, 350),
        (10_001, 8_400, 350),
        (40_000, 33_000, 825),
        (600_000, 510_000, 2_500),
    ],
)
def test_quorum_of_baden_wuerttemberg(population, eligible, signatures):
    assert LAND.quorum(population, eligible) == signatures


@given(st.integers(min_value=1, max_value=10_000), eligible_residents)
def test_small_municipalities_never_need_more_than_350(population, eligible):
    needed = LAND.quorum(population, eligible)
    assert 1 <= needed <= 350
    assert needed == 350 or Fraction(needed, eligible) >= Fraction(5, 100) > Fraction(needed - 1, eligible)


@given(st.integers(min_value=10_001, max_value=4_000_000), eligible_residents)
def test_large_municipalities_need_350_to_2500(population, eligible):
    needed = LAND.quorum(population, eligible)
    assert 350 <= needed <= 2_500
    if 350 < needed < 2_500:
        assert Fraction(needed, eligible) >= Fraction(25, 1000) > Fraction(needed - 1, eligible)


@given(st.integers(min_value=1, max_value=4_000_000), eligible_residents, eligible_residents)
def test_more_eligible_residents_never_need_fewer_signatures(population, one, other):
    low, high = sorted((one, other))
    assert LAND.quorum(population, low) <= LAND.quorum(population, high)


def test_bavaria_knows_no_limits_and_hesse_no_petition():
    assert law_of("Bayern").quorum(100_000, 80_000) == 4_000
    assert law_of("Hessen").quorum(100_000, 80_000) is None


def test_a_share_is_not_reached_by_less_than_it():
    assert QuorumStep(percent=Fraction("2.5")).signatures(41) == 2
    assert QuorumStep(percent=Fraction("2.5")).signatures(40) == 1


def test_a_duty_is_soll_or_muss():
    with pytest.raises(ValueError, match="soll or muss"):
        FollowUp(months=3, duty="kann")


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 11, 22), 3, date(2027, 2, 22)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2026, 10, 31), 1, date(2026, 11, 30)),
        (date(2026, 12, 31), 12, date(2027, 12, 31)),
    ],
)
def test_a_month_later_is_the_same_day_or_the_last_one(day, months, expected):
    assert add_months(day, months) == expected


@given(st.dates(max_value=date(9000, 1, 1)), st.integers(min_value=0, max_value=240))
def test_months_are_never_longer_than_31_days(day, months):
    later = add_months(day, months)
    assert timedelta(days=28 * months) <= later - day <= timedelta(days=31 * months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
