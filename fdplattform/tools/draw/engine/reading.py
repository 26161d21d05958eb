"""Read people and quotas from CSV files and report every fault at once.

`features.csv`: `feature,value,min,max`. `respondents.csv`: `id`, a column for each feature, and `haushalt` where known.
Comma, semicolon or tab; UTF-8 with or without BOM, or Windows-1252.
"""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path

from fdplattform.tools.draw.engine.errors import BadInput, Problem
from fdplattform.tools.draw.engine.pool import Person, Pool, Quota

HOUSEHOLD = "haushalt"
#: More people than any panel has.
MOST = 10**6
_LONGEST = 20
_QUOTA_COLUMNS = ("feature", "value", "min", "max")

Row = tuple[int, dict[str, str]]


def read_pool(features: Path, respondents: Path) -> Pool:
    """The pool of two files. Raises BadInput with all faults of both, OSError when a file cannot be opened."""
    quotas = _Quotas(_Table(features, _QUOTA_COLUMNS))
    names = tuple(dict.fromkeys(quota.feature for quota in quotas.found))
    people = _People(_Table(respondents, ("id", *names)), quotas.found)
    problems = [*quotas.table.problems, *people.table.problems]
    if problems:
        raise BadInput(problems)
    return Pool(tuple(quotas.found), tuple(people.found))


def _text(path: Path) -> str:
    content = path.read_bytes()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


class _Table:
    """The rows of a CSV file that can be read, and what is wrong with the others."""

    def __init__(self, path: Path, required: Sequence[str]) -> None:
        self.name = path.name
        self.problems: list[Problem] = []
        text = _text(path)
        first = text.split("\n", 1)[0]
        self._reader = csv.reader(StringIO(text, newline=""), delimiter=max(",;\t", key=first.count))
        self._header = [cell.strip() for cell in next(self._reader, [])]
        self._required = required
        missing = [column for column in required if column not in self._header]
        doubled = sorted({column for column in self._header if column and self._header.count(column) > 1})
        if missing:
            self.complain(1, f"Es fehlt die Spalte {', '.join(f'„{column}“' for column in missing)}.")
        if doubled:
            self.complain(1, f"Doppelte Spalte {', '.join(f'„{column}“' for column in doubled)}.")
        self.usable = not self.problems

    def complain(self, line: int, text: str) -> None:
        self.problems.append(Problem(self.name, line, text))

    def rows(self) -> Iterator[Row]:
        """Line number and cells by column; only rows in which nothing is missing."""
        rows = self._rows() if self.usable else iter(())
        count = 0
        for count, row in enumerate(rows, start=1):  # noqa: B007 - the last number is the count
            yield row
        if self.usable and not count and not self.problems:
            self.complain(1, "Die Datei enthält keine Zeilen.")

    def _rows(self) -> Iterator[Row]:
        line = self._reader.line_num + 1
        while True:
            try:
                cells = next(self._reader)
            except StopIteration:
                return
            except csv.Error as fault:
                self.complain(line, f"Die Zeile lässt sich nicht lesen ({fault}).")
                line = self._reader.line_num + 1
                continue
            here, line = line, self._reader.line_num + 1
            if not any(cell.strip() for cell in cells):
                continue
            row = self._complete(here, cells)
            if row is not None:
                yield here, row

    def _complete(self, line: int, cells: list[str]) -> dict[str, str] | None:
        if len(cells) != len(self._header):
            self.complain(line, f"{len(cells)} Zellen statt {len(self._header)}.")
            return None
        row = {column: cell.strip() for column, cell in zip(self._header, cells, strict=True)}
        needed = [*self._required, *([HOUSEHOLD] if HOUSEHOLD in row else [])]
        empty = [column for column in needed if not row[column]]
        if empty:
            self.complain(line, f"Leere Zelle: {', '.join(f'„{column}“' for column in empty)}.")
            return None
        return row


@dataclass
class _Quotas:
    table: _Table
    found: list[Quota] = field(default_factory=list)

    def __post_init__(self) -> None:
        lines: dict[tuple[str, str], int] = {}
        for line, row in self.table.rows():
            key = (row["feature"], row["value"])
            if key in lines:
                self.table.complain(line, f"„{key[0]}: {key[1]}“ steht schon in Zeile {lines[key]}.")
                continue
            lines[key] = line
            quota = self._quota(line, row)
            self.found.append(quota)

    def _quota(self, line: int, row: dict[str, str]) -> Quota:
        """Also of a faulty line, so that people with this value are not reported as well."""
        numbers = [row["min"], row["max"]]
        if not all(number.isascii() and number.isdigit() for number in numbers):
            self.table.complain(line, f"min und max sind ganze Zahlen ab 0, nicht „{numbers[0]}“ und „{numbers[1]}“.")
            return Quota(row["feature"], row["value"], 0, 0)
        if any(len(number) > _LONGEST or int(number) > MOST for number in numbers):
            self.table.complain(line, f"min und max sind höchstens {MOST}.")
            return Quota(row["feature"], row["value"], 0, 0)
        minimum, maximum = map(int, numbers)
        if minimum > maximum:
            self.table.complain(line, f"min ({minimum}) ist größer als max ({maximum}).")
        return Quota(row["feature"], row["value"], minimum, maximum)


@dataclass
class _People:
    table: _Table
    quotas: list[Quota]
    found: list[Person] = field(default_factory=list)

    def __post_init__(self) -> None:
        features = tuple(dict.fromkeys(quota.feature for quota in self.quotas))
        known = {(quota.feature, quota.value) for quota in self.quotas}
        lines: dict[str, int] = {}
        for line, row in self.table.rows():
            if row["id"] in lines:
                self.table.complain(line, f"Die Person „{row['id']}“ steht schon in Zeile {lines[row['id']]}.")
            lines.setdefault(row["id"], line)
            for feature in features:
                if (feature, row[feature]) not in known:
                    self.table.complain(line, f"Für „{feature}: {row[feature]}“ gibt es keine Quote.")
            self.found.append(Person(row["id"], tuple(row[name] for name in features), row.get(HOUSEHOLD)))
