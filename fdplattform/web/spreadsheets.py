"""Lists as CSV files that spreadsheets open: UTF-8 with a byte order mark, semicolons, and no cell that calculates."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from itertools import chain
from typing import Any

from pyramid.response import Response

#: A spreadsheet takes a cell that begins so for a formula (OWASP, "CSV injection").
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def safe_cell(value: Any) -> str:
    """`value` as text that no spreadsheet calculates. Numbers stay what they are; None is empty."""
    if value is None:
        return ""
    if isinstance(value, int | float):
        return str(value)
    text = str(value)
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text


def csv_lines(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """The file, line by line."""
    yield "\ufeff".encode()
    for row in chain([header], rows):
        yield _line(row)


def _line(row: Sequence[Any]) -> bytes:
    buffer = StringIO()
    csv.writer(buffer, delimiter=";").writerow([safe_cell(cell) for cell in row])
    return buffer.getvalue().encode()


def csv_response(filename: str, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> Response:
    """A download called `filename`. The rows are streamed: they may not need the request's database session."""
    return Response(
        app_iter=csv_lines(header, rows),
        content_type="text/csv",
        charset="utf-8",
        content_disposition=f'attachment; filename="{filename}"',
    )
