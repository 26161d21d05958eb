"""Enter what came out of an event, and change a finding."""

from typing import Any

from pyramid.encode import urlencode
from pyramid.request import Request
from pyramid.view import view_config
from translationstring import TranslationStringFactory

from fdplattform.dialogues.resources import DialogueResource
from fdplattform.events.resources import EventResource
from fdplattform.findings import services
from fdplattform.findings.fields import attach, detach, fields_by_finding, fields_of
from fdplattform.findings.listing import finding_rows, group_rows
from fdplattform.findings.models import FindingKind
from fdplattform.findings.resources import FindingResource
from fdplattform.findings.schemas import EnterSchema, FindingSchema
from fdplattform.findings.services import MAX_ORIGIN, FindingText
from fdplattform.forms import Button, handle, make_form
from fdplattform.security.permissions import Permission
from fdplattform.web.tree import nearest

_ = TranslationStringFactory("fdplattform")


@view_config(
    context=EventResource,
    name="ergebnisse",
    permission=Permission.FINDING_EDIT,
    renderer="fdplattform.templates:findings/enter.pt",
)
def enter(context: EventResource, request: Request) -> Any:
    """Enter many findings at once; the page stays, with kind and origin as they were."""
    place = nearest(context, DialogueResource)
    dialogue, event = place.dialogue, context.event

    def add(values: dict[str, Any]) -> str:
        texts = [
            FindingText(
                kind=values["kind"],
                text=line.text,
                weight=line.weight,
                origin=values["origin"],
                language=values["language"],
            )
            for line in services.parse_lines(values["lines"])
        ]
        added = services.add_findings(
            request.db, dialogue, texts, event_id=event.id, now=request.now, actor=request.identity.actor
        )
        request.flash(_("Added: ${count}", mapping={"count": len(added.findings)}))
        if added.known:
            request.flash(_("These were there already: ${count}", mapping={"count": added.known}), "info")
        query = {"art": values["kind"].value, "herkunft": values["origin"], "sprache": values["language"]}
        return f"{request.resource_path(context, 'ergebnisse')}?{urlencode(query)}"

    form = make_form(EnterSchema(), request, buttons=[Button(title=_("Add"))])
    kind = request.GET.get("art")
    if kind:
        form["lines"].autofocus = "autofocus"
    findings = services.findings_of(request.db, dialogue.id, drafts=True, event_id=event.id)
    return handle(
        request,
        form,
        on_valid=add,
        values={
            "kind": FindingKind(kind) if kind in set(FindingKind) else FindingKind.CHALLENGE,
            "origin": request.GET.get("herkunft", event.title)[:MAX_ORIGIN],
            "language": request.GET.get("sprache", dialogue.language),
        },
        title=_("Enter results"),
        event_title=context.page_title(request),
        kinds=group_rows(finding_rows(request, place, findings)),
        results_href=request.resource_path(place, "ergebnisse"),
        # Who leads only this event, by a link for the day, cannot go on to the dialogue's results.
        edit=bool(request.has_permission(Permission.FINDING_EDIT, place)),
    )


@view_config(
    context=FindingResource,
    name="",
    permission=Permission.FINDING_EDIT,
    renderer="fdplattform.templates:forms/page.pt",
)
def edit(context: FindingResource, request: Request) -> Any:
    """Change a finding and the fields it is in."""
    dialogue, finding, actor = context.dialogue, context.finding, request.identity.actor
    fields = {each.id: each for each in fields_of(request.db, dialogue.id)}
    inside = fields_by_finding(request.db, dialogue.id).get(finding.id, [])

    def save(values: dict[str, Any]) -> str:
        text = FindingText(**{name: values[name] for name in ("kind", "text", "weight", "origin", "language")})
        services.edit_finding(request.db, dialogue, finding, text, version=values["version"], actor=actor)
        for number in {*values["fields"]} ^ {*inside}:
            if number in inside:
                detach(request.db, dialogue, fields[number], finding.id, actor=actor)
            else:
                attach(request.db, dialogue, fields[number], [finding.id], actor=actor)
        request.flash(_("The result is saved."))
        return context.parent_href

    offered = [(number, each.title) for number, each in fields.items()]
    form = make_form(FindingSchema(), request, fields=offered, cancel=context.parent_href)
    values = {name: getattr(finding, name) for name in ("kind", "text", "weight", "origin", "language", "version")}
    return handle(request, form, on_valid=save, values={**values, "fields": inside}, title=_("Change a result"))
