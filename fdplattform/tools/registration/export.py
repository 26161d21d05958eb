"""The list as a file for spreadsheets."""

from collections.abc import Iterator
from typing import Any

from pyramid.request import Request
from pyramid.response import Response

from fdplattform.events.models import Event, EventDate
from fdplattform.tools.needs import interpreter_name
from fdplattform.tools.registration.lists import Filter, export_rows
from fdplattform.tools.registration.messages import _
from fdplattform.tools.registration.models import Registration
from fdplattform.tools.registration.words import SOURCES, STATES
from fdplattform.web.spreadsheets import csv_response

CONTACT_AND_NEEDS = (
    _("E-mail"),
    _("Telephone"),
    _("Interpreter"),
    _("Children to look after"),
    _("Needed to take part"),
)
COLUMNS = (
    _("Number"),
    _("Date"),
    _("Status"),
    _("Name"),
    _("People"),
    *CONTACT_AND_NEEDS,
    _("Came in"),
    _("Entered"),
    _("Attended"),
)


def contact_and_needs(request: Request, found: Registration) -> tuple[Any, ...]:
    """What stands below `CONTACT_AND_NEEDS`; None for what is not known."""
    interpreter = interpreter_name(request, found.interpreter) if found.interpreter else None
    return (found.email, found.phone, interpreter, found.children or None, found.access_needs)


def export(request: Request, event: Event, wanted: Filter) -> Response:
    """The list as a file. It is streamed from a session of its own: the request's is over before the body is sent."""
    translate, fmt, sessions = request.localizer.translate, request.fmt, request.registry.sessions
    states = {status: translate(word) for status, (_kind, word) in STATES.items()}
    sources = {source: translate(word) for source, word in SOURCES.items()}

    def cells(found: Registration, date: EventDate) -> list[Any]:
        return [
            found.number,
            fmt.datetime(date.starts_at),
            states[found.status],
            found.name,
            found.people,
            *contact_and_needs(request, found),
            sources[found.source],
            fmt.datetime(found.entered_at),
            found.attended,
        ]

    def rows() -> Iterator[list[Any]]:
        with sessions() as session:
            for found, date in export_rows(session, event.id, wanted):
                yield cells(found, date)

    return csv_response(f"teilnehmende-{event.slug}.csv", [translate(column) for column in COLUMNS], rows())
