"""From bytes to rows: encodings, separators, workbooks; and what is no table."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook

from fdplattform.files.kinds import XLSX
from fdplattform.testing.registers import TITLES
from fdplattform.tools.draw.register import workbooks
from fdplattform.tools.draw.register.faults import Unreadable, failure_text
from fdplattform.tools.draw.register.tables import WORKBOOK, Layout, detect, rows, titles
from fdplattform.tools.draw.register.workbooks import LAST_COLUMN, MAX_IN_MEMORY
from tests.tools.draw.register.conftest import csv_of, row


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "latin-1"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_encoding_and_separator_are_found(encoding: str, delimiter: str) -> None:
    text = row(family="Müller", street="Große Straße").replace(";", delimiter)
    stream = BytesIO(csv_of(text, titles=delimiter.join(TITLES)).decode().encode(encoding))
    layout = detect(stream, "text/csv")
    assert layout.delimiter == delimiter
    assert titles(stream, layout) == list(TITLES)
    (_title, found) = rows(stream, layout)
    assert found.cells is not None
    assert found.cells[0] == "Müller"
    assert not found.damaged


def test_windows_characters_are_found() -> None:
    stream = BytesIO(csv_of(row(family="O’Brien")).decode().encode("cp1252"))
    assert detect(stream, "text/csv").encoding == "cp1252"


def test_wrong_encoding_is_noticed_line_by_line() -> None:
    stream = BytesIO(csv_of(row(street="Weg"), row(street="Straße")).decode().encode("latin-1"))
    found = list(rows(stream, Layout(encoding="utf-8-sig", delimiter=";")))
    assert [each.damaged for each in found] == [True, False, True]


def test_a_workbook_is_read_like_a_table_and_nothing_is_calculated() -> None:
    book = Workbook()
    sheet = book.active
    sheet.append(["Familienname", "Vorname", "Geburtsdatum", "PLZ", "Kinder"])
    sheet.append(["Maier", "Anna", date(1980, 2, 1), 1067, 2.0])
    sheet.append([None] * 5)
    sheet.append(["Rossi", "=1+1", "31.12.1999", 70999, 2.5])
    stream = BytesIO()
    book.save(stream)
    found = list(rows(stream, WORKBOOK))
    assert [each.line for each in found] == [1, 2, 4]
    assert found[1].cells == ["Maier", "Anna", "1980-02-01", "1067", "2"]
    # The formula was never calculated by anybody: there is nothing to read.
    assert found[2].cells == ["Rossi", "", "31.12.1999", "70999", "2.5"]


def workbook_with(name: str, change: Callable[[bytes], bytes]) -> BytesIO:
    """A workbook with two rows, of which one part was changed by hand."""
    book, stream, changed = Workbook(), BytesIO(), BytesIO()
    book.active.append(["Familienname", "Vorname", "Ortsteil"])
    book.active.append(["Maier", "Anna"])
    book.save(stream)
    with ZipFile(stream) as old, ZipFile(changed, "w", ZIP_DEFLATED) as new:
        for member in set(old.namelist()) - {name}:
            new.writestr(member, old.read(member))
        assert change(old.read(name)) != old.read(name)
        new.writestr(name, change(old.read(name)))
    return changed


def test_a_workbook_that_lies_about_its_size_is_read_as_a_whole() -> None:
    sheet = "xl/worksheets/sheet1.xml"
    stream = workbook_with(sheet, lambda content: content.replace(b'ref="A1:C2"', b'ref="A1"'))
    assert [each.cells for each in rows(stream, WORKBOOK)] == [
        ["Familienname", "Vorname", "Ortsteil"],
        ["Maier", "Anna", ""],
    ]


def test_a_forged_number_of_a_line_makes_no_empty_lines() -> None:
    sheet = "xl/worksheets/sheet1.xml"
    stream = workbook_with(sheet, lambda content: content.replace(b'<row r="2"', b'<row r="999999999999"'))
    assert [each.line for each in rows(stream, WORKBOOK)] == [1]


def test_a_workbook_whose_texts_would_fill_the_memory_is_refused() -> None:
    stream = workbook_with("xl/styles.xml", lambda content: content + b" " * MAX_IN_MEMORY)
    with pytest.raises(Unreadable, match="too_large"):
        list(rows(stream, WORKBOOK))


SHEET = "xl/worksheets/sheet1.xml"
SECOND_LINE = b'<row r="2"'


@pytest.mark.parametrize(
    ("forged", "code"),
    [
        (b'<row r="2">' + b"<c/>" * (LAST_COLUMN + 1) + b"</row>", "too_many_columns"),
        (b'<row r="2"><c t="inlineStr"><is><t>' + b"x" * 10_001 + b"</t></is></c></row>", "long_cell"),
        (b'<row r="2"><c t="str"><v>' + b"x" * 10_001 + b"</v></c></row>", "long_cell"),
        (b'<row r="2">' + (b"<c><v>" + b"1" * 9_000 + b"</v></c>") * 1_000 + b"</row>", "too_large"),
        (b'<row r="2">' + b"<c><x/><x/></c>" * 16_000 + b"<x/>" * 60_000 + b"</row>", "too_large"),
        (b'<row r="1"/>' * 1_001, "too_many_rows"),
        (b"<x/>" * 30_000, "too_large"),
        (b"<!--" + b"x" * 2_000_000 + b"-->", "too_large"),
    ],
    ids=[
        "columns",
        "inline text",
        "value",
        "texts of a line",
        "elements",
        "lines of one number",
        "no lines",
        "comment",
    ],
)
def test_a_line_that_would_fill_the_memory_is_refused(
    monkeypatch: pytest.MonkeyPatch, forged: bytes, code: str
) -> None:
    monkeypatch.setattr(workbooks, "LAST_LINE", 1_000)
    monkeypatch.setattr(workbooks, "MAX_AROUND", 2 * 1024**2)
    stream = workbook_with(SHEET, lambda content: content.replace(SECOND_LINE, forged + SECOND_LINE))
    with pytest.raises(Unreadable, match=code) as refused:
        list(rows(stream, WORKBOOK))
    assert "${" not in failure_text({"code": code, **refused.value.values}).interpolate()


def test_the_titles_are_bounded_too() -> None:
    forged = b'<row r="1">' + b"<c/>" * (LAST_COLUMN + 1) + b'</row><row r="1"'
    stream = workbook_with(SHEET, lambda content: content.replace(b'<row r="1"', forged))
    with pytest.raises(Unreadable, match="too_many_columns"):
        titles(stream, WORKBOOK)


def test_empty_cells_that_some_programs_write_do_no_harm() -> None:
    empty = b'<row r="2">' + b'<c s="0"/>' * LAST_COLUMN + b"</row>"
    stream = workbook_with(SHEET, lambda content: content.replace(SECOND_LINE, empty + SECOND_LINE))
    assert [each.line for each in rows(stream, WORKBOOK)] == [1]


def test_a_damaged_workbook_is_refused() -> None:
    with pytest.raises(Unreadable, match="no_workbook"):
        list(rows(BytesIO(b"PK\x03\x04 nothing"), WORKBOOK))
    assert detect(BytesIO(b""), XLSX.media_type) == WORKBOOK


@pytest.mark.parametrize("content", [b"", b"\n\n", b"one column\nx\n", b"x" * 30_000])
def test_what_is_no_table_is_refused(content: bytes) -> None:
    stream = BytesIO(content)
    with pytest.raises(Unreadable, match="no_table"):
        titles(stream, detect(stream, "text/csv"))
