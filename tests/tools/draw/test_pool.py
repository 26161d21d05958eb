"""What is wrong with a panel is said, and nothing else: every other test of a panel rests on this."""

import pytest

from fdplattform.tools.draw.engine.pool import Person, Pool, Quota

POOL = Pool(
    (Quota("g", "a", 1, 2), Quota("g", "b", 1, 2)),
    tuple(
        Person(name, (value,), home)
        for name, value, home in [
            ("p0", "a", "h1"),
            ("p1", "b", "h1"),
            ("p2", "b", "h2"),
            ("p3", "a", None),
            ("p4", "a", None),
            ("p5", "b", None),
        ]
    ),
)


@pytest.mark.parametrize(
    ("panel", "faults"),
    [
        ([0, 2, 3], []),
        ([3, 4, 5], []),
        ([0, 2], ["2 Personen statt 3"]),
        ([0, 2, 3, 5], ["4 Personen statt 3"]),
        ([0, 1, 3], ["zwei Personen aus einem Haushalt"]),
        ([0, 3, 4], ["„g: a“: 3 statt 1 bis 2", "„g: b“: 0 statt 1 bis 2"]),
        ([0, 2, 2], ["jemand ist doppelt"]),
    ],
)
def test_each_rule_of_a_panel(panel: list[int], faults: list[str]) -> None:
    assert POOL.faults(panel, 3) == faults


def test_who_lives_alone_shares_no_household() -> None:
    assert len(set(POOL.household_of)) == 5
