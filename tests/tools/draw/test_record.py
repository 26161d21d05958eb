"""The record is accepted as it is, and rejected with anything changed."""

import copy
import io
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fdplattform.tools.draw.engine.canonical import canonical, file_of, read_file
from fdplattform.tools.draw.engine.lottery import draw
from fdplattform.tools.draw.engine.record import Record, make_record, public_version, summit, with_number
from fdplattform.tools.draw.engine.result import Lottery, Method
from fdplattform.tools.draw.engine.verify import verify
from tests.tools.draw.conftest import town
from tests.tools.draw.script import SCRIPT, run_script, script

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
    faults_of, public = script()["faults_of"], public_version(record)

    def noticed(path: Steps) -> bool:
        try:
            return any(faults_of(changed(public, path)))
        except (ValueError, LookupError, TypeError, AttributeError, ArithmeticError):
            return True

    assert [path for path in leaves(public) if not noticed(path)] == []


def test_the_script_is_short() -> None:
    assert len(SCRIPT.read_text(encoding="utf-8").splitlines()) < 150


@st.composite
def one_byte_changed(draw: st.DrawFn, content: bytes) -> bytes:
    """A byte replaced, added or left out; blanks, line breaks and digits more often than others."""
    place = draw(st.integers(0, len(content) - 1))
    byte = draw(st.one_of(st.sampled_from(b' \n\r\t"0,'), st.integers(0, 255)))
    way = draw(st.sampled_from(("replaced", "added", "left out")))
    rest = content[place + 1 :] if way != "added" else content[place:]
    return content[:place] + (b"" if way == "left out" else bytes([byte])) + rest


def is_accepted(content: bytes) -> bool:
    try:
        return not verify(read_file(content))
    except ValueError:
        return False


def is_accepted_by(main: Callable[[list[str]], None], file: Path) -> bool:
    """Whether the script ends well; anything but an orderly end is an error."""
    with redirect_stderr(io.StringIO()), redirect_stdout(io.StringIO()):
        try:
            main([str(file)])
        except SystemExit:
            return False
    return True


@pytest.mark.parametrize("version", [lambda record: record, public_version], ids=["sealed", "public"])
def test_no_byte_can_be_changed(record: Record, version: Callable[[Record], Record], tmp_path: Path) -> None:
    content, main, file = file_of(version(record)), script()["main"], tmp_path / "changed.json"
    file.write_bytes(content)
    assert is_accepted(content)
    assert is_accepted_by(main, file)

    @settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
    @given(one_byte_changed(content))
    def check(spoilt: bytes) -> None:
        file.write_bytes(spoilt)
        assert spoilt == content or not is_accepted(spoilt)
        assert spoilt == content or not is_accepted_by(main, file)

    check()
    for end in (b"", b" ", b"\n\n", b"\r\n"):
        assert not is_accepted(content[:-1] + end)
        file.write_bytes(content[:-1] + end)
        assert not is_accepted_by(main, file)


@pytest.mark.parametrize("nonsense", [b"[" * 300_000, b'{"a":NaN}\n', b'{"a":1.0}\n', b"\xff", b"", b"9" * 5000])
def test_what_cannot_be_read_is_rejected_in_words(nonsense: bytes, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_file(nonsense)
    (tmp_path / "record.json").write_bytes(nonsense)
    answer = subprocess.run(
        [sys.executable, "-I", str(SCRIPT), str(tmp_path / "record.json")], capture_output=True, text=True, check=False
    )
    assert answer.returncode == 1
    assert answer.stderr.startswith("Das Protokoll lässt sich nicht lesen")


def test_the_script_compares_with_what_was_announced(record: Record, tmp_path: Path) -> None:
    answer = run_script(tmp_path, public_version(record), "0" * 64)
    assert answer.returncode == 1
    assert "eine andere Prüfsumme bekannt gegeben" in answer.stderr


def test_the_same_draw_gives_the_same_record_and_another_seed_other_pseudonyms(lottery: Lottery) -> None:
    assert make_record(draw(town(), 5, seed=4, panels=60)) == make_record(lottery)
    others = make_record(draw(town(), 5, seed=5, panels=60))["sections"]["people"]
    assert not {p["pseudonym"] for p in others} & {p["pseudonym"] for p in make_record(lottery)["sections"]["people"]}


def test_a_commitment_that_does_not_follow_from_the_sections_is_noticed(record: Record, tmp_path: Path) -> None:
    """What a cheat would do who has read out something else before the number was drawn."""
    forged = {**record, "commitment": "0" * 64}
    forged["hash"] = summit(forged)
    assert [fault for fault in verify(forged) if fault.startswith("commitment:")]
    assert run_script(tmp_path, public_version(forged)).returncode == 1


def test_a_number_is_drawn_once_and_exists(lottery: Lottery, record: Record) -> None:
    with pytest.raises(ValueError, match="schon eine Nummer"):
        with_number(record, 3)
    for wrong in (0, 61):
        with pytest.raises(ValueError, match="zwischen 1 und 60"):
            with_number(make_record(lottery), wrong)


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
