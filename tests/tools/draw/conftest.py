"""Pools to draw from, and a record to spoil."""

from collections.abc import Callable
from pathlib import Path

import pytest

from fdplattform.tools.draw.engine.lottery import draw
from fdplattform.tools.draw.engine.pool import Person, Pool, Quota
from fdplattform.tools.draw.engine.record import Record, make_record, with_number
from fdplattform.tools.draw.engine.result import Lottery

Files = Callable[[str, str], tuple[Path, Path]]

FEATURES = "feature,value,min,max\ngender,w,2,3\ngender,m,2,3\nage,young,1,3\nage,old,2,4\n"


def town() -> Pool:
    """24 people, 12 households of two."""
    quotas = (
        Quota("gender", "w", 2, 3),
        Quota("gender", "m", 2, 3),
        Quota("age", "young", 1, 3),
        Quota("age", "old", 2, 4),
    )
    people = tuple(
        Person(f"p{n}", ("w" if n % 3 else "m", "young" if n % 4 == 0 else "old"), f"h{n // 2}") for n in range(24)
    )
    return Pool(quotas, people)


def rivals() -> Pool:
    """Three people of whom no two may sit together, and a filler: half a seat each keeps the quotas on average, but is
    no average of panels."""
    names = ("ab", "bc", "ac")
    quotas = tuple(q for name in names for q in (Quota(name, "in", 0, 1), Quota(name, "out", 1, 2)))
    people = tuple(Person(who, tuple("in" if who in name else "out" for name in names)) for who in "abc")
    return Pool(quotas, (*people, Person("f", ("out", "out", "out"))))


@pytest.fixture(scope="session")
def lottery() -> Lottery:
    return draw(town(), 5, seed=4, panels=60)


@pytest.fixture
def record(lottery: Lottery) -> Record:
    return with_number(make_record(lottery), 17)


@pytest.fixture
def files(tmp_path: Path) -> Files:
    """Writes features.csv and respondents.csv."""

    def write(features: str, respondents: str) -> tuple[Path, Path]:
        paths = tmp_path / "features.csv", tmp_path / "respondents.csv"
        for path, text in zip(paths, (features, respondents), strict=True):
            path.write_text(text, encoding="utf-8")
        return paths

    return write


@pytest.fixture
def town_files(files: Files) -> tuple[Path, Path]:
    rows = [f"{p.id},{p.values[0]},{p.values[1]},{p.household}" for p in town().people]
    return files(FEATURES, "\n".join(["id,gender,age,haushalt", *rows]) + "\n")
