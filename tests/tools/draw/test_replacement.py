"""Somebody cannot come."""

import copy
from collections import Counter
from random import Random

import pytest

from fdplattform.tools.draw.engine.infeasible import Infeasible
from fdplattform.tools.draw.engine.pool import Person, Pool, Quota
from fdplattform.tools.draw.engine.record import Record, make_record, pool_of, with_replacement
from fdplattform.tools.draw.engine.replacement import draw_joining, drawn_seats, replace_in, replacements
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
    for _time in range(5):
        leaving = sorted(panel)[:2]
        record, joining = replace_in(record, leaving)
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


def test_who_is_no_longer_willing_does_not_move_up(record: Record) -> None:
    ill, *staying = member_ids(record)
    declined: list[str] = []
    for _time in range(4):
        after, joined = replace_in(record, [ill], declined=declined)
        assert not {*joined} & {*declined}
        assert len(after["afterwards"][-1]["declined"]) == len(declined)
        assert verify(after) == []
        declined += joined
    everybody = [person.id for person in town().people if person.id not in staying]
    with pytest.raises(Infeasible):
        replace_in(record, [ill], declined=everybody)


def test_nobody_can_try_until_the_wanted_person_comes(record: Record) -> None:
    """Chance follows from the committed seed and from what happened: the same again gives the same person."""
    ill = member_ids(record)[0]
    after, joined = replace_in(record, [ill])
    assert replace_in(record, [ill]) == (after, joined)


def test_chance_follows_from_the_seed_and_from_what_happened_before(record: Record) -> None:
    pool, _size = pool_of(record)
    seats = drawn_seats(record)

    def joining(seed: str, number: int) -> tuple[int, ...]:
        other = copy.deepcopy(record)
        other["sections"]["register"]["seed"] = seed
        other["afterwards"][0]["panel"] = number
        return draw_joining(pool, other, seats, 1, [min(seats.panel)], [], Watch())

    assert len({joining(str(seed), 17) for seed in range(10)}) > 2
    assert len({joining("4", number) for number in range(1, 11)}) > 2


def test_who_was_not_drawn_by_lot_to_join_is_noticed(record: Record) -> None:
    pool, size = pool_of(record)
    after, _joined = replace_in(record, [member_ids(record)[0]])
    step = after["afterwards"][-1]
    panel = {*record["sections"]["lottery"][16]} - {*step["leaving"]}
    others = [
        number
        for number in {*range(1, 25)} - panel - {*step["leaving"], *step["joining"]}
        if not pool.faults([member - 1 for member in {*panel, number}], size)
    ]
    assert others
    for number in others:
        forged = with_replacement(record, step["leaving"], [number], [])
        assert verify(forged) == ["afterwards: In Eintrag 2 rückt jemand anderes nach, als das Los bestimmt."]
    # Nor can somebody be passed over without a trace: whoever is left out is named, and has the own entry.
    assert verify(with_replacement(record, step["leaving"], step["joining"], step["joining"]))


def test_when_nobody_fits_it_says_so() -> None:
    pool = Pool(
        (Quota("g", "a", 1, 1), Quota("g", "b", 1, 2)), tuple(Person(str(n), (v,)) for n, v in enumerate("abbb"))
    )
    with pytest.raises(Infeasible, match="„g: a“ werden mindestens 1 verlangt, zur Wahl steht niemand"):
        replacements(pool, [0, 1], [0], [], Random(1), Watch())


def test_only_members_of_a_drawn_panel_can_be_replaced(record: Record, lottery: object) -> None:
    outside = next(person.id for person in town().people if person.id not in member_ids(record))
    with pytest.raises(ValueError, match="wer im Gremium sitzt"):
        replace_in(record, [outside])
    with pytest.raises(ValueError, match="Unbekannt: nobody"):
        replace_in(record, ["nobody"])
    with pytest.raises(ValueError, match="noch keine Nummer"):
        replace_in(make_record(lottery), [outside])  # type: ignore[arg-type]
