"""The way of an event: where it stands, what can come next and what is still missing; and taking a step."""

from typing import Any

from markupsafe import Markup
from pyramid.httpexceptions import HTTPNotFound
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config
from translationstring import TranslationStringFactory

from fdplattform.events.after_views import follow_ups
from fdplattform.events.chains import chained_choices
from fdplattform.events.details import read_details
from fdplattform.events.facts import EventFacts, load_facts
from fdplattform.events.lifecycle import discardable, obstacles, was_public
from fdplattform.events.resources import EventResource
from fdplattform.events.schemas import joined_details, step_schema
from fdplattform.events.transitions import step_options, take_step, workflow_of
from fdplattform.events.translatable import PREFIX
from fdplattform.events.views import preview_reason
from fdplattform.forms import Button, handle, make_form
from fdplattform.plugins.format import EventFormat
from fdplattform.security.permissions import Permission
from fdplattform.workflow import CANCEL, CANCELLED, POSTPONE, RESUME, Option, Transition, Workflow
from fdplattform.workflow.diagram import draw

_ = TranslationStringFactory("fdplattform")

#: Steps that one does not take lightly stand apart.
GRAVE = frozenset({CANCEL, POSTPONE})


@view_config(
    context=EventResource,
    name="schritte",
    permission=Permission.JOURNAL_VIEW,
    renderer="fdplattform.templates:events/steps.pt",
    request_method="GET",
)
def steps(context: EventResource, request: Request) -> dict[str, Any]:
    """Where the event stands and what can come next."""
    format_ = context.format
    if format_ is None:
        raise HTTPNotFound()
    workflow, event = workflow_of(format_, context.event), context.event
    facts = load_facts(request.db, request.registry, event, format_)
    unseen = not was_public(workflow, facts)
    options = _options(context, request, format_, facts)
    found = [option for option in options if option.permitted and _makes_sense(option, context)]
    if discardable(workflow, facts):
        found = [option for option in found if option.transition.id not in GRAVE]
    steps = [option for option in found if option.transition.id not in GRAVE]
    back = [option for option in steps if workflow.leads_back(option.transition, event.state)]
    return {
        "title": _("What comes next"),
        "event": event,
        "state": context.state,
        "preview": preview_reason(context),
        "options": [(option, _href(context, request, option)) for option in steps if option not in back],
        "back": [(option, _href(context, request, option)) for option in back],
        "grave": [(option, _href(context, request, option)) for option in found if option.transition.id in GRAVE],
        "chained": chained_choices(request, context),
        "diagram": _diagram(context, request),
        "states": [state for state in workflow.states if state.id != CANCELLED],
        "follow_ups": follow_ups(context, request),
        "discard": unseen and request.has_permission(Permission.EVENT_CANCEL, context),
        "obstacles": obstacles(facts),
        "may_hide": (event.hidden or not unseen) and request.has_permission(Permission.EVENT_PUBLISH, context),
    }


@view_config(
    context=EventResource,
    name="schritt",
    permission=Permission.EVENT_VIEW,
    renderer="fdplattform.templates:events/step.pt",
)
def step(context: EventResource, request: Request) -> Response | dict[str, Any]:
    """Take a step: see what speaks against it, answer what it asks, confirm."""
    format_ = context.format
    if format_ is None:
        raise HTTPNotFound()
    facts = load_facts(request.db, request.registry, context.event, format_)
    wanted = request.params.get("transition", "")
    options = _options(context, request, format_, facts)
    option = next((found for found in options if found.transition.id == wanted), None)
    if option is None or not option.permitted:
        raise HTTPNotFound()
    event, transition = context.event, option.transition
    back = request.resource_path(context, "schritte")
    form = make_form(step_schema(format_, option), request, buttons=(Button(title=transition.title),), cancel=back)

    def save(values: dict[str, Any]) -> str:
        take_step(
            request.db,
            request.registry,
            event,
            format_,
            transition.id,
            answers={name.removeprefix(PREFIX): value for name, value in values.items()},
            justification=values.get("justification", ""),
            version=values["version"],
            has=lambda permission: bool(request.has_permission(permission, context)),
            actor=request.identity.actor,
            now=request.now,
        )
        request.flash(_("Done: ${step}", mapping={"step": request.localizer.translate(transition.title)}))
        return back

    return handle(
        request,
        form,
        on_valid=save,
        values={**_known_answers(context, request, option), "transition": transition.id, "version": event.version},
        title=transition.title,
        option=option,
        for_good=_for_good(workflow_of(format_, event), transition, event.state),
        back=back,
    )


def _for_good(workflow: Workflow, step: Transition, state: str) -> bool:
    """The step leads forward into a state from which none leads back."""
    if step.target is None or workflow.leads_back(step, state):
        return False
    return not any(workflow.leads_back(way, step.target) for way in workflow.leaving(step.target))


def _makes_sense(option: Option, context: EventResource) -> bool:
    """An event that is not postponed cannot go on, and one that is need not be postponed again."""
    needed = {RESUME: True, POSTPONE: False}.get(option.transition.id)
    return needed is None or needed is (context.event.postponed_at is not None)


def _known_answers(context: EventResource, request: Request, option: Option) -> dict[str, Any]:
    """What a step asks and the event already knows: nobody types it twice."""
    if context.format is None:
        return {}
    details = read_details(request.db, context.event, context.format)
    return joined_details({name: details[name] for name in option.transition.asks if name in details})


def _options(context: EventResource, request: Request, format_: EventFormat, facts: EventFacts) -> tuple[Option, ...]:
    return step_options(
        context.event,
        format_,
        facts,
        has=lambda permission: bool(request.has_permission(permission, context)),
        now=request.now,
    )


def _diagram(context: EventResource, request: Request) -> Markup | None:
    if context.format is None:
        return None
    svg = draw(
        workflow_of(context.format, context.event),
        context.event.state,
        request.localizer.translate,
        rtl=request.page.dir == "rtl",
    )
    return Markup(svg)  # noqa: S704 - the diagram escapes every text


def _href(context: EventResource, request: Request, option: Option) -> str:
    return request.resource_path(context, "schritt", query={"transition": option.transition.id})
