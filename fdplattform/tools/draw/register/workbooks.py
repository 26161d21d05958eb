"""Read the first sheet of a workbook line by line, in bounded memory, whoever has made the file."""

import zipfile
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from io import BufferedReader, RawIOBase
from typing import IO, Any
from xml.parsers.expat import ParserCreate

from fdplattform.tools.draw.register.faults import Unreadable

#: A workbook is a compressed archive: what it unpacks to is limited too.
MAX_UNPACKED = 1024**3
#: Its texts and formats are in memory as a whole.
MAX_IN_MEMORY = 64 * 1024**2
#: No workbook has more lines; a forged number of a line would make the ones before it, one by one.
LAST_LINE = 1_048_576
#: No workbook has more columns. Empty ones cost nothing: some programs write them all.
LAST_COLUMN = 16_384
#: No cell of a register is longer.
LONGEST_CELL = 10_000
#: Bytes of memory, about: for a line as a whole, for all that stands in no line, and for one element.
MAX_LINE = 8 * 1024**2
MAX_AROUND = 256 * 1024**2
_ELEMENT = 100
#: So much of a file may be a single mark, e.g. a comment.
_LONGEST_MARK = 1024**2
_SHEETS = "xl/worksheets/"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINE, _CELL = f"{_MAIN}row", f"{_MAIN}c"


def workbook_lines(stream: IO[bytes], columns: int) -> Iterator[tuple[int, list[str]]]:
    """Each line that is not empty: its number, and the texts of its first `columns` cells.

    Raises Unreadable for a workbook that is none, or that would fill the memory.
    """
    stream.seek(0)
    try:
        # Large, and needed by few: not every process shall carry it.
        from openpyxl.reader.excel import ExcelReader

        _check_size(stream)
        stream.seek(0)
        # What a formula once made out is read, and nothing is calculated.
        reader = ExcelReader(stream, read_only=True, data_only=True, keep_links=False)
        reader.archive = _WatchedArchive(stream)
        reader.read()
        sheet = reader.wb.worksheets[0]
        # Many programs write down a wrong size of the table: rows and columns beyond it would be lost.
        sheet.reset_dimensions()
        for number, cells in enumerate(sheet.iter_rows(values_only=True, max_row=LAST_LINE), start=1):
            texts = [_text(cell) for cell in cells[:columns]]
            if any(texts):
                yield number, texts
    except Unreadable:
        raise
    # Whatever a damaged archive makes the library raise, its reader cannot do anything about it but save it anew.
    except Exception as error:
        raise Unreadable("no_workbook") from error


def _check_size(stream: IO[bytes]) -> None:
    """Raises Unreadable for a workbook that unpacks to more than a register needs."""
    with zipfile.ZipFile(stream) as archive:
        members = archive.infolist()
    in_memory = sum(member.file_size for member in members if not member.filename.startswith(_SHEETS))
    if in_memory > MAX_IN_MEMORY or sum(member.file_size for member in members) > MAX_UNPACKED:
        raise Unreadable("too_large")


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime | date):
        return cell.strftime("%Y-%m-%d")
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


class _WatchedArchive(zipfile.ZipFile):
    """An archive whose XML is watched while it is read."""

    def open(self, name: str | zipfile.ZipInfo, *words: Any, **options: Any) -> IO[bytes]:
        found = super().open(name, *words, **options)
        title = name if isinstance(name, str) else name.filename
        return BufferedReader(_Watched(found)) if title.endswith((".xml", ".rels")) else found


class _Watched(RawIOBase):
    """A part of the workbook, each piece of which is looked at before openpyxl makes lines and cells of it."""

    def __init__(self, part: IO[bytes]) -> None:
        self._part, self._watch = part, _Watch()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        piece = self._part.read(len(buffer))
        self._watch.see(piece)
        buffer[: len(piece)] = piece
        return len(piece)

    def close(self) -> None:
        self._part.close()
        super().close()


class _Watch:
    """Adds up what is held in memory at one time: a line with its cells, and all that stands around the lines.

    openpyxl has each line in memory before it gives it away, however long it is.
    """

    def __init__(self) -> None:
        self._parser = ParserCreate(namespace_separator="}")
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters
        self._lines = self._cells = self._unseen = 0
        self._cell = self._line = self._around = 0
        self._in_line = False

    def see(self, piece: bytes) -> None:
        """Look at the next piece. Raises Unreadable when it is too much, and ExpatError when it is no XML."""
        self._unseen += len(piece)
        self._parser.Parse(piece)
        if self._unseen > _LONGEST_MARK:
            raise Unreadable("too_large")

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == _LINE:
            self._begin_line()
        elif name == _CELL and self._in_line:
            self._begin_cell()
        self._add(_ELEMENT + sum(map(len, attributes.values())), 0)

    def _begin_line(self) -> None:
        self._lines += 1
        self._in_line, self._cells, self._cell, self._line = True, 0, 0, 0
        if self._lines > LAST_LINE:
            raise Unreadable("too_many_rows", limit=LAST_LINE)

    def _begin_cell(self) -> None:
        self._cells, self._cell = self._cells + 1, 0
        if self._cells > LAST_COLUMN:
            raise Unreadable("too_many_columns", limit=LAST_COLUMN)

    def _end(self, name: str) -> None:
        self._unseen = 0
        if name == _LINE:
            self._in_line = False

    def _characters(self, text: str) -> None:
        self._add(len(text), len(text))

    def _add(self, size: int, characters: int) -> None:
        self._unseen = 0
        if not self._in_line:
            self._around += size
        else:
            self._line += size
            self._cell += characters
        if self._cell > LONGEST_CELL:
            raise Unreadable("long_cell", limit=LONGEST_CELL)
        if self._line > MAX_LINE or self._around > MAX_AROUND:
            raise Unreadable("too_large")
