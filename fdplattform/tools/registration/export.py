"""The list as CSV: streamed, and harmless in a spreadsheet."""

import csv
import io
from collections.abc import Iterable, Iterator

from pyramid.request import Request

from fdplattform.events.models import EventDate
from fdplattform.tools.registration.lists import Filter, export_rows
from fdplattform.tools.registration.messages import _
from fdplattform.tools.registration.models import Registration
from fdplattform.tools.registration.schemas import interpreter_name
from fdplattform.tools.registration.words import SOURCES, STATES

#: A cell that begins so would be run as a formula (OWASP, "CSV Injection").
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

COLUMNS = (
    _("Number"),
    _("Date"),
    _("Status"),
    _("Name"),
    _("People"),
    _("E-mail"),
    _("Telephone"),
    _("Interpreter"),
    _("Children to look after"),
    _("Needed to take part"),
    _("Came in"),
    _("Entered"),
    _("Attended"),
)


def harmless(value: object) -> str:
    """`value` as a cell that no spreadsheet runs."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def csv_lines(request: Request, event_id: int, wanted: Filter) -> Iterator[bytes]:
    """The lines of the file. A session of its own: the request's is over before the body is sent.

    Begins with a byte order mark, without which Excel takes UTF-8 for something else.
    """
    translate = request.localizer.translate
    # What needs the request is made before it is over.
    fmt, sessions = request.fmt, request.registry.sessions
    states = {status: translate(word) for status, (_kind, word) in STATES.items()}
    sources = {source: translate(word) for source, word in SOURCES.items()}

    def cells(found: Registration, date: EventDate) -> list[object]:
        return [
            found.number,
            fmt.datetime(date.starts_at),
            states[found.status],
            found.name,
            found.people,
            found.email,
            found.phone,
            interpreter_name(request, found.interpreter) if found.interpreter else None,
            found.children or None,
            found.access_needs,
            sources[found.source],
            fmt.datetime(found.entered_at),
            found.attended,
        ]

    def lines() -> Iterator[bytes]:
        yield b"\xef\xbb\xbf"
        yield _line(translate(column) for column in COLUMNS)
        with sessions() as session:
            for found, date in export_rows(session, event_id, wanted):
                yield _line(cells(found, date))

    return lines()


def _line(cells: Iterable[object]) -> bytes:
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=";").writerow([harmless(cell) for cell in cells])
    return buffer.getvalue().encode()
