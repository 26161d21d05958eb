"""`…/register`: upload an extract, watch it being read, see what it holds, delete it."""

import csv
import io
from collections.abc import Iterator
from typing import Any

from pyramid.httpexceptions import HTTPNotFound, HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from fdplattform.errors import Conflict
from fdplattform.files.services import chunks
from fdplattform.forms import Button, UploadedFile, handle, make_form
from fdplattform.security.permissions import Permission
from fdplattform.tools.draw.criteria.models import Criterion
from fdplattform.tools.draw.criteria.services import criteria_of, set_shares
from fdplattform.tools.draw.register import services
from fdplattform.tools.draw.register.columns import TITLES, Field, criterion_key, register_criteria
from fdplattform.tools.draw.register.faults import PROBLEMS, Problem, failure_text
from fdplattform.tools.draw.register.messages import _
from fdplattform.tools.draw.register.models import Extract, ExtractState
from fdplattform.tools.draw.register.resources import Register
from fdplattform.tools.draw.register.schemas import UploadSchema
from fdplattform.tools.draw.register.standing import is_at_work, work_of
from fdplattform.web.spreadsheets import csv_response

#: The file, and a little for the form around it.
MAX_BODY = services.MAX_SIZE + 1024 * 1024
#: So many quarters of the register are named, where one was chosen that it does not know.
QUARTERS = 30


@view_config(
    context=Register,
    name="",
    permission=Permission.REGISTER_READ,
    renderer="fdplattform.templates:draw/register/page.pt",
    max_body=MAX_BODY,
)
def page(context: Register, request: Request) -> Any:
    """Where the extract stands; without one, the form to upload it."""
    extract = services.active_extract(request.db, context.event.id)
    shown = {
        "title": _("Residents' register"),
        "here": request.resource_path(context),
        "samples": services.samples_of(request.db, context.event.id),
        "sample_href": request.resource_path(context.__parent__, "stichprobe"),
        "criteria_href": request.resource_path(context.__parent__, "kriterien"),
        "extract": extract,
        "at_work": extract is not None and is_at_work(extract),
    }
    if extract is not None:
        if request.method == "POST":
            raise Conflict(_("There is an extract already. Draw the sample from it, or delete it first."))
        return {**shown, **_standing(context, request, extract)}
    form = make_form(UploadSchema(), request, buttons=(Button(title=_("Upload")),))
    keep_days = services.KEEP_FILE.days
    return handle(
        request, form, on_valid=lambda values: _upload(context, request, values["file"]), keep_days=keep_days, **shown
    )


def _upload(context: Register, request: Request, file: UploadedFile) -> str:
    services.upload(
        request.db,
        context.event,
        file.file,
        name=file.name,
        media_type=file.content_type,
        actor=request.identity.actor,
        now=request.now,
    )
    return str(request.resource_path(context, "spalten"))


def _standing(context: Register, request: Request, extract: Extract) -> dict[str, Any]:
    criteria = criteria_of(request.db, context.event.id)
    return {
        "form": None,
        "work": work_of(request.db, extract),
        "failure": failure_text(extract.failure) if extract.failure else None,
        "ready": extract.state is ExtractState.READ,
        "problems": [
            (line, PROBLEMS[Problem(code)], column_title(extract, criteria, key))
            for line, code, key in extract.problems
        ],
        "empty_quarters": extract.counts.get("empty_quarters", []),
        "quarters": [value for value, _rows in extract.found.get(Field.QUARTER, ()) if value][:QUARTERS],
        "can_sort": any(criterion_key(each) in extract.found for each in register_criteria(criteria)),
        "has_shares": bool(extract.counts.get("categories")),
    }


def column_title(extract: Extract, criteria: list[Criterion], key: str) -> Any:
    """How the extract calls the column, or what is in it when it has no title; empty for a whole line."""
    if not key:
        return ""
    number = extract.mapping.get(key)
    if number is not None and number < len(extract.columns) and extract.columns[number]:
        return extract.columns[number]
    titles = {criterion_key(criterion): criterion.title for criterion in criteria}
    return TITLES[Field(key)] if key in set(Field) else titles.get(key, "")


@view_config(context=Register, name="probleme.csv", permission=Permission.REGISTER_READ, request_method="GET")
def download_problems(context: Register, request: Request) -> Response:
    """All problems of the extract with their lines, for whoever mends it. No names are in it."""
    extract = services.active_extract(request.db, context.event.id)
    if extract is None:
        raise HTTPNotFound
    criteria = criteria_of(request.db, context.event.id)
    translate = request.localizer.translate
    titles = {key: translate(column_title(extract, criteria, key)) for key in extract.mapping}
    words = {problem.value: translate(text) for problem, text in PROBLEMS.items()}
    # Read now: the answer is sent when the request's session is closed.
    content = b"".join(chunks(request.db, extract.problems_file_id or 0)).decode()

    def rows() -> Iterator[tuple[int, str, str]]:
        for line, code, key in csv.reader(io.StringIO(content)):
            yield int(line), titles.get(key, ""), words[code]

    header = [translate(_("Line")), translate(_("Column")), translate(_("What is wrong"))]
    return csv_response("probleme.csv", header, rows())


@view_config(context=Register, name="anteile", permission=Permission.REGISTER_READ, request_method="POST")
def take_shares(context: Register, request: Request) -> Response:
    """Write the shares of the population, as the extract has them, to the criteria."""
    extract = services.active_extract(request.db, context.event.id)
    if extract is None or extract.state is not ExtractState.READ:
        raise Conflict(_("The extract is being worked on, or it is over. Look at where it stands now."))
    shares = services.shares_of(criteria_of(request.db, context.event.id), extract)
    set_shares(request.db, context.event, shares, actor=request.identity.actor)
    request.flash(_("The shares were taken over. Now you can have quotas proposed from them."))
    return HTTPSeeOther(request.resource_path(context.__parent__, "kriterien"))


@view_config(context=Register, name="nochmal", permission=Permission.REGISTER_READ, request_method="POST")
def read_again(context: Register, request: Request) -> Response:
    """Have the extract read once more, e.g. because criteria were changed, or the worker gave up."""
    extract = services.active_extract(request.db, context.event.id)
    if extract is None:
        raise Conflict(_("The extract is deleted already."))
    services.read_again(request.db, context.event, extract, actor=request.identity.actor)
    return HTTPSeeOther(request.resource_path(context))


@view_config(
    context=Register,
    name="loeschen",
    permission=Permission.REGISTER_READ,
    renderer="fdplattform.templates:findings/confirm.pt",
)
def delete(context: Register, request: Request) -> Any:
    """Delete the extract, after asking once more."""
    back = request.resource_path(context)
    extract = services.active_extract(request.db, context.event.id)
    if extract is None:
        return HTTPSeeOther(back)
    if request.method == "POST":
        services.discard(request.db, context.event, extract, actor=request.identity.actor)
        request.flash(_("The extract was deleted. To draw a sample, upload another one."))
        return HTTPSeeOther(back)
    return {
        "title": _("Delete the extract"),
        "thing": _("The uploaded extract of the register"),
        "explanation": _("The file is deleted for good. People who were drawn from an earlier extract stay."),
        "here": request.path,
        "back": back,
    }
