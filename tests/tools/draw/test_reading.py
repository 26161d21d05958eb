"""Files are read, or all their faults are told at once."""

from pathlib import Path

import pytest

from fdplattform.tools.draw.engine.errors import BadInput
from fdplattform.tools.draw.engine.reading import read_pool
from tests.tools.draw.conftest import FEATURES, Files


def faults(paths: tuple[Path, Path]) -> list[str]:
    with pytest.raises(BadInput) as caught:
        read_pool(*paths)
    assert str(caught.value) == "\n".join(map(str, caught.value.problems))
    return [str(problem) for problem in caught.value.problems]


def test_households_are_optional(files: Files) -> None:
    pool = read_pool(*files(FEATURES, "id,age,gender,remark\n1,old,w,\n2,young,m,x\n"))
    assert [person.values for person in pool.people] == [("w", "old"), ("m", "young")]
    assert not pool.has_households
    assert len(set(pool.household_of)) == 2


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_what_spreadsheets_write(tmp_path: Path, encoding: str, delimiter: str) -> None:
    features, respondents = tmp_path / "f.csv", tmp_path / "r.csv"
    features.write_bytes("feature,value,min,max\r\nOrt,Süd,1,2\r\n".replace(",", delimiter).encode(encoding))
    respondents.write_bytes(
        'id,Ort,haushalt\r\n"1", Süd ,h\r\n\r\n2,Süd,h\r\n'.replace(",", delimiter).encode(encoding)
    )
    pool = read_pool(features, respondents)
    assert [person.values for person in pool.people] == [("Süd",), ("Süd",)]
    assert pool.household_of[0] == pool.household_of[1]


def test_all_faults_of_both_files_at_once(files: Files) -> None:
    paths = files(
        "feature,value,min,max\ng,a,1,2\ng,a,1,2\ng,b,3,2\ng,c,-1,x\ng,,1,1\n",
        "id,g,haushalt\n1,a,h1\n1,b,h2\n2,,h3\n3,z,h4\n4,a\n\n5,c,\n6,a,h6,7\n",
    )
    assert faults(paths) == [
        "features.csv, Zeile 3: „g: a“ steht schon in Zeile 2.",
        "features.csv, Zeile 4: min (3) ist größer als max (2).",
        "features.csv, Zeile 5: min und max sind ganze Zahlen ab 0, nicht „-1“ und „x“.",
        "features.csv, Zeile 6: Leere Zelle: „value“.",
        "respondents.csv, Zeile 3: Die Person „1“ steht schon in Zeile 2.",
        "respondents.csv, Zeile 4: Leere Zelle: „g“.",
        "respondents.csv, Zeile 5: Für „g: z“ gibt es keine Quote.",
        "respondents.csv, Zeile 6: 2 Zellen statt 3.",
        "respondents.csv, Zeile 8: Leere Zelle: „haushalt“.",
        "respondents.csv, Zeile 9: 4 Zellen statt 3.",
    ]


def test_missing_and_doubled_columns(files: Files) -> None:
    assert faults(files(FEATURES, "id,gender,gender\n1,w,w\n")) == [
        "respondents.csv, Zeile 1: Es fehlt die Spalte „age“.",
        "respondents.csv, Zeile 1: Doppelte Spalte „gender“.",
    ]


def test_files_without_rows(files: Files) -> None:
    assert faults(files("", "")) == [
        "features.csv, Zeile 1: Es fehlt die Spalte „feature“, „value“, „min“, „max“.",
        "respondents.csv, Zeile 1: Es fehlt die Spalte „id“.",
    ]
    assert faults(files(FEATURES, "id,gender,age\n")) == ["respondents.csv, Zeile 1: Die Datei enthält keine Zeilen."]


def test_a_broken_line_does_not_hide_the_others(files: Files) -> None:
    long = "x" * 140_000
    told = faults(files(FEATURES, f"id,gender,age\n1,w,{long}\n2,q,old\n"))
    assert told[0].startswith("respondents.csv, Zeile 2: Die Zeile lässt sich nicht lesen")
    assert told[1] == "respondents.csv, Zeile 3: Für „gender: q“ gibt es keine Quote."


def test_lines_count_as_in_an_editor(files: Files) -> None:
    told = faults(files(FEATURES, 'id,gender,age\n"1\n2",w,old\n3,q,old\n'))
    assert told == ["respondents.csv, Zeile 4: Für „gender: q“ gibt es keine Quote."]
