"""CSV files: what was written comes back, and nothing in them calculates."""

import csv
from io import StringIO

from hypothesis import example, given
from hypothesis import strategies as st

from fdplattform.web.spreadsheets import csv_lines, safe_cell

printable = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30)


@given(printable)
@example("=1+1")
@example("  @SUM(A1)")
@example("＝1+1")
def test_a_cell_never_begins_like_a_formula(text):
    assert not safe_cell(text).lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"))
    assert safe_cell(text).removeprefix("'") == text.removeprefix("'")


def test_numbers_stay_numbers_and_nothing_is_empty():
    assert [safe_cell(value) for value in (-5, 1.5, None)] == ["-5", "1.5", ""]


@given(st.lists(st.lists(printable, min_size=2, max_size=2), max_size=5))
def test_the_file_has_the_rows_that_were_given(rows):
    content = b"".join(csv_lines(["a", "b"], rows))
    assert content.startswith(b"\xef\xbb\xbf")
    read = list(csv.reader(StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert read == [["a", "b"], *([safe_cell(cell) for cell in row] for row in rows)]
