"""Pages on which staff start and edit a dialogue and its phases."""

from typing import Any

from pyramid.httpexceptions import HTTPNotFound, HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config
from translationstring import TranslationStringFactory

from fdplattform.dialogues import phases, services
from fdplattform.dialogues.models import Phase
from fdplattform.dialogues.resources import DialogueResource, dialogue_resource
from fdplattform.dialogues.schemas import (
    DialogueEditSchema,
    DialogueSchema,
    PhaseSchema,
    dialogue_texts,
    phase_plan,
)
from fdplattform.dialogues.views import phase_row
from fdplattform.forms import Button, FormSchema, attributes_of, handle, make_form
from fdplattform.method import block
from fdplattform.municipalities.resources import MunicipalityResource
from fdplattform.security.permissions import Permission
from fdplattform.web.tree import nearest

_ = TranslationStringFactory("fdplattform")

FORM_PAGE = "fdplattform.templates:forms/page.pt"


@view_config(
    context=MunicipalityResource, name="dialog-anlegen", permission=Permission.DIALOGUE_CREATE, renderer=FORM_PAGE
)
def create(context: MunicipalityResource, request: Request) -> Response | dict[str, Any]:
    """Start a dialogue; it is a draft until it is published."""
    form = make_form(
        DialogueSchema(),
        request,
        buttons=[Button(title=_("Create draft"))],
        cancel=request.resource_path(context),
        once=True,
    )

    def save(values: dict[str, Any]) -> str:
        dialogue = services.create_dialogue(
            request.db,
            context.municipality.id,
            dialogue_texts(values, request.locale_name),
            now=request.now,
            actor=request.identity.actor,
        )
        request.flash(_("The draft is there. Look at it, add dates to the phases, and publish it when it is ready."))
        return str(request.resource_path(dialogue_resource(context, dialogue)))

    return handle(
        request,
        form,
        on_valid=save,
        values={"languages": ["de"]},
        title=_("Start a dialogue"),
        intro=_("Nobody but your staff sees the dialogue until you publish it."),
    )


@view_config(context=DialogueResource, name="bearbeiten", permission=Permission.DIALOGUE_EDIT, renderer=FORM_PAGE)
def edit(context: DialogueResource, request: Request) -> Response | dict[str, Any]:
    """Change what is said about the dialogue."""
    dialogue = context.dialogue
    form = make_form(DialogueEditSchema(), request, cancel=request.resource_path(context))

    def save(values: dict[str, Any]) -> str:
        services.edit_dialogue(
            request.db,
            dialogue,
            dialogue_texts(values, dialogue.language),
            version=values["version"],
            actor=request.identity.actor,
        )
        request.flash(_("Saved."))
        return str(request.resource_path(context))

    return handle(request, form, on_valid=save, values=attributes_of(form, dialogue), title=_("Edit the dialogue"))


@view_config(context=DialogueResource, name="verwerfen", permission=Permission.DIALOGUE_PUBLISH, renderer=FORM_PAGE)
def discard(context: DialogueResource, request: Request) -> Response | dict[str, Any]:
    """Ask once, then delete the draft."""
    form = make_form(
        FormSchema(), request, buttons=[Button(title=_("Discard the draft"))], cancel=request.resource_path(context)
    )

    def save(_values: dict[str, Any]) -> str:
        services.discard(request.db, context.dialogue, now=request.now, actor=request.identity.actor)
        request.flash(_("The draft is discarded."))
        return str(request.resource_path(nearest(context, MunicipalityResource)))

    return handle(
        request,
        form,
        on_valid=save,
        title=_("Discard the draft"),
        intro=_("It is deleted with its texts and phases. Nobody outside your team has seen it."),
    )


@view_config(
    context=DialogueResource,
    name="phasen",
    permission=Permission.DIALOGUE_EDIT,
    renderer="fdplattform.templates:dialogues/phases.pt",
    request_method="GET",
)
def list_phases(context: DialogueResource, request: Request) -> dict[str, Any]:
    """The phases with their dates; overlaps are pointed out."""
    found = phases.phases_of(request.db, context.dialogue.id)
    current = phases.current_phase(found, request.fmt.local(request.now).date())
    return {
        "title": _("Phases"),
        "phases": [phase_row(request, phase, current) for phase in found],
        "overlaps": [
            {
                "one": block(overlap.one.block).title,
                "other": block(overlap.other.block).title,
                "days": request.fmt.days(overlap.first, overlap.last),
            }
            for overlap in phases.overlaps(found)
        ],
        "edit_href": lambda phase: request.resource_path(context, "phase", str(phase.block)),
        "move_href": request.resource_path(context, "phase-verschieben"),
    }


@view_config(
    context=DialogueResource,
    name="phase",
    permission=Permission.DIALOGUE_EDIT,
    renderer=FORM_PAGE,
    takes_subpath=True,
)
def edit_phase(context: DialogueResource, request: Request) -> Response | dict[str, Any]:
    """Dates, status and note of one phase, named by its building block: `…/phase/2`."""
    phase = _phase(context, request, "/".join(request.subpath))
    overview = request.resource_path(context, "phasen")
    form = make_form(PhaseSchema(), request, cancel=overview)

    def save(values: dict[str, Any]) -> str:
        phases.edit_phase(
            request.db,
            context.dialogue,
            phase,
            phase_plan(values),
            version=values["version"],
            actor=request.identity.actor,
        )
        request.flash(_("Saved."))
        return str(overview)

    step = block(phase.block)
    return handle(
        request, form, on_valid=save, values=attributes_of(form, phase), title=step.title, intro=step.description
    )


@view_config(
    context=DialogueResource,
    name="phase-verschieben",
    permission=Permission.DIALOGUE_EDIT,
    request_method="POST",
)
def move_phase(context: DialogueResource, request: Request) -> HTTPSeeOther:
    """One place earlier or later."""
    phase = _phase(context, request, request.POST.get("block", ""))
    steps = -1 if request.POST.get("direction") == "earlier" else 1
    phases.move_phase(request.db, context.dialogue, phase, steps, actor=request.identity.actor)
    return HTTPSeeOther(request.resource_path(context, "phasen"))


def _phase(context: DialogueResource, request: Request, number: str) -> Phase:
    for phase in phases.phases_of(request.db, context.dialogue.id):
        if str(phase.block) == number:
            return phase
    raise HTTPNotFound
