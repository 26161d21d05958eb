"""Somebody cannot come."""

from collections import Counter
from random import Random

import pytest

from fdplattform.tools.draw.engine.infeasible import Infeasible
from fdplattform.tools.draw.engine.pool import Person, Pool, Quota
from fdplattform.tools.draw.engine.record import Record, make_record
from fdplattform.tools.draw.engine.replacement import replace_in, replacements
from fdplattform.tools.draw.engine.verify import verify
from fdplattform.tools.draw.engine.watch import Watch
from tests.tools.draw.conftest import town


def member_ids(record: Record) -> list[str]:
    people = record["sections"]["register"]["people"]
    return [people[member - 1]["id"] for member in record["sections"]["lottery"][16]]


def test_the_panel_keeps_its_quotas_and_nobody_comes_back(record: Record) -> None:
    gone: set[str] = set()
    panel = set(member_ids(record))
    pool = town()
    place = {person.id: number for number, person in enumerate(pool.people)}
    for seed in range(5):
        leaving = sorted(panel)[:2]
        record, joining = replace_in(record, leaving, seed)
        gone |= set(leaving)
        panel = (panel - set(leaving)) | set(joining)
        assert not gone & panel
        assert pool.faults([place[person] for person in panel], 5) == []
        assert verify(record) == []
    assert len(record["afterwards"]) == 6


def test_whoever_fits_has_the_same_chance() -> None:
    quotas = (Quota("g", "a", 1, 1), Quota("g", "b", 1, 1))
    people = [Person(str(n), (value,), f"h{n}") for n, value in enumerate("abaaab")] + [Person("6", ("a",), "h1")]
    pool = Pool(quotas, tuple(people))
    joined = Counter(replacements(pool, [0, 1], [0], [4], Random(seed), Watch()) for seed in range(300))
    # Not who lives with somebody who stays (6), not who was replaced before (4), not who left (0).
    assert set(joined) == {(2,), (3,)}
    assert min(joined.values()) > 110


def test_when_nobody_fits_it_says_so() -> None:
    pool = Pool(
        (Quota("g", "a", 1, 1), Quota("g", "b", 1, 2)), tuple(Person(str(n), (v,)) for n, v in enumerate("abbb"))
    )
    with pytest.raises(Infeasible, match="„g: a“ werden mindestens 1 verlangt, zur Wahl steht niemand"):
        replacements(pool, [0, 1], [0], [], Random(1), Watch())


def test_only_members_of_a_drawn_panel_can_be_replaced(record: Record, lottery: object) -> None:
    outside = next(person.id for person in town().people if person.id not in member_ids(record))
    with pytest.raises(ValueError, match="wer im Gremium sitzt"):
        replace_in(record, [outside], 1)
    with pytest.raises(ValueError, match="Unbekannt: nobody"):
        replace_in(record, ["nobody"], 1)
    with pytest.raises(ValueError, match="noch keine Nummer"):
        replace_in(make_record(lottery), [outside], 1)  # type: ignore[arg-type]
