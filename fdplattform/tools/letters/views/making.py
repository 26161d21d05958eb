"""Letters are made, downloaded, taken to the post, or discarded."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from pyramid.httpexceptions import HTTPNotFound, HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from fdplattform.errors import Conflict, DomainError
from fdplattform.events.access import journal_access
from fdplattform.events.justifying import FIELD, justification_field
from fdplattform.files.download import file_response
from fdplattform.forms import Button, Flag, FormSchema, handle, make_form
from fdplattform.security.permissions import Permission
from fdplattform.tools.letters.composing import compose
from fdplattform.tools.letters.kinds import Recipient
from fdplattform.tools.letters.lookup import files_of, keys_in, progress_of
from fdplattform.tools.letters.messages import _
from fdplattform.tools.letters.models import AT_WORK, LetterFile, RunState
from fdplattform.tools.letters.rendering import STYLESHEET, make_page
from fdplattform.tools.letters.resources import KindResource, RunResource
from fdplattform.tools.letters.retention import last_day
from fdplattform.tools.letters.runs import (
    Incomplete,
    audience_of,
    check_complete,
    discard,
    gaps_of,
    in_postal_order,
    moment_of,
    objections_to,
    post,
    request_letters,
)
from fdplattform.tools.letters.schemas import PostSchema
from fdplattform.tools.letters.views.missing import missing_facts
from fdplattform.tools.letters.views.texts import kind_page, occasion_of
from fdplattform.web.ids import parse_id
from fdplattform.web.private import keep_private
from fdplattform.web.spreadsheets import csv_response
from fdplattform.web.tree import nearest

PAGE = "fdplattform.templates:letters/run.pt"
COLUMNS = (
    _("Name"),
    _("Street"),
    _("Postal code"),
    _("Town"),
    _("Language"),
    _("Code"),
    _("Address of the code"),
)


@view_config(
    context=KindResource,
    name="erstellen",
    permission=Permission.LETTER_WRITE,
    renderer="fdplattform.templates:letters/kind.pt",
    request_method="POST",
)
def make(context: KindResource, request: Request) -> Any:
    """Ask a worker for all letters."""
    here = request.resource_path(context)
    try:
        leave_out = bool(request.POST.get("leave_out"))
        run = request_letters(request.db, request.registry, context.desk, leave_out=leave_out)
    except Conflict:
        raise
    except Incomplete as refusal:
        request.response.status_int = refusal.status
        return {**kind_page(context, request), "refusal": refusal.message}
    except DomainError as refusal:
        request.flash(refusal.message, "warning")
        return HTTPSeeOther(here)
    return HTTPSeeOther(f"{here}{run.id}/")


@view_config(
    context=KindResource,
    name="begruenden",
    permission=Permission.LETTER_WRITE,
    renderer="fdplattform.templates:letters/justify.pt",
)
def make_all_the_same(context: KindResource, request: Request) -> Any:
    """Ask for all letters although the format warns of it, with a reason."""
    desk, here = context.desk, request.resource_path(context)
    objections = objections_to(request.db, request.registry, desk, desk.now)
    missing = missing_facts(context, request, occasion_of(context, request))
    if objections.blocked or not objections.warnings or (missing and request.method == "GET"):
        return HTTPSeeOther(here)

    def on_valid(values: dict[str, Any]) -> str:
        leave_out = values.get("leave_out", False)
        run = request_letters(request.db, request.registry, desk, values[FIELD], leave_out=leave_out)
        return f"{here}{run.id}/"

    schema = FormSchema()
    schema.add(justification_field())
    people = len(audience_of(request.db, desk.event, desk.kind).incomplete)
    if people:
        title = _("Who has no complete address gets no letter for now (people: ${number})", mapping={"number": people})
        schema.add(Flag(name="leave_out", must=True, title=title))
    form = make_form(schema, request, buttons=(Button(title=_("Make all letters")),), cancel=here)
    return handle(
        request, form, on_valid=on_valid, title=desk.kind.title, objections=objections, place=context.event_href
    )


@view_config(
    context=KindResource,
    name="unvollstaendig",
    permission=Permission.LETTER_WRITE,
    renderer="fdplattform.templates:letters/incomplete.pt",
    request_method="GET",
)
def incomplete(context: KindResource, request: Request) -> dict[str, Any]:
    """Who gets no letter because the address is not complete, what is missing, and where it is completed."""
    people = audience_of(request.db, context.desk.event, context.kind).incomplete
    journal_access(context, "letter:incomplete", kind=context.kind.title, people=len(people))
    keep_private(request)
    return {
        "title": _("Without a complete address"),
        "people": [
            (person, gaps_of(person), person.page and f"{context.event_href}/{person.page}") for person in people
        ],
        "back": request.resource_path(context),
    }


@view_config(context=RunResource, name="", permission=Permission.LETTER_READ, renderer=PAGE, request_method="GET")
@view_config(context=RunResource, name="", permission=Permission.LETTER_WRITE, renderer=PAGE, request_method="POST")
def run_page(context: RunResource, request: Request) -> Any:
    """How far the letters are; then their files, and the form that says when they were posted."""
    run, desk, kind = context.run, context.desk, nearest(context, KindResource)
    here = request.resource_path(context)
    zone = ZoneInfo(request.fdp.time_zone)
    today = request.now.astimezone(zone).date()
    cancelled = run.state is RunState.CANCELLED
    may_write = request.has_permission(Permission.LETTER_WRITE, context)
    page = {
        "title": desk.kind.title,
        "run": run,
        "here": here,
        "may_write": may_write,
        "back": request.resource_path(context.__parent__),
        "at_work": run.state in AT_WORK,
        # The rest of the page is as old as it is: only the state was asked for.
        "polled": "HX-Request" in request.headers,
        "progress": progress_of(request.db, run),
        "cancelled": cancelled,
        "objections": None,
        "missing": missing_facts(kind, request, occasion_of(kind, request)) if run.state in AT_WORK else [],
        "place": kind.event_href,
        "files": [] if cancelled else files_of(request.db, run.id),
        "kept_until": None if cancelled or run.cleared_at else last_day(request.db, desk.event, desk.kind, run, zone),
    }
    if run.state is not RunState.DONE or run.active_key is None or not may_write:
        return {**page, "form": None}
    day = _typed_day(request) or today
    objections = objections_to(request.db, request.registry, desk, moment_of(day, request.now, zone))
    page["objections"] = objections
    if objections.blocked and request.method == "GET":
        return {**page, "form": None}

    def on_valid(values: dict[str, Any]) -> str:
        reason = values.get(FIELD, "")
        post(request.db, request.registry, desk, run, on=values["posted_on"], zone=zone, justification=reason)
        request.flash(_("The letters count as sent."))
        return str(here)

    schema = PostSchema()
    if objections.warnings:
        schema.add(justification_field())
    form = make_form(schema, request, buttons=(Button(title=_("The letters are posted")),))
    return handle(request, form, on_valid=on_valid, values={"posted_on": today}, **page)


@view_config(
    context=RunResource,
    name="verwerfen",
    permission=Permission.LETTER_WRITE,
    renderer="fdplattform.templates:letters/discard.pt",
)
def discard_run(context: RunResource, request: Request) -> Any:
    """Throw letters away that are not posted, after asking once more."""
    if request.method == "POST":
        discard(request.db, context.desk, context.run)
        request.flash(_("The letters are discarded. You can change the text now and make them again."))
        return HTTPSeeOther(request.resource_path(context.__parent__))
    return {"title": _("Discard these letters?"), "run": context.run, "back": request.resource_path(context)}


@view_config(
    context=RunResource, name="datei", permission=Permission.LETTER_READ, request_method="GET", takes_subpath=True
)
def download(context: RunResource, request: Request) -> Response:
    """A file of letters to print."""
    file = _file(context, request)
    if file.file_id is None:
        raise HTTPNotFound()
    _journal(context, letters=file.letters)
    response = file_response(request, file.file_id, download=True)
    response.headers["Cache-Control"] = "no-store"
    return response


@view_config(
    context=RunResource, name="druck", permission=Permission.LETTER_READ, request_method="GET", takes_subpath=True
)
def printed(context: RunResource, request: Request) -> Response:
    """The letters of a file as a page for the browser's printer, where no PDF can be made."""
    file = _file(context, request)
    people = _people(context, request, file.number)
    occasion = occasion_of(nearest(context, KindResource), request)
    try:
        check_complete(occasion)
    except Incomplete as refusal:
        request.flash(refusal.message, "warning")
        return HTTPSeeOther(request.resource_path(context.__parent__))
    _journal(context, letters=len(people))
    letters = [compose(occasion, person) for person in people]
    response = Response(make_page(letters, stylesheet=request.asset(STYLESHEET)))
    response.headers["Cache-Control"] = "no-store"
    return response


@view_config(context=RunResource, name="liste.csv", permission=Permission.LETTER_READ, request_method="GET")
def export(context: RunResource, request: Request) -> Response:
    """Everybody in these letters as a table, for a printing house."""
    kind = nearest(context, KindResource).kind
    people = _people(context, request)
    _journal(context, letters=len(people))
    translate = request.localizer.translate
    own = [each for each in kind.placeholders if each.example is not None]
    header = [translate(title) for title in (*COLUMNS, *(each.title for each in own))]
    rows = _rows(people, [each.name for each in own])
    response = csv_response(f"briefe-{kind.id}-{context.run.id}.csv", header, rows)
    response.headers["Cache-Control"] = "no-store"
    return response


def _typed_day(request: Request) -> date | None:
    """The day in the form that was sent: what speaks against posting depends on it."""
    try:
        return date.fromisoformat(request.POST.get("posted_on", ""))
    except ValueError:
        return None


def _rows(people: list[Recipient], names: list[str]) -> Iterator[list[Any]]:
    for person in people:
        address = (person.name, person.street, person.postal_code, person.city, person.language)
        yield [*address, person.code, person.code_url, *(person.values.get(name) for name in names)]


def _people(context: RunResource, request: Request, number: int | None = None) -> list[Recipient]:
    """Who has a letter in the run (in one of its files), as the post wants it; not who was erased since."""
    keys = keys_in(request.db, context.run.id, number)
    kind, event = context.desk.kind, context.desk.event
    found = in_postal_order(person for person in kind.recipients(request.db, event) if person.key in keys)
    if not found:
        raise HTTPNotFound()
    return found


def _file(context: RunResource, request: Request) -> LetterFile:
    number = parse_id(request.subpath[0]) if len(request.subpath) == 1 else None
    file = None if number is None else request.db.get(LetterFile, (context.run.id, number))
    if file is None:
        raise HTTPNotFound()
    return file


def _journal(context: RunResource, letters: int) -> None:
    journal_access(context, "letter:read", kind=context.desk.kind.title, letters=letters)
