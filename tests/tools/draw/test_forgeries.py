"""A forged record is rejected although somebody mended the hashes."""

import copy
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest

from fdplattform.tools.draw.engine.canonical import decimal, digest
from fdplattform.tools.draw.engine.fairness import gini
from fdplattform.tools.draw.engine.lottery import draw
from fdplattform.tools.draw.engine.record import Record, make_record, pool_of, public_version, summit
from fdplattform.tools.draw.engine.result import Lottery
from fdplattform.tools.draw.engine.verify import verify
from tests.tools.draw.conftest import rivals
from tests.tools.draw.script import script


def rehashed(record: Record) -> Record:
    """What a cheat would do who mends the hashes."""
    record["hashes"].update({name: digest(section) for name, section in record["sections"].items()})
    record["commitment"] = digest(record["hashes"])
    record["hash"] = summit(record)
    return record


def recounted(record: Record) -> None:
    """Make the counts fit the panels."""
    panels, chances = record["sections"]["lottery"], record["sections"]["chances"]
    counts = [sum(number in panel for panel in panels) for number in range(1, len(record["sections"]["people"]) + 1)]
    chances.update(panels=counts, smallest=min(counts), largest=max(counts), gini=decimal(gini(counts)))


def one_panel_only(record: Record) -> None:
    """The same panel whatever number is drawn, called the fairest there is."""
    panels, chances = record["sections"]["lottery"], record["sections"]["chances"]
    record["sections"]["lottery"] = [panels[0]] * len(panels)
    recounted(record)
    chances["fairest"] = [decimal(Fraction(count, len(panels))) for count in chances["panels"]]
    chances["largest_deviation"] = decimal(0)


def one_panel_only_and_a_cut(record: Record) -> None:
    """As before, and "proven" by a cut that says that somebody can never sit."""
    one_panel_only(record)
    left_out = [decimal(count == 0) for count in record["sections"]["chances"]["panels"]]
    proof = record["sections"]["proof"]
    proof.update(weights=left_out, size_price=decimal(0), prices=[decimal(0)] * len(proof["prices"]))
    proof["cuts"] = [{"weights": left_out, "most": decimal(0), "price": decimal(1)}]
    record["sections"]["rules"]["cuts"] = 1
    record["sections"]["bound"]["smallest_chance_at_most"] = decimal(0)


def one_panel_only_as_rounding(record: Record) -> None:
    """The same panel whatever number is drawn; all of it was rounding."""
    panels, chances = record["sections"]["lottery"], record["sections"]["chances"]
    record["sections"]["lottery"] = [panels[0]] * len(panels)
    recounted(record)
    off = [
        abs(Fraction(n, len(panels)) - Fraction(f)) for n, f in zip(chances["panels"], chances["fairest"], strict=True)
    ]
    chances["largest_deviation"] = decimal(max(off))


def useless_proof(record: Record) -> None:
    """Somebody's weight and no prices: nobody's chance is more than 1."""
    proof = record["sections"]["proof"]
    proof["weights"] = [decimal(place == 0) for place in range(len(proof["weights"]))]
    proof.update(size_price=decimal(0), prices=[decimal(0)] * len(proof["prices"]), cuts=[])
    record["sections"]["bound"]["smallest_chance_at_most"] = decimal(1)


def bound_below_what_is_reached(record: Record) -> None:
    """A draw that was stopped looks as if nothing was missed."""
    record["sections"]["rules"]["outcome"] = "stopped-early"
    record["sections"]["chances"]["fairest"] = [None] * len(record["sections"]["people"])
    record["sections"]["chances"]["largest_deviation"] = decimal(0)
    record["sections"]["bound"]["smallest_chance_at_most"] = decimal(Fraction(1, 100))


def negative_cuts(record: Record) -> None:
    record["sections"]["rules"]["cuts"] = -3


def cuts_without_proof(record: Record) -> None:
    record["sections"]["rules"]["cuts"] = 2


def another_method(record: Record) -> None:
    record["sections"]["rules"]["method"] = "random"


def an_unknown_outcome(record: Record) -> None:
    record["sections"]["rules"]["outcome"] = "best"


def a_chance_above_one(record: Record) -> None:
    fairest = record["sections"]["chances"]["fairest"]
    more = 1 - Fraction(fairest[0]) + Fraction(1, 4)
    for place, change in ((0, more), (1, -more)):
        fairest[place] = decimal(Fraction(fairest[place]) + change)


def swap_members(record: Record) -> None:
    """One panel with a member of another: quotas or counts no longer fit."""
    record["sections"]["lottery"][0] = list(record["sections"]["lottery"][1])


def unfair_bound(record: Record) -> None:
    record["sections"]["bound"]["smallest_chance_at_most"] = "0.900000000000"


def forged_proof(record: Record) -> None:
    record["sections"]["proof"]["weights"] = ["1.000000000000"] * 24


def other_attributes(record: Record) -> None:
    record["sections"]["register"]["people"][0]["values"][0] = "m"


def other_seed(record: Record) -> None:
    record["sections"]["register"]["seed"] = "5"


def softer_quota(record: Record) -> None:
    record["sections"]["rules"]["quotas"][0]["max"] = 5


def smaller_size(record: Record) -> None:
    record["sections"]["rules"]["size"] = 4


def prettier_chances(record: Record) -> None:
    record["sections"]["chances"]["fairest"][0] = "0.500000000000"


def prettier_deviation(record: Record) -> None:
    record["sections"]["chances"]["largest_deviation"] = "0.000000000000"


def prettier_gini(record: Record) -> None:
    record["sections"]["chances"]["gini"] = "0.000000000000"


def a_panel_less(record: Record) -> None:
    record["sections"]["lottery"].pop()


def no_households(record: Record) -> None:
    record["sections"]["rules"]["households"] = False


def a_number_that_does_not_exist(record: Record) -> None:
    record["afterwards"][0]["panel"] = 61


def replaced(leaving: list[int], joining: list[int]) -> dict[str, Any]:
    return {"event": "replaced", "leaving": leaving, "joining": joining, "declined": []}


def replaced_by_themselves(record: Record) -> None:
    member = record["sections"]["lottery"][16][0]
    record["afterwards"].append(replaced([member], [member]))


def a_number_below_one(record: Record) -> None:
    record["afterwards"][0]["panel"] = 0


def strangers(record: Record) -> list[int]:
    """Numbers of people who are not on the drawn panel."""
    return sorted({*range(1, 25)} - {*record["sections"]["lottery"][16]})


def somebody_comes_back(record: Record) -> None:
    member, stranger = record["sections"]["lottery"][16][0], strangers(record)[0]
    record["afterwards"] += [
        replaced([member], [stranger]),
        replaced([stranger], [member]),
    ]


def a_replacement_against_the_quotas(record: Record) -> None:
    pool, size = pool_of(record)
    panel = record["sections"]["lottery"][16]
    for stranger in strangers(record):
        if pool.faults([stranger - 1, *(member - 1 for member in panel[1:])], size):
            record["afterwards"].append(replaced([panel[0]], [stranger]))
            return
    pytest.fail("everybody fits")


#: Those that are noticed without the sealed part.
PUBLIC_FORGERIES: list[tuple[Callable[[Record], None], str]] = [
    (one_panel_only, "bound"),
    (one_panel_only_as_rounding, "chances"),
    (useless_proof, "bound"),
    (bound_below_what_is_reached, "bound"),
    (negative_cuts, "rules"),
    (another_method, "rules"),
    (an_unknown_outcome, "rules"),
    (a_chance_above_one, "chances"),
    (prettier_chances, "chances"),
    (prettier_deviation, "chances"),
    (prettier_gini, "chances"),
    (a_panel_less, "lottery"),
    (smaller_size, "lottery"),
    (swap_members, "chances"),
    (unfair_bound, "bound"),
    (a_number_that_does_not_exist, "afterwards"),
    (a_number_below_one, "afterwards"),
    (replaced_by_themselves, "afterwards"),
    (somebody_comes_back, "afterwards"),
]
FORGERIES = [
    *PUBLIC_FORGERIES,
    (one_panel_only_and_a_cut, "proof"),
    (cuts_without_proof, "proof"),
    (forged_proof, "bound"),
    (other_attributes, "register"),
    (other_seed, "register"),
    (softer_quota, "register"),
    (no_households, "rules"),
    (a_replacement_against_the_quotas, "afterwards"),
]


@pytest.mark.parametrize(("forge", "where"), FORGERIES, ids=lambda value: getattr(value, "__name__", None))
def test_a_forgery_with_mended_hashes_is_noticed(record: Record, forge: Callable[[Record], None], where: str) -> None:
    forged = copy.deepcopy(record)
    forge(forged)
    assert any(fault.startswith(f"{where}:") for fault in verify(rehashed(forged)))


@pytest.mark.parametrize(("forge", "where"), PUBLIC_FORGERIES, ids=lambda value: getattr(value, "__name__", None))
def test_a_forgery_is_noticed_in_the_public_part_alone(
    record: Record, forge: Callable[[Record], None], where: str
) -> None:
    forged = copy.deepcopy(record)
    forge(forged)
    public = public_version(rehashed(forged))
    for faults in (verify(public), list(script()["faults_of"](public))):
        assert any(fault.startswith(f"{where}:") for fault in faults)


def test_chances_lie_between_0_and_1(record: Record) -> None:
    a_chance_above_one(record)
    public = public_version(rehashed(record))
    assert "chances: Eine der fairsten Chancen liegt nicht zwischen 0 und 1." in verify(public)
    assert [fault for fault in script()["faults_of"](public) if "nicht die Größe des Gremiums" in fault]


@pytest.mark.parametrize("text", ["0.9", "0.9000000000000", "1e400000000", "NaN", "Infinity", "1/3", " 0.900000000000"])
def test_fractions_are_written_in_one_way(record: Record, text: str) -> None:
    record["sections"]["bound"]["smallest_chance_at_most"] = text
    public = public_version(rehashed(record))
    assert "12 Stellen" in verify(public)[0]
    with pytest.raises(ValueError, match="12 Stellen"):
        list(script()["faults_of"](public))


def test_a_cut_that_panels_exceed_is_noticed() -> None:
    record = make_record(draw(rivals(), 2, seed=1, panels=300))
    assert record["sections"]["rules"]["outcome"] == "exact"
    assert verify(record) == []
    cut = record["sections"]["proof"]["cuts"][0]
    cut["most"] = decimal(Fraction(cut["most"]) - Fraction(1, 100))
    assert "proof: Es gibt Gremien, die Schnitt 1 nicht einhalten." in verify(rehashed(record))


def test_a_panel_against_the_quotas_is_noticed_even_if_all_counts_fit(lottery: Lottery) -> None:
    """Two panels swap one member each: everybody's chance stays the same."""
    record = make_record(lottery)
    panels, pool = lottery.panels, lottery.pool
    for first, one in enumerate(panels):
        for second, two in enumerate(panels[:first]):
            for out in set(one) - set(two):
                for into in set(two) - set(one):
                    if pool.faults([*(set(one) - {out}), into], 5):
                        numbers = {pool.people[n].id: n for n in range(24)}
                        register = record["sections"]["register"]["people"]
                        place = {numbers[entry["id"]]: n for n, entry in enumerate(register, start=1)}
                        swapped = record["sections"]["lottery"]
                        swapped[first] = sorted(place[n] for n in (set(one) - {out}) | {into})
                        swapped[second] = sorted(place[n] for n in (set(two) - {into}) | {out})
                        faults = verify(rehashed(record))
                        assert faults
                        assert all("Gremium" in fault for fault in faults)
                        return
    pytest.fail("no such pair of panels")
