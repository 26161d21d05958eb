"""`/handlungsfelder`: read by everybody; made, ordered and merged by staff."""

from collections.abc import Sequence
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.view import view_config
from translationstring import TranslationStringFactory

from fdplattform.dialogues.resources import DialogueResource
from fdplattform.findings import fields as services
from fdplattform.findings.fields import FieldText
from fdplattform.findings.listing import FindingRow, finding_rows
from fdplattform.findings.models import FieldOfAction
from fdplattform.findings.notes import field_notes
from fdplattform.findings.proposals import proposals_of
from fdplattform.findings.resources import FieldResource, FieldsResource
from fdplattform.findings.schemas import FieldEditSchema, FieldSchema, MergeSchema, SuggestionsSchema
from fdplattform.findings.services import findings_of
from fdplattform.findings.titles import SUGGESTED_FIELDS
from fdplattform.findings.views import chosen_ids, may_edit
from fdplattform.forms import Button, attributes_of, handle, make_form
from fdplattform.security.permissions import Permission
from fdplattform.translation.packed import localizer_for
from fdplattform.web.tree import nearest

_ = TranslationStringFactory("fdplattform")

PAGE = "fdplattform.templates:forms/page.pt"


@view_config(
    context=FieldsResource,
    name="",
    permission=Permission.DIALOGUE_VIEW,
    renderer="fdplattform.templates:findings/fields.pt",
    request_method="GET",
)
def list_fields(context: FieldsResource, request: Request) -> dict[str, Any]:
    """What is worked on: each field with its results and proposals, and what other rooms know about it."""
    place = nearest(context, DialogueResource)
    staff = may_edit(context, request)
    fields = services.fields_of(request.db, place.dialogue.id)
    findings = findings_of(request.db, place.dialogue.id, drafts=staff)
    proposals = proposals_of(request.db, place.dialogue.id, drafts=staff)
    texts = request.texts(*fields, *proposals)
    notes = field_notes(request, place)
    rows = finding_rows(request, place, findings)
    here = context.href
    proposals_href = request.resource_path(place, "vorschlaege")
    return {
        "title": _("Fields of action"),
        "fields": [
            {
                "field": field,
                "title": texts.get(field, "title"),
                "description": texts.get(field, "description"),
                "rows": _rows_of(field, rows),
                "proposals": [
                    (texts.get(each, "title"), f"{proposals_href}#vorschlag-{each.id}")
                    for each in proposals
                    if each.field_id == field.id
                ],
                "notes": notes.get(field.id, []),
                "href": f"{here}/{field.id}",
                "first": field is fields[0],
                "last": field is fields[-1],
            }
            for field in fields
        ],
        "staff": staff,
        "here": here,
        "results_href": request.resource_path(place, "ergebnisse"),
    }


def _rows_of(field: FieldOfAction, rows: Sequence[FindingRow]) -> list[FindingRow]:
    return [row for row in rows if any(link.id == field.id for link in row.fields)]


@view_config(context=FieldsResource, name="anlegen", permission=Permission.FINDING_EDIT, renderer=PAGE)
def create(context: FieldsResource, request: Request) -> Any:
    """A new field of action, made from the findings in the address where there are some."""
    ids = chosen_ids(request.GET.getall("finding"))

    def save(values: dict[str, Any]) -> str:
        services.create_field(
            request.db, context.dialogue, _text(values), finding_ids=ids, now=request.now, actor=request.identity.actor
        )
        request.flash(_("The field of action is there."))
        return context.href

    here = context.href
    form = make_form(FieldSchema(), request, buttons=[Button(title=_("Create"))], cancel=here, once=True)
    values = {"language": context.dialogue.language}
    intro = _("Results that will be in it: ${count}", mapping={"count": len(ids)}) if ids else None
    return handle(request, form, on_valid=save, values=values, title=_("New field of action"), intro=intro)


@view_config(context=FieldsResource, name="vorlagen", permission=Permission.FINDING_EDIT, renderer=PAGE)
def take_suggestions(context: FieldsResource, request: Request) -> Any:
    """Take over fields from the list of suggestions, with their titles in all languages of the site."""
    language = context.dialogue.language

    def save(values: dict[str, Any]) -> str:
        texts = [_suggested(request, each, language) for each in values["suggestions"]]
        made = services.create_fields(
            request.db, context.dialogue, texts, now=request.now, actor=request.identity.actor
        )
        request.flash(_("New fields of action: ${count}", mapping={"count": len(made)}))
        return context.href

    taken = {field.title for field in services.fields_of(request.db, context.dialogue.id)}
    options = [
        (key, title)
        for key, title in SUGGESTED_FIELDS.items()
        if localizer_for(request.registry, language).translate(title) not in taken
    ]
    here = context.href
    form = make_form(
        SuggestionsSchema(),
        request,
        suggestions=options,
        buttons=[Button(title=_("Take over"))],
        cancel=here,
        once=True,
    )
    return handle(request, form, on_valid=save, title=_("Suggested fields of action"))


def _suggested(request: Request, key: str, language: str) -> FieldText:
    def title(code: str) -> str:
        return str(localizer_for(request.registry, code).translate(SUGGESTED_FIELDS[key]))

    others = {code: title(code) for code in request.fdp.locales if code != language}
    return FieldText(title=title(language), language=language, translations=others)


def _text(values: dict[str, Any]) -> FieldText:
    return FieldText(title=values["title"], description=values["description"] or None, language=values["language"])


@view_config(context=FieldResource, name="", permission=Permission.FINDING_EDIT, renderer=PAGE)
def edit(context: FieldResource, request: Request) -> Any:
    """Rename or describe a field."""

    def save(values: dict[str, Any]) -> str:
        services.edit_field(
            request.db,
            context.dialogue,
            context.field,
            _text(values),
            version=values["version"],
            actor=request.identity.actor,
        )
        request.flash(_("The field of action is saved."))
        return context.parent_href

    form = make_form(FieldEditSchema(), request, cancel=context.parent_href)
    values = attributes_of(form, context.field)
    return handle(request, form, on_valid=save, values=values, title=_("Change a field of action"))


@view_config(context=FieldResource, name="verschieben", permission=Permission.FINDING_EDIT, request_method="POST")
def move(context: FieldResource, request: Request) -> HTTPSeeOther:
    """One place up or down."""
    steps = -1 if request.POST.get("to") == "up" else 1
    services.move_field(request.db, context.dialogue, context.field, steps, actor=request.identity.actor)
    return HTTPSeeOther(f"{context.parent_href}#feld-{context.field.id}")


@view_config(context=FieldResource, name="zusammenfuehren", permission=Permission.FINDING_EDIT, renderer=PAGE)
def merge(context: FieldResource, request: Request) -> Any:
    """Let other fields become part of this one."""

    def save(values: dict[str, Any]) -> str:
        count = services.merge_fields(
            request.db, context.dialogue, context.field, values["others"], actor=request.identity.actor
        )
        request.flash(_("Fields that became part of it: ${count}", mapping={"count": count}))
        return context.parent_href

    fields = services.fields_of(request.db, context.dialogue.id)
    others = [(each.id, each.title) for each in fields if each.id != context.field.id]
    form = make_form(
        MergeSchema(),
        request,
        fields=others,
        buttons=[Button(title=_("Merge"))],
        cancel=context.parent_href,
    )
    title = _("Merge fields into “${title}”", mapping={"title": context.field.title})
    return handle(request, form, on_valid=save, title=title)


@view_config(
    context=FieldResource,
    name="loeschen",
    permission=Permission.FINDING_EDIT,
    renderer="fdplattform.templates:findings/confirm.pt",
    request_method="GET",
)
def ask_before_deleting(context: FieldResource, request: Request) -> dict[str, Any]:
    """What would be gone and what would stay."""
    return {
        "title": _("Delete the field of action?"),
        "thing": context.page_title(request),
        "explanation": _("Its results, proposals and groups stay, but belong to no field then."),
        "here": f"{context.href}/loeschen",
        "back": context.parent_href,
    }


@view_config(context=FieldResource, name="loeschen", permission=Permission.FINDING_EDIT, request_method="POST")
def delete(context: FieldResource, request: Request) -> HTTPSeeOther:
    """Delete it."""
    services.delete_field(request.db, context.dialogue, context.field, actor=request.identity.actor)
    request.flash(_("The field of action is deleted."))
    return HTTPSeeOther(context.parent_href)
