"""The pages of a format's own lists: made from the declaration, with a traffic light for dates that are due."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from pyramid.httpexceptions import HTTPNotFound, HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config
from translationstring import TranslationString, TranslationStringFactory

from fdplattform.errors import Conflict
from fdplattform.events import records
from fdplattform.events.facts import load_facts
from fdplattform.events.lights import traffic_light
from fdplattform.events.models import Event
from fdplattform.events.resources import EventResource
from fdplattform.events.shown import readable
from fdplattform.forms import Version, handle, make_form
from fdplattform.journal.services import record
from fdplattform.plugins.format import RecordList
from fdplattform.security.permissions import Permission
from fdplattform.web.ids import parse_id
from fdplattform.web.spreadsheets import csv_response

_ = TranslationStringFactory("fdplattform")


@view_config(
    context=EventResource,
    name="listen",
    permission=Permission.RECORD_EDIT,
    renderer="fdplattform.templates:events/records.pt",
    request_method="GET",
    takes_subpath=True,
)
def show_list(context: EventResource, request: Request) -> dict[str, Any] | Response:
    """The rows of the list named in the path; without a name, which lists there are."""
    format_ = context.format
    if format_ is None:
        raise HTTPNotFound()
    lists = [(found, request.resource_path(context, "listen", found.id)) for found in format_.data.lists]
    if not request.subpath:
        return {"title": _("Lists"), "lists": lists, "record_list": None}
    record_list = _list(context, request)
    return {
        "title": record_list.title,
        "lists": lists,
        "record_list": record_list,
        "columns": [node.title for node in record_list.schema().children],
        "rows": list(_rows(context, request, record_list)),
        "editable": record_list.editable_in(context.event.state),
        "add": request.resource_path(context, "eintrag", record_list.id),
        "csv": request.resource_path(context, "listen-export", record_list.id),
    }


@view_config(
    context=EventResource,
    name="listen-export",
    permission=Permission.RECORD_EDIT,
    request_method="GET",
    takes_subpath=True,
)
def export(context: EventResource, request: Request) -> Response:
    """The list as a CSV file for a spreadsheet."""
    record_list = _list(context, request)
    translate = request.localizer.translate
    columns = [translate(node.title) for node in record_list.schema().children]
    rows = [[str(value) for value in row["values"]] for row in _rows(context, request, record_list)]
    return csv_response(f"{context.event.slug}-{record_list.id}.csv", columns, rows)


@view_config(
    context=EventResource,
    name="eintrag",
    permission=Permission.RECORD_EDIT,
    renderer="fdplattform.templates:forms/page.pt",
    takes_subpath=True,
)
def edit_row(context: EventResource, request: Request) -> Response | dict[str, Any]:
    """Add a row to the list named in the path, or change the one with the id that follows."""
    record_list, event = _list(context, request), context.event
    _demand_editable(record_list, event)
    row = _row(context, request, record_list) if len(request.subpath) > 1 else None
    back = request.resource_path(context, "listen", record_list.id)
    schema = record_list.schema()
    schema.add(Version())
    form = make_form(schema, request, cancel=back, once=row is None)

    def values_of(thing: Any) -> dict[str, Any]:
        names = [*records.field_names(record_list), "version"]
        return {name: getattr(thing, name) for name in names if getattr(thing, name, None) is not None}

    def save(values: dict[str, Any]) -> str:
        version = values.pop("version")
        if row is None:
            records.add_row(request.db, event, record_list, values)
        else:
            records.edit_row(row, record_list, values, version)
        _journal(request, context, "add" if row is None else "edit", record_list)
        request.flash(_("Saved."))
        return back

    return handle(
        request,
        form,
        on_valid=save,
        values={"version": 0, **_defaults(context, request, record_list)} if row is None else values_of(row),
        current=values_of,
        title=_row_title(request, record_list, row is None),
        intro=record_list.description,
    )


@view_config(
    context=EventResource,
    name="eintrag-loeschen",
    permission=Permission.RECORD_EDIT,
    request_method="POST",
    takes_subpath=True,
)
def delete_row(context: EventResource, request: Request) -> Response:
    """Delete a row."""
    record_list = _list(context, request)
    _demand_editable(record_list, context.event)
    request.db.delete(_row(context, request, record_list))
    _journal(request, context, "delete", record_list)
    request.flash(_("Deleted."))
    return HTTPSeeOther(request.resource_path(context, "listen", record_list.id))


def light(record_list: RecordList, row: dict[str, Any], today: date) -> tuple[str, TranslationString] | None:
    """The traffic light of a row: (kind of badge, text), or None when the list has no due dates or nothing is due."""
    if record_list.due_field is None:
        return None
    done = record_list.done_field is not None and bool(row.get(record_list.done_field))
    return traffic_light(row.get(record_list.due_field), today, done=done)


def _rows(context: EventResource, request: Request, record_list: RecordList) -> Iterator[dict[str, Any]]:
    nodes = record_list.schema().bind(request=request).children
    today = request.fmt.local(request.now).date()
    for row in records.rows_of(request.db, context.event, record_list):
        yield {
            "values": [readable(request, node, row[node.name]) for node in nodes],
            "light": light(record_list, row, today),
            "edit": request.resource_path(context, "eintrag", record_list.id, str(row["id"])),
            "delete": request.resource_path(context, "eintrag-loeschen", record_list.id, str(row["id"])),
        }


def _list(context: EventResource, request: Request) -> RecordList:
    format_ = context.format
    found = format_.data.record_list(request.subpath[0]) if format_ is not None and request.subpath else None
    if found is None:
        raise HTTPNotFound()
    return found


def _row(context: EventResource, request: Request, record_list: RecordList) -> Any:
    row_id = parse_id(request.subpath[1]) if len(request.subpath) == 2 else None
    row = None if row_id is None else records.get_row(request.db, context.event, record_list, row_id)
    if row is None:
        raise HTTPNotFound()
    return row


def _demand_editable(record_list: RecordList, event: Event) -> None:
    if not record_list.editable_in(event.state):
        raise Conflict(_("In this state of the event the list can be read, but not changed."))


def _defaults(context: EventResource, request: Request, record_list: RecordList) -> dict[str, Any]:
    """What a new row starts with."""
    if record_list.defaults is None or context.format is None:
        return {}
    facts = load_facts(request.db, request.registry, context.event, context.format)
    return {name: value for name, value in record_list.defaults(facts).items() if value is not None}


def _row_title(request: Request, record_list: RecordList, new: bool) -> TranslationString:
    mapping = {"row": request.localizer.translate(record_list.row_title)}
    return _("Add: ${row}", mapping=mapping) if new else _("Edit: ${row}", mapping=mapping)


def _journal(request: Request, context: EventResource, action: str, record_list: RecordList) -> None:
    event = context.event
    record(
        request.db,
        f"record:{action}",
        actor=request.identity.actor,
        municipality_id=context.municipality_id,
        dialogue_id=event.dialogue_id,
        event_id=event.id,
        payload={"list": str(request.localizer.translate(record_list.title))},
    )
