"""`fdplattform draw`, without a deployment."""

import csv
import json
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
    assert again.exit_code == 2
    for file, words in (("sealed.json", "Das Protokoll ist in Ordnung."), ("public.json", "Der öffentliche Teil")):
        checked = run("verify", file)
        assert checked.exit_code == 0, checked.output
        assert words in checked.output
        assert commitment in checked.output


def test_the_same_seed_writes_the_same_files() -> None:
    draw("--seed", "1", "--panels", "a.csv")
    first = Path("sealed.json").read_bytes()
    draw("--seed", "1", "--panels", "b.csv")
    assert Path("sealed.json").read_bytes() == first
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


def test_the_number_is_entered_into_the_sealed_record_only() -> None:
    draw("--public", "public.json")
    answer = run("number", "public.json", "3")
    assert answer.exit_code == 1
    assert "versiegelte Protokoll" in answer.output
