"""Read an extract from beginning to end: what it holds, and what is wrong with it. Memory grows by 24 bytes a person.

The people themselves are not kept: a second pass fetches those who were drawn.
"""

import csv
from array import array
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from io import TextIOWrapper
from itertools import islice
from tempfile import TemporaryFile
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from fdplattform.tools.draw.register.faults import Problem
from fdplattform.tools.draw.register.people import Address, Candidate, Interpreter, Skip
from fdplattform.tools.draw.register.tables import Layout, rows

#: So many problems are shown on the page; all of them are in a file.
SHOWN_PROBLEMS = 200
#: Rows between two reports of progress.
_STEP = 5_000


class ProblemLog:
    """The problems of a reading: how many, the first ones, and all of them in a file on disk, `line,problem,field`."""

    def __init__(self) -> None:
        self.count = 0
        self.first: list[tuple[int, str, str]] = []
        self._file: IO[bytes] = TemporaryFile()  # noqa: SIM115 - closed by `close`
        self._text = TextIOWrapper(self._file, encoding="utf-8", newline="")
        self._writer = csv.writer(self._text)

    def add(self, line: int, problem: Problem, where: str) -> None:
        """Note a problem on a line; `where` is the key of the column, or empty."""
        self.count += 1
        if len(self.first) < SHOWN_PROBLEMS:
            self.first.append((line, problem.value, where))
        self._writer.writerow((line, problem.value, where))

    def content(self) -> IO[bytes]:
        """The file, at its beginning."""
        self._text.flush()
        self._file.seek(0)
        return self._file

    def close(self) -> None:
        """Let the file go; it has no name, so nothing is left."""
        self._text.close()


@dataclass(frozen=True, kw_only=True)
class People:
    """Those who may be drawn, each once. The arrays are as long as they are many."""

    #: The line on which the person stands.
    lines: NDArray[np.uint32]
    #: Which of `strata` the person belongs to.
    stratum: NDArray[np.uint32]
    #: The first eight bytes of the hashes.
    person: NDArray[np.uint64]
    household: NDArray[np.uint64]
    #: The combinations of categories that occur, by the ids.
    strata: tuple[tuple[int, ...], ...]

    def without(self, persons: Collection[int], households: Collection[int]) -> "People":
        """Those of whom neither the person nor the household is among these."""
        gone = np.isin(self.person, np.array(sorted(persons), dtype=np.uint64))
        gone |= np.isin(self.household, np.array(sorted(households), dtype=np.uint64))
        return self.only(~gone)

    def only(self, which: NDArray[np.bool_]) -> "People":
        """Those at which `which` is true."""
        return People(
            lines=self.lines[which],
            stratum=self.stratum[which],
            person=self.person[which],
            household=self.household[which],
            strata=self.strata,
        )

    @property
    def households(self) -> int:
        """The number of households: more people cannot be written to."""
        return int(np.unique(self.household).size)


@dataclass(kw_only=True)
class Reading:
    """What an extract holds."""

    people: People
    #: `rows`, `usable`, `households`, `duplicates`, and one for each `Skip`.
    counts: dict[str, int]
    #: For each key of a column, the values and in how many rows they stand.
    found: Mapping[str, Counter[str]]
    problems: ProblemLog = field(repr=False)

    def by_category(self) -> dict[int, int]:
        """How many of the people who may be drawn belong to each category, by its id."""
        numbers = np.bincount(self.people.stratum, minlength=len(self.people.strata))
        total: Counter[int] = Counter()
        for categories, number in zip(self.people.strata, numbers, strict=True):
            for category in categories:
                total[category] += int(number)
        return dict(total)


def key_number(digest: bytes) -> int:
    """A hash as the arrays hold it."""
    return int.from_bytes(digest[:8], "big")


class _Collected:
    """Grows while the rows go by."""

    def __init__(self) -> None:
        self.lines, self.stratum = array("I"), array("I")
        self.person, self.household = array("Q"), array("Q")
        self.strata: dict[tuple[int, ...], int] = {}

    def add(self, line: int, candidate: Candidate) -> None:
        self.lines.append(line)
        self.stratum.append(self.strata.setdefault(candidate.categories, len(self.strata)))
        self.person.append(key_number(candidate.person))
        self.household.append(key_number(candidate.household))

    def people(self) -> People:
        return People(
            lines=np.array(self.lines, dtype=np.uint32),
            stratum=np.array(self.stratum, dtype=np.uint32),
            person=np.array(self.person, dtype=np.uint64),
            household=np.array(self.household, dtype=np.uint64),
            strata=tuple(self.strata),
        )


def read_extract(
    stream: IO[bytes], layout: Layout, interpreter: Interpreter, progress: Callable[[int], Any] = lambda _rows: None
) -> Reading:
    """Read the extract once. `progress` hears now and then how many rows were read.

    Raises Unreadable. The caller closes `problems`.
    """
    problems, collected = ProblemLog(), _Collected()
    counts = dict.fromkeys(("rows", *Skip), 0)
    try:
        for row in islice(rows(stream, layout), 1, None):
            counts["rows"] += 1
            seen = interpreter.look(row)
            if isinstance(seen, Candidate):
                collected.add(row.line, seen)
            elif isinstance(seen, Skip):
                counts[seen] += 1
            else:
                for problem, where in seen:
                    problems.add(row.line, problem, where)
            if counts["rows"] % _STEP == 0:
                progress(counts["rows"])
    except BaseException:
        problems.close()
        raise
    people = _each_once(collected.people(), problems)
    counts |= {
        "duplicates": len(collected.lines) - len(people.lines),
        "usable": len(people.lines),
        "households": people.households,
    }
    return Reading(people=people, counts=counts, found=interpreter.found, problems=problems)


def _each_once(people: People, problems: ProblemLog) -> People:
    """Everybody where they stand first; the other lines are problems."""
    _persons, first = np.unique(people.person, return_index=True)
    again = np.ones(len(people.lines), dtype=bool)
    again[first] = False
    for line in people.lines[again]:
        problems.add(int(line), Problem.DUPLICATE, "")
    return people.only(~again)


def fetch(
    stream: IO[bytes], layout: Layout, interpreter: Interpreter, lines: Collection[int]
) -> Iterator[tuple[int, Address, Candidate]]:
    """The people on these lines, in the order of the extract."""
    wanted = set(lines)
    for row in islice(rows(stream, layout), 1, None):
        if row.line in wanted:
            seen = interpreter.look(row)
            if isinstance(seen, Candidate):
                yield row.line, interpreter.address(row), seen
