"""All results of a dialogue: read by everybody, worked with by staff."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from pyramid.encode import urlencode
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config
from translationstring import TranslationStringFactory

from fdplattform.dialogues.resources import DialogueResource
from fdplattform.errors import DomainError
from fdplattform.findings import services
from fdplattform.findings.fields import attach, fields_of, find_field
from fdplattform.findings.listing import field_links, finding_rows, group_rows
from fdplattform.findings.resources import FindingsResource
from fdplattform.findings.titles import KIND_TITLES
from fdplattform.security.permissions import Permission
from fdplattform.web.ids import by_id, parse_id
from fdplattform.web.spreadsheets import csv_response
from fdplattform.web.tree import Resource, nearest

_ = TranslationStringFactory("fdplattform")


def may_edit(context: Resource, request: Request) -> bool:
    """Whether the reader works with results here. Who is not signed in never does."""
    return request.identity is not None and bool(request.has_permission(Permission.FINDING_EDIT, context))


def chosen_ids(values: Sequence[str]) -> list[int]:
    """The ids among `values`, each once; what is no id is left out."""
    ids = (parse_id(value) for value in values)
    return list(dict.fromkeys(number for number in ids if number is not None))


@view_config(
    context=FindingsResource,
    name="",
    permission=Permission.DIALOGUE_VIEW,
    renderer="fdplattform.templates:findings/list.pt",
    request_method="GET",
)
def list_findings(context: FindingsResource, request: Request) -> dict[str, Any]:
    """What came out so far. Everybody sees what is published; staff see all of it and work with it."""
    place = nearest(context, DialogueResource)
    staff = may_edit(context, request)
    findings = services.findings_of(request.db, place.dialogue.id, drafts=staff)
    kinds = group_rows(finding_rows(request, place, findings))
    fields = field_links(request, place, fields_of(request.db, place.dialogue.id)) if staff else {}
    return {
        "title": _("Results"),
        "promise": request.texts(place.dialogue).get(place.dialogue, "results_promise"),
        "kinds": kinds,
        "staff": staff,
        "drafts": sum(not each.published for each in findings),
        "fields": list(fields.values()),
        "here": context.href,
        "dialogue_href": request.resource_path(place),
    }


@view_config(context=FindingsResource, name="", permission=Permission.FINDING_EDIT, request_method="POST")
def work_with_findings(context: FindingsResource, request: Request) -> HTTPSeeOther:
    """Do something with the findings that were ticked. Raises DomainError when none was."""
    ids = chosen_ids(request.POST.getall("finding"))
    if not ids:
        raise DomainError(_("Please tick at least one result first."))
    return _WORK.get(request.POST.get("do", ""), _publish)(context, request, ids)


def _publish(context: FindingsResource, request: Request, ids: list[int]) -> HTTPSeeOther:
    return _set_published(context, request, ids, published=True)


def _unpublish(context: FindingsResource, request: Request, ids: list[int]) -> HTTPSeeOther:
    return _set_published(context, request, ids, published=False)


def _set_published(context: FindingsResource, request: Request, ids: list[int], *, published: bool) -> HTTPSeeOther:
    count = services.set_published(request.db, context.dialogue, ids, published=published, actor=request.identity.actor)
    message = _("Published: ${count}") if published else _("No longer public: ${count}")
    request.flash(_(message, mapping={"count": count}))
    return HTTPSeeOther(context.href)


def _attach(context: FindingsResource, request: Request, ids: list[int]) -> HTTPSeeOther:
    field = by_id(request.POST.get("field", ""), partial(find_field, request.db, context.dialogue.id))
    if field is None:
        raise DomainError(_("Please choose a field of action."), field="field")
    count = attach(request.db, context.dialogue, field, ids, actor=request.identity.actor)
    request.flash(_("New in “${field}”: ${count}", mapping={"field": field.title, "count": count}))
    return HTTPSeeOther(context.href)


def _make_field(context: FindingsResource, request: Request, ids: list[int]) -> HTTPSeeOther:
    return _with_findings(request.resource_path(context.__parent__, "handlungsfelder", "anlegen"), ids)


def _make_proposal(context: FindingsResource, request: Request, ids: list[int]) -> HTTPSeeOther:
    return _with_findings(request.resource_path(context.__parent__, "vorschlaege", "anlegen"), ids)


def _ask_before_deleting(context: FindingsResource, _request: Request, ids: list[int]) -> HTTPSeeOther:
    return _with_findings(f"{context.href}/loeschen", ids)


def _with_findings(address: str, ids: list[int]) -> HTTPSeeOther:
    return HTTPSeeOther(f"{address}?{urlencode([('finding', each) for each in ids])}")


#: What can be done with the findings that are ticked, by the value of the button.
_WORK = {
    "publish": _publish,
    "unpublish": _unpublish,
    "attach": _attach,
    "field": _make_field,
    "proposal": _make_proposal,
    "delete": _ask_before_deleting,
}


@view_config(
    context=FindingsResource,
    name="loeschen",
    permission=Permission.FINDING_EDIT,
    renderer="fdplattform.templates:findings/delete.pt",
    request_method="GET",
)
def ask_before_deleting(context: FindingsResource, request: Request) -> dict[str, Any]:
    """Which findings would be gone."""
    place = nearest(context, DialogueResource)
    ids = set(chosen_ids(request.GET.getall("finding")))
    findings = services.findings_of(request.db, place.dialogue.id, drafts=True)
    return {
        "title": _("Delete results"),
        "rows": finding_rows(request, place, [each for each in findings if each.id in ids]),
        "kind_titles": KIND_TITLES,
        "back": context.href,
    }


@view_config(context=FindingsResource, name="loeschen", permission=Permission.FINDING_EDIT, request_method="POST")
def delete_findings(context: FindingsResource, request: Request) -> HTTPSeeOther:
    """Delete them."""
    ids = chosen_ids(request.POST.getall("finding"))
    count = services.delete_findings(request.db, context.dialogue, ids, actor=request.identity.actor)
    request.flash(_("Deleted: ${count}", mapping={"count": count}))
    return HTTPSeeOther(context.href)


@view_config(context=FindingsResource, name="ergebnisse.csv", permission=Permission.DIALOGUE_VIEW, request_method="GET")
def export(context: FindingsResource, request: Request) -> Response:
    """The results as a table: for everybody what is published, for staff all of them."""
    place = nearest(context, DialogueResource)
    findings = services.findings_of(request.db, place.dialogue.id, drafts=may_edit(context, request))
    titles = (_("Kind"), _("Result"), _("Dots"), _("Where it came from"), _("Fields of action"), _("Published"))
    translate = request.localizer.translate
    yes, no = translate(_("yes")), translate(_("no"))
    rows = [
        (
            translate(KIND_TITLES[row.finding.kind]),
            row.text,
            row.finding.weight,
            row.finding.origin,
            ", ".join(str(link.title) for link in row.fields),
            yes if row.finding.published else no,
        )
        for row in finding_rows(request, place, findings)
    ]
    return csv_response("ergebnisse.csv", [translate(title) for title in titles], rows)
