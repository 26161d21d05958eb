"""`fdplattform draw`, without a deployment."""

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from fdplattform.cli import main

FEATURES = "feature,value,min,max\ng,a,1,2\ng,b,1,2\n"
PEOPLE = "id,g,haushalt\n" + "".join(f"p{n},{'ab'[n % 2]},h{n // 2}\n" for n in range(10))


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("f.csv").write_text(FEATURES, encoding="utf-8")
    Path("r.csv").write_text(PEOPLE, encoding="utf-8")
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["draw", *arguments])


def draw(*more: str) -> Result:
    options = "--features f.csv --respondents r.csv --size 3 --lottery 40 --record sealed.json"
    return run("panel", *options.split(), *more)


def test_draw_publish_number_replace_verify() -> None:
    drawn = draw("--public", "public.json", "--panels", "panels.csv", "--seed", "1")
    assert drawn.exit_code == 0, drawn.output
    commitment = json.loads(Path("public.json").read_bytes())["commitment"]
    assert commitment in drawn.output
    with Path("panels.csv").open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == 120
    seated = [row["id"] for row in rows if row["panel"] == "7"]

    number = run("number", "sealed.json", "7", "--public", "public.json")
    assert sorted(number.output.split()) == sorted(seated)
    assert run("number", "sealed.json", "8").exit_code == 1

    replaced = run("replace", "sealed.json", seated[0], "--public", "public.json")
    assert replaced.exit_code == 0, replaced.output
    assert replaced.output.strip() not in seated
    again = run("replace", "sealed.json", seated[0])
    assert again.exit_code == 1
    for file, words in (("sealed.json", "Das Protokoll ist in Ordnung."), ("public.json", "Der öffentliche Teil")):
        checked = run("verify", file)
        assert checked.exit_code == 0, checked.output
        assert words in checked.output
        assert commitment in checked.output


def test_the_same_seed_writes_the_same_files() -> None:
    draw("--seed", "1", "--panels", "a.csv")
    first = Path("sealed.json").rename("first.json").read_bytes()
    draw("--seed", "1", "--panels", "b.csv")
    assert Path("sealed.json").rename("second.json").read_bytes() == first
    assert Path("a.csv").read_bytes() == Path("b.csv").read_bytes()
    draw()
    assert Path("sealed.json").read_bytes() != first


def test_infeasible_quotas_end_with_status_2_and_the_reason() -> None:
    Path("f.csv").write_text(FEATURES + "g,c,1,1\n", encoding="utf-8")
    answer = draw()
    assert answer.exit_code == 2
    assert "Bei „g: c“ werden mindestens 1 verlangt, zur Wahl steht niemand." in answer.output
    assert "Die kleinste Änderung" in answer.output
    assert not Path("sealed.json").exists()


def test_broken_files_end_with_status_1_and_all_lines() -> None:
    Path("r.csv").write_text(PEOPLE + "p1,a,h9\np11,z,h9\n", encoding="utf-8")
    answer = draw()
    assert answer.exit_code == 1
    assert "r.csv, Zeile 12" in answer.output
    assert "r.csv, Zeile 13" in answer.output


def test_a_plain_random_draw() -> None:
    assert "Einfache Zufallsauswahl" in draw("--method", "random").output
    assert run("verify", "sealed.json").exit_code == 0


def test_verify_rejects_a_changed_byte_and_what_is_no_record() -> None:
    draw("--seed", "1")
    sealed = Path("sealed.json").read_text(encoding="utf-8")
    Path("sealed.json").write_text(sealed.replace('"p3"', '"p8"', 1), encoding="utf-8")
    answer = run("verify", "sealed.json")
    assert answer.exit_code == 1
    assert "register: Der Inhalt passt nicht zu seiner Prüfsumme." in answer.output
    for nonsense in ("", "[]", "{}"):
        Path("sealed.json").write_text(nonsense, encoding="utf-8")
        assert run("verify", "sealed.json").exit_code == 1


@pytest.mark.parametrize("change", [lambda t: t[:-1] + b" ", lambda t: t[:-1], lambda t: t.replace(b",", b", ", 1)])
def test_verify_compares_the_bytes(change: Callable[[bytes], bytes]) -> None:
    draw("--public", "public.json")
    for file in (Path("sealed.json"), Path("public.json")):
        file.write_bytes(change(file.read_bytes()))
        answer = run("verify", file.name)
        assert answer.exit_code == 1
        assert "kanonischen Form" in answer.output


def test_verify_says_that_it_cannot_read() -> None:
    Path("deep.json").write_bytes(b"[" * 300_000)
    answer = run("verify", "deep.json")
    assert answer.exit_code == 1
    assert "lässt sich nicht lesen" in answer.output


def test_numbers_beyond_measure_are_a_fault_of_the_file() -> None:
    Path("f.csv").write_text(FEATURES + f"g,c,1,{'9' * 20}\ng,d,1,{'9' * 6000}\n", encoding="utf-8")
    answer = draw()
    assert answer.exit_code == 1
    assert "f.csv, Zeile 4: min und max sind höchstens 1000000." in answer.output
    assert "f.csv, Zeile 5" in answer.output


@pytest.mark.parametrize("option", ["--record", "--public", "--panels"])
def test_where_nothing_can_be_written_nothing_is_computed(option: str) -> None:
    # What is wrong with the files is found later: the place comes first.
    Path("r.csv").write_text("", encoding="utf-8")
    answer = draw(option, "nowhere/x")
    assert answer.exit_code == 2
    assert "In den Ordner nowhere kann nicht geschrieben werden." in answer.output


def test_two_files_of_the_same_name_are_refused() -> None:
    answer = draw("--public", "./sealed.json")
    assert answer.exit_code == 2
    assert "denselben Namen" in answer.output
    assert not Path("sealed.json").exists()


@pytest.mark.parametrize("option", ["--record", "--public", "--panels"])
def test_no_file_is_overwritten(option: str) -> None:
    draw("--seed", "1", "--public", "public.json")
    run("number", "sealed.json", "7", "--public", "public.json")
    before = {file: Path(file).read_bytes() for file in ("sealed.json", "public.json")}
    for file, content in before.items():
        answer = draw("--record", "new.json", option, file)
        assert answer.exit_code == 2
        assert f"{file} gibt es schon." in answer.output
        assert Path(file).read_bytes() == content
    assert not Path("new.json").exists()


def test_the_public_record_replaces_that_of_the_same_draw_only() -> None:
    draw("--public", "public.json")
    draw("--record", "other.json", "--public", "other-public.json")
    run("number", "other.json", "3", "--public", "other-public.json")
    for wrong in ("other-public.json", "other.json", "sealed.json"):
        before = Path(wrong).read_bytes(), Path("sealed.json").read_bytes()
        answer = run("number", "sealed.json", "5", "--public", wrong)
        assert answer.exit_code == 2
        assert "wird nicht überschrieben" in answer.output
        assert (Path(wrong).read_bytes(), Path("sealed.json").read_bytes()) == before
    assert run("number", "sealed.json", "5", "--public", "public.json").exit_code == 0


def test_what_is_secret_can_be_read_by_its_owner_only() -> None:
    draw("--public", "public.json", "--panels", "panels.csv")
    members = run("number", "sealed.json", "5", "--public", "public.json").output.split()
    run("replace", "sealed.json", members[0])
    modes = {file: Path(file).stat().st_mode & 0o777 for file in ("sealed.json", "panels.csv", "public.json")}
    assert (modes["sealed.json"], modes["panels.csv"]) == (0o600, 0o600)
    assert modes["public.json"] & 0o400
    assert sorted(file.name for file in Path().iterdir()) == [
        "f.csv",
        "panels.csv",
        "public.json",
        "r.csv",
        "sealed.json",
    ]


def test_a_replacement_cannot_be_tried_on_a_copy() -> None:
    draw()
    members = run("number", "sealed.json", "5").output.split()
    Path("copy.json").write_bytes(Path("sealed.json").read_bytes())
    answers = [run("replace", file, members[0]).output for file in ("copy.json", "sealed.json")]
    assert answers[0] == answers[1]
    assert run("verify", "sealed.json").exit_code == 0


def test_the_number_is_entered_into_the_sealed_record_only() -> None:
    draw("--public", "public.json")
    answer = run("number", "public.json", "3")
    assert answer.exit_code == 1
    assert "versiegelte Protokoll" in answer.output


def test_when_nobody_fits_the_exit_status_says_so() -> None:
    Path("r.csv").write_text("id,g\np1,a\np2,b\np3,a\n", encoding="utf-8")
    draw()
    run("number", "sealed.json", "1")
    before = Path("sealed.json").read_bytes()
    assert run("replace", "sealed.json", "p1").exit_code == 2
    assert run("replace", "sealed.json", "p999").exit_code == 1
    assert Path("sealed.json").read_bytes() == before
