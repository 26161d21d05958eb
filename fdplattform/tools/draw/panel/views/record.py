"""`…/auslosung-nachweis`: what everybody can read, download and verify, and the page for the evening of the draw."""

from importlib.resources import files
from typing import Any

from pyramid.httpexceptions import HTTPNotFound
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from fdplattform.security.permissions import Permission
from fdplattform.tools.draw.panel.messages import _
from fdplattform.tools.draw.panel.published import (
    left_out,
    published_run,
    read_out,
    record_of,
    replaced,
    seats_of,
    withdrawn_runs,
)
from fdplattform.tools.draw.panel.resources import DrawRecord
from fdplattform.tools.draw.panel.views.common import json_file
from fdplattform.tools.draw.panel.views.figures import figures_of
from fdplattform.tools.draw.panel.words import OUTCOMES

SCRIPT = "verify_draw.py"
ENTRY_SCRIPT = "verify_entry.py"


def _page(context: DrawRecord, request: Request) -> dict[str, Any]:
    event = context.event_resource.event
    run = published_run(request.db, event.id)
    record = record_of(run) if run is not None else None
    return {
        "here": request.resource_path(context),
        "event_href": request.resource_path(context.event_resource),
        "event_title": context.event_resource.texts.get(event, "title"),
        "run": run,
        "checksum": read_out(run.commitment) if run is not None and run.commitment else [],
        "seats": seats_of(record) if record is not None else [],
        "replaced": replaced(record) if record is not None else 0,
        "left_out": left_out(record) if record is not None else 0,
    }


@view_config(
    context=DrawRecord,
    name="",
    permission=Permission.EVENT_VIEW,
    renderer="fdplattform.templates:draw/panel/record.pt",
    request_method="GET",
    shared_page=True,
)
def show(context: DrawRecord, request: Request) -> dict[str, Any]:
    """The public record in words and figures, and how it is verified."""
    page = _page(context, request)
    run = page["run"]
    withdrawn = withdrawn_runs(request.db, context.event_resource.event.id)
    return {
        **page,
        "title": _("How the lots were drawn") if run is not None else _("How the lots will be drawn"),
        "figures": figures_of(request, run, public=True) if run is not None else None,
        "outcome": OUTCOMES.get(run.outcome) if run is not None else None,
        "withdrawn": [(each, read_out(each.commitment or "")) for each in withdrawn],
        "record_file": record_name(context),
    }


@view_config(
    context=DrawRecord,
    name="abend",
    permission=Permission.EVENT_VIEW,
    renderer="fdplattform.templates:draw/panel/evening.pt",
    request_method="GET",
)
def evening(context: DrawRecord, request: Request) -> dict[str, Any]:
    """For the projector: the checksum, then the number and who sits, as pseudonyms."""
    page = _page(context, request)
    if page["run"] is None:
        raise HTTPNotFound()
    return {**page, "title": _("The draw")}


@view_config(context=DrawRecord, name="protokoll.json", permission=Permission.EVENT_VIEW, request_method="GET")
def download(context: DrawRecord, request: Request) -> Response:
    """The public record."""
    event = context.event_resource.event
    run = published_run(request.db, event.id)
    if run is None or run.public is None:
        raise HTTPNotFound()
    return json_file(record_name(context), run.public)


def record_name(context: DrawRecord) -> str:
    """What the downloaded record is called."""
    return f"auslosung-{context.event_resource.event.slug}.json"


@view_config(context=DrawRecord, name=SCRIPT, permission=Permission.EVENT_VIEW, request_method="GET")
@view_config(context=DrawRecord, name=ENTRY_SCRIPT, permission=Permission.EVENT_VIEW, request_method="GET")
def script(_context: DrawRecord, request: Request) -> Response:
    """The scripts with which everybody checks the record, and the own entry in it, without this program."""
    name = request.view_name
    text = (files("fdplattform.tools.draw") / "engine" / name).read_text(encoding="utf-8")
    return Response(
        text, content_type="text/x-python", charset="utf-8", content_disposition=f'attachment; filename="{name}"'
    )
