"""Read an extract row by row, in constant memory: CSV in the usual encodings, or the first sheet of a workbook."""

import codecs
import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import TextIOWrapper
from itertools import islice
from typing import IO

from fdplattform.files.kinds import XLSX, Kind
from fdplattform.tools.draw.register.faults import Unreadable
from fdplattform.tools.draw.register.workbooks import workbook_lines

#: No line of a register is longer; what is, is no line.
LONGEST_LINE = 10_000
MAX_ROWS_CSV = 500_000
MAX_ROWS_XLSX = 100_000
MAX_COLUMNS = 200
#: Lines that are looked at to know which character divides the cells.
SAMPLE_LINES = 30
_PIECE = 1024 * 1024

ENCODINGS = ("utf-8-sig", "cp1252", "latin-1")
DELIMITERS = (";", "\t", ",")

# Unlike other tables an extract may be in an old encoding: only that it is text is looked at here.
REGISTER_CSV = Kind("text/csv", (".csv", ".txt", ".tsv"), lambda content: b"\0" not in content)
KINDS = (REGISTER_CSV, XLSX)


@dataclass(frozen=True, kw_only=True)
class Layout:
    """How a file is to be read. Both are empty for a workbook."""

    encoding: str
    delimiter: str

    @property
    def workbook(self) -> bool:
        """True for XLSX."""
        return not self.encoding


@dataclass(frozen=True, slots=True)
class Row:
    """A row: the line on which it stands (from 1, the titles being on the first), and its cells.

    `cells` is None for a line that cannot be taken apart; `damaged` when it holds characters of another encoding.
    """

    line: int
    cells: Sequence[str] | None
    damaged: bool = False


WORKBOOK = Layout(encoding="", delimiter="")


def detect(stream: IO[bytes], media_type: str) -> Layout:
    """How `stream` has probably been written."""
    if media_type == XLSX.media_type:
        return WORKBOOK
    encoding = next((each for each in ENCODINGS if _fits(stream, each)), ENCODINGS[-1])
    sample = [text for _line, text, _whole in islice(_lines(stream, encoding), SAMPLE_LINES)]
    return Layout(encoding=encoding, delimiter=max(DELIMITERS, key=lambda each: _fitness(sample, each)))


def rows(stream: IO[bytes], layout: Layout) -> Iterator[Row]:
    """The rows of the table from the beginning of the file, the titles first; empty lines are left out.

    Raises Unreadable for a workbook that is none, and for more rows than are taken.
    """
    limit = MAX_ROWS_XLSX if layout.workbook else MAX_ROWS_CSV
    found = _workbook_rows(stream) if layout.workbook else _csv_rows(stream, layout)
    for number, row in enumerate(found):
        if number > limit:
            raise Unreadable("too_many_rows", limit=limit)
        yield row


def titles(stream: IO[bytes], layout: Layout) -> list[str]:
    """The titles of the columns. Raises Unreadable when there is no table with at least two of them."""
    first = next(rows(stream, layout), None)
    cells = [clean(cell) for cell in (first.cells or ())] if first is not None else []
    while cells and not cells[-1]:
        cells.pop()
    if len(cells) < 2:
        raise Unreadable("no_table")
    if len(cells) > MAX_COLUMNS:
        raise Unreadable("too_many_columns", limit=MAX_COLUMNS)
    return [cell[:80] for cell in cells]


def clean(cell: str) -> str:
    """A cell as it is stored: blanks joined, signs that nobody sees left out."""
    text = " ".join(cell.split())
    return text if text.isprintable() else "".join(filter(str.isprintable, text))


def _fits(stream: IO[bytes], encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    stream.seek(0)
    try:
        while piece := stream.read(_PIECE):
            decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _fitness(lines: Sequence[str], delimiter: str) -> tuple[int, int]:
    """How well the lines are divided by `delimiter`: lines with as many cells as the first, and that many cells."""
    numbers = [len(_cells(line, delimiter) or ()) for line in lines]
    if not numbers or numbers[0] < 2:
        return 0, 0
    return numbers.count(numbers[0]), numbers[0]


def _workbook_rows(stream: IO[bytes]) -> Iterator[Row]:
    width = 0
    for number, texts in workbook_lines(stream, MAX_COLUMNS + 1):
        width = width or len(texts)
        # Empty cells at the end of a row are not in the file.
        yield Row(number, texts + [""] * (width - len(texts)))


def _csv_rows(stream: IO[bytes], layout: Layout) -> Iterator[Row]:
    for number, line, whole in _lines(stream, layout.encoding):
        if line.strip():
            cells = _cells(line, layout.delimiter) if whole else None
            yield Row(number, cells, damaged="\ufffd" in line)


def _lines(stream: IO[bytes], encoding: str) -> Iterator[tuple[int, str, bool]]:
    """The lines with their numbers; one that does not end is cut, and is not whole."""
    stream.seek(0)
    text = TextIOWrapper(stream, encoding=encoding, errors="replace", newline="")
    number = 0
    try:
        while line := text.readline(LONGEST_LINE):
            number += 1
            whole = len(line) < LONGEST_LINE or line.endswith(("\n", "\r"))
            yield number, line, whole
            while not whole and (rest := text.readline(LONGEST_LINE)):
                whole = rest.endswith(("\n", "\r"))
    finally:
        text.detach()


def _cells(line: str, delimiter: str) -> list[str] | None:
    """The cells of one line, or None. Line by line: a quotation mark that is never closed spoils one line only."""
    try:
        return next(csv.reader((line.rstrip("\r\n"),), delimiter=delimiter, strict=True), None)
    except csv.Error:
        return None
