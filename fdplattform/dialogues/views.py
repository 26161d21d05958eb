"""The public page of a dialogue, and what staff do with a dialogue as a whole."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.view import view_config
from translationstring import TranslationString, TranslationStringFactory

from fdplattform.dialogues import services
from fdplattform.dialogues.models import DialogueState, Phase
from fdplattform.dialogues.phases import current_phase, phases_of
from fdplattform.dialogues.resources import DialogueResource
from fdplattform.dialogues.timeline import draw
from fdplattform.dialogues.titles import PHASE_STATUS_KINDS, PHASE_STATUS_TITLES, STATE_KINDS, STATE_TITLES
from fdplattform.method import block
from fdplattform.security.permissions import Permission
from fdplattform.web.locale import direction

_ = TranslationStringFactory("fdplattform")


@view_config(
    context=DialogueResource,
    name="",
    permission=Permission.DIALOGUE_VIEW,
    renderer="fdplattform.templates:dialogues/page.pt",
    request_method="GET",
    shared_page=True,
)
def dialogue_page(context: DialogueResource, request: Request) -> dict[str, Any]:
    """What it is about, what happens with the results, how far it is, and what other rooms add."""
    dialogue = context.dialogue
    texts = request.texts(dialogue)
    phases = phases_of(request.db, dialogue.id)
    today = request.fmt.local(request.now).date()
    return {
        "title": texts.get(dialogue, "title"),
        "follow": [
            (_("What is new, for feed readers (Atom)"), request.resource_path(context, "neues.atom")),
            (_("Every step of this process"), request.resource_path(context, "transparenz")),
        ],
        "dialogue": dialogue,
        "goal": texts.get(dialogue, "goal"),
        "results": texts.get(dialogue, "results_promise"),
        "occasion": texts.get(dialogue, "occasion"),
        "period": _period(request, dialogue.starts_on, dialogue.ends_on),
        "languages": request.fmt.list(request.fmt.language(code) for code in dialogue.languages),
        "state": STATE_TITLES[dialogue.state],
        "state_kind": STATE_KINDS[dialogue.state],
        "phases": [phase_row(request, phase, current_phase(phases, today)) for phase in phases],
        "timeline": draw(phases, today, rtl=direction(request.locale_name) == "rtl"),
        "panels": request.panels(context),
        "actions": _actions(context, request),
    }


def phase_row(request: Request, phase: Phase, current: Phase | None) -> dict[str, Any]:
    """A phase as pages show it."""
    step = block(phase.block)
    return {
        "phase": phase,
        "title": step.title,
        "description": step.description,
        "deliverables": step.deliverables,
        "period": _period(request, phase.starts_on, phase.ends_on),
        "status": PHASE_STATUS_TITLES[phase.status],
        "status_kind": PHASE_STATUS_KINDS[phase.status],
        "current": phase is current,
    }


def _period(request: Request, start: Any, end: Any) -> Any:
    if start and end:
        return request.fmt.days(start, end)
    if start:
        return _("from ${date}", mapping={"date": request.fmt.date(start)})
    return _("until ${date}", mapping={"date": request.fmt.date(end)}) if end else None


#: What can be done in each state: the view, and what its button says.
_ACTIONS: dict[DialogueState, tuple[tuple[str, TranslationString], ...]] = {
    DialogueState.DRAFT: (("veroeffentlichen", _("Publish")),),
    DialogueState.PUBLISHED: (("zurueckziehen", _("Hide from the public")), ("abschliessen", _("Close the dialogue"))),
    DialogueState.CLOSED: (("wieder-oeffnen", _("Reopen the dialogue")),),
}


def _actions(context: DialogueResource, request: Request) -> list[tuple[str, TranslationString]]:
    if request.identity is None or not request.has_permission(Permission.DIALOGUE_PUBLISH, context):
        return []
    return [(request.resource_path(context, view), title) for view, title in _ACTIONS[context.dialogue.state]]


@view_config(
    context=DialogueResource,
    name="veroeffentlichen",
    permission=Permission.DIALOGUE_PUBLISH,
    request_method="POST",
)
def publish(context: DialogueResource, request: Request) -> HTTPSeeOther:
    """Let everybody see it."""
    services.publish(request.db, context.dialogue, now=request.now, actor=request.identity.actor)
    return _back(context, request, _("The dialogue is public now."))


@view_config(
    context=DialogueResource, name="zurueckziehen", permission=Permission.DIALOGUE_PUBLISH, request_method="POST"
)
def unpublish(context: DialogueResource, request: Request) -> HTTPSeeOther:
    """Hide it from the public."""
    services.unpublish(request.db, context.dialogue, actor=request.identity.actor)
    return _back(context, request, _("The dialogue is no longer public."))


@view_config(
    context=DialogueResource, name="abschliessen", permission=Permission.DIALOGUE_PUBLISH, request_method="POST"
)
def close(context: DialogueResource, request: Request) -> HTTPSeeOther:
    """End it; the page stays."""
    services.close(request.db, context.dialogue, actor=request.identity.actor)
    return _back(context, request, _("The dialogue is closed. Its page stays public."))


@view_config(
    context=DialogueResource, name="wieder-oeffnen", permission=Permission.DIALOGUE_PUBLISH, request_method="POST"
)
def reopen(context: DialogueResource, request: Request) -> HTTPSeeOther:
    """Go on with it."""
    services.reopen(request.db, context.dialogue, actor=request.identity.actor)
    return _back(context, request, _("The dialogue goes on."))


def _back(context: DialogueResource, request: Request, message: TranslationString) -> HTTPSeeOther:
    request.flash(message)
    return HTTPSeeOther(request.resource_path(context))
