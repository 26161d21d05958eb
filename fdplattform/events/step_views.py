"""The way of an event: where it stands, what can come next and what is still missing; and taking a step."""

from typing import Any

from markupsafe import Markup
from pyramid.httpexceptions import HTTPNotFound
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config
from translationstring import TranslationStringFactory

from fdplattform.events.chains import chained_choices
from fdplattform.events.details import read_details
from fdplattform.events.resources import EventResource
from fdplattform.events.schemas import joined_details, step_schema
from fdplattform.events.transitions import step_options, take_step, workflow_of
from fdplattform.events.translatable import PREFIX
from fdplattform.events.views import preview_text
from fdplattform.forms import Button, handle, make_form
from fdplattform.security.permissions import Permission
from fdplattform.workflow import CANCEL, POSTPONE, RESUME, Option
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
    found = [option for option in _options(context, request) if option.permitted and _makes_sense(option, context)]
    steps = [option for option in found if option.transition.id not in GRAVE]
    back = [option for option in steps if workflow.leads_back(option.transition, event.state)]
    return {
        "title": _("What comes next"),
        "event": event,
        "state": context.state,
        "preview": preview_text(context),
        "options": [(option, _href(context, request, option)) for option in steps if option not in back],
        "back": [(option, _href(context, request, option)) for option in back],
        "grave": [(option, _href(context, request, option)) for option in found if option.transition.id in GRAVE],
        "chained": chained_choices(request, context),
        "diagram": _diagram(context, request),
        "states": [workflow.by_id[state.id] for state in format_.conduct.workflow.states],
        "may_hide": request.has_permission(Permission.EVENT_PUBLISH, context),
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
    wanted = request.params.get("transition", "")
    option = next((found for found in _options(context, request) if found.transition.id == wanted), None)
    if format_ is None or option is None or not option.permitted:
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
        back=back,
    )


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


def _options(context: EventResource, request: Request) -> tuple[Option, ...]:
    if context.format is None:
        return ()
    return step_options(
        request.db,
        request.registry,
        context.event,
        context.format,
        has=lambda permission: bool(request.has_permission(permission, context)),
        now=request.now,
    )


def _diagram(context: EventResource, request: Request) -> Markup | None:
    if context.format is None:
        return None
    svg = draw(
        workflow_of(context.format), context.event.state, request.localizer.translate, rtl=request.page.dir == "rtl"
    )
    return Markup(svg)  # noqa: S704 - the diagram escapes every text


def _href(context: EventResource, request: Request, option: Option) -> str:
    return request.resource_path(context, "schritt", query={"transition": option.transition.id})
