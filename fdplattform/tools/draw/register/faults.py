"""What can be wrong with an extract, in words: with single rows, or with the whole."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from translationstring import TranslationString

from fdplattform.tools.draw.register.messages import _


class Unreadable(Exception):
    """The file as a whole cannot be read; `code` says why, see `FAILURES`."""

    def __init__(self, code: str, **values: Any) -> None:
        super().__init__(code)
        self.code, self.values = code, values


class Problem(StrEnum):
    """Why a row cannot be used."""

    BROKEN = "broken"
    DAMAGED = "damaged"
    EMPTY = "empty"
    LONG = "long"
    BAD_DATE = "bad_date"
    FUTURE_DATE = "future_date"
    TOO_OLD = "too_old"
    UNKNOWN_VALUE = "unknown_value"
    NO_BAND = "no_band"
    DUPLICATE = "duplicate"


PROBLEMS: Mapping[Problem, TranslationString] = {
    Problem.BROKEN: _("The line has not as many cells as there are titles, or a quotation mark is not closed."),
    Problem.DAMAGED: _("The line holds characters that the chosen encoding does not know."),
    Problem.EMPTY: _("The cell is empty."),
    Problem.LONG: _("The cell is too long."),
    Problem.BAD_DATE: _("There is no such day."),
    Problem.FUTURE_DATE: _("The date of birth is in the future."),
    Problem.TOO_OLD: _("Nobody is that old."),
    Problem.UNKNOWN_VALUE: _("Nobody has said yet to which category the value belongs."),
    Problem.NO_BAND: _("The age belongs to no category."),
    Problem.DUPLICATE: _("The same person stands in the extract before: counted once."),
}

#: Why the file as a whole cannot be read, or no sample can be drawn.
FAILURES: Mapping[str, TranslationString] = {
    "too_many_rows": _("The file has more than ${limit} rows."),
    "too_many_columns": _("The file has more than ${limit} columns."),
    "long_cell": _("A cell of the workbook has more than ${limit} characters: that is no register."),
    "no_table": _("In the first line there are no titles of columns. Choose another separator or another file."),
    "no_workbook": _("The workbook is damaged. Open it in your spreadsheet program and save it again."),
    "too_large": _("The workbook is too large. Save the table as CSV and upload that."),
    "nobody": _("Nobody in the extract can be written to."),
    "changed": _("The criteria, the age or the quarters were changed. Have the extract read once more."),
}


def failure_text(failure: Mapping[str, object]) -> TranslationString:
    """The sentence for what is stored of a failure."""
    return _(FAILURES[str(failure["code"])], mapping={key: value for key, value in failure.items() if key != "code"})
