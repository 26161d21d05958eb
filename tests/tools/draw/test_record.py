"""The record is accepted as it is, and rejected with anything changed, whether or not somebody mends the hashes."""

import copy
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import fdplattform
from fdplattform.tools.draw.engine.canonical import canonical, digest
from fdplattform.tools.draw.engine.lottery import Lottery, Method, draw
from fdplattform.tools.draw.engine.record import Record, make_record, public_version, summit, with_number
from fdplattform.tools.draw.engine.verify import verify
from tests.tools.draw.conftest import town

SCRIPT = Path(fdplattform.__file__).parents[1] / "scripts" / "verify_draw.py"

Steps = tuple[Any, ...]


def leaves(value: Any, path: Steps = ()) -> Iterator[Steps]:
    """The way to each single field."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, (*path, key))
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from leaves(inner, (*path, place))
    else:
        yield path


def other(value: Any) -> Any:
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    return "x" if value is None else f"{value}x"


def changed(record: Record, path: Steps) -> Record:
    spoilt = copy.deepcopy(record)
    place = spoilt
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = other(place[path[-1]])
    return spoilt


def rehashed(record: Record) -> Record:
    """What a cheat would do who mends the hashes."""
    record["hashes"].update({name: digest(section) for name, section in record["sections"].items()})
    record["commitment"] = digest(record["hashes"])
    record["hash"] = summit(record)
    return record


def run_script(tmp_path: Path, record: Record, *arguments: str) -> subprocess.CompletedProcess[str]:
    file = tmp_path / "record.json"
    file.write_bytes(canonical(record))
    return subprocess.run(
        [sys.executable, "-I", str(SCRIPT), str(file), *arguments], capture_output=True, text=True, check=False
    )


def test_a_record_is_accepted_sealed_and_public(record: Record, tmp_path: Path) -> None:
    assert verify(record) == []
    public = public_version(record)
    assert verify(public) == []
    assert public["commitment"] == record["commitment"]
    assert public["hash"] == record["hash"]
    for version in (record, public):
        assert run_script(tmp_path, version, record["commitment"]).returncode == 0


def test_the_public_record_names_nobody(record: Record) -> None:
    text = canonical(public_version(record)).decode()
    assert '"p7"' not in text
    assert "young" not in json.dumps(public_version(record)["sections"]["people"])
    assert record["sections"]["register"]["seed"] not in text.split('"')


def test_every_single_field_that_is_changed_is_noticed(record: Record) -> None:
    unnoticed = [path for path in leaves(record) if not verify(changed(record, path))]
    assert unnoticed == []


def test_the_script_notices_every_changed_field_of_the_public_part(record: Record) -> None:
    script: dict[str, Any] = {"__name__": "verify_draw"}
    exec(compile(SCRIPT.read_text(encoding="utf-8"), str(SCRIPT), "exec"), script)
    public = public_version(record)

    def noticed(path: Steps) -> bool:
        try:
            return any(script["faults_of"](changed(public, path), None))
        except (ValueError, LookupError, TypeError, AttributeError, ArithmeticError):
            return True

    assert [path for path in leaves(public) if not noticed(path)] == []


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


def replaced_by_themselves(record: Record) -> None:
    member = record["sections"]["lottery"][16][0]
    record["afterwards"].append({"event": "replaced", "leaving": [member], "joining": [member]})


FORGERIES: list[tuple[Callable[[Record], None], str]] = [
    (swap_members, "chances"),
    (unfair_bound, "bound"),
    (forged_proof, "bound"),
    (other_attributes, "register"),
    (other_seed, "register"),
    (softer_quota, "register"),
    (smaller_size, "lottery"),
    (prettier_chances, "chances"),
    (prettier_deviation, "chances"),
    (prettier_gini, "chances"),
    (a_panel_less, "lottery"),
    (no_households, "rules"),
    (a_number_that_does_not_exist, "afterwards"),
    (replaced_by_themselves, "afterwards"),
]


@pytest.mark.parametrize(("forge", "where"), FORGERIES, ids=lambda value: getattr(value, "__name__", None))
def test_a_forgery_with_mended_hashes_is_noticed(record: Record, forge: Callable[[Record], None], where: str) -> None:
    forged = copy.deepcopy(record)
    forge(forged)
    assert any(fault.startswith(f"{where}:") for fault in verify(rehashed(forged)))


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


def test_the_script_compares_with_what_was_announced(record: Record, tmp_path: Path) -> None:
    answer = run_script(tmp_path, public_version(record), "0" * 64)
    assert answer.returncode == 1
    assert "eine andere Prüfsumme bekannt gegeben" in answer.stderr


def test_one_byte_less_is_rejected(record: Record, tmp_path: Path) -> None:
    file = tmp_path / "record.json"
    file.write_bytes(canonical(record)[:-1])
    assert (
        subprocess.run([sys.executable, "-I", str(SCRIPT), str(file)], capture_output=True, check=False).returncode == 1
    )


def test_the_same_draw_gives_the_same_record_and_another_seed_other_pseudonyms(lottery: Lottery) -> None:
    assert make_record(draw(town(), 5, seed=4, panels=60)) == make_record(lottery)
    others = make_record(draw(town(), 5, seed=5, panels=60))["sections"]["people"]
    assert not {p["pseudonym"] for p in others} & {p["pseudonym"] for p in make_record(lottery)["sections"]["people"]}


def test_a_number_is_drawn_once_and_exists(lottery: Lottery, record: Record) -> None:
    with pytest.raises(ValueError, match="schon eine Nummer"):
        with_number(record, 3)
    with pytest.raises(ValueError, match="zwischen 1 und 60"):
        with_number(make_record(lottery), 61)


def test_the_commitment_does_not_change_when_the_number_is_drawn(lottery: Lottery, record: Record) -> None:
    before = make_record(lottery)
    assert record["commitment"] == before["commitment"]
    assert record["hash"] != before["hash"]


def test_a_random_draw_claims_nothing(tmp_path: Path) -> None:
    record = make_record(draw(town(), 5, seed=1, method=Method.RANDOM, panels=20))
    assert verify(record) == []
    assert run_script(tmp_path, public_version(record)).returncode == 0
    assert set(record["sections"]["chances"]["fairest"]) == {None}


@pytest.mark.parametrize("nonsense", [{}, {"format": 1}, {"format": "fdplattform draw record 1", "sections": []}])
def test_nonsense_is_rejected(nonsense: Record) -> None:
    assert verify(nonsense)
