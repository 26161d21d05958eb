"""A format's own page: what it is good for, which way an event goes, who may do what, what is kept of whom."""

from typing import Any

from markupsafe import Markup
from pyramid.request import Request
from pyramid.view import view_config
from translationstring import TranslationStringFactory

from fdplattform.events.tools import tools
from fdplattform.events.transitions import workflow_of
from fdplattform.formats.resources import FormatResource, host
from fdplattform.method import BLOCKS
from fdplattform.method.advisor import AIM_TITLES, OPENNESS_TITLES, SUITABILITY_TITLES
from fdplattform.plugins.format import EventFormat, Span
from fdplattform.plugins.offers import offered
from fdplattform.plugins.personal import field_title, kept_until
from fdplattform.security.permissions import Permission, Role
from fdplattform.security.titles import PERMISSIONS, ROLES
from fdplattform.workflow import State, Transition, Trigger, allowed_roles
from fdplattform.workflow.diagram import draw

_ = TranslationStringFactory("fdplattform")


@view_config(
    context=FormatResource,
    permission=Permission.MUNICIPALITY_WORK,
    request_method="GET",
    renderer="fdplattform.templates:formats/page.pt",
)
def format_page(context: FormatResource, request: Request) -> dict[str, Any]:
    """Everything that the format declares, made readable."""
    format_ = context.format
    return {
        "title": format_.title,
        "format": format_,
        "offered": format_.id in offered(request.db, host(context).id, [format_.id]),
        "facts": _facts(request, format_),
        "diagram": _diagram(request, format_),
        "states": [_state(request, format_, state) for state in format_.conduct.workflow.states],
        "tools": [tools(request.registry)[use.tool].title for use in format_.conduct.tools],
        "personal": [
            (field_title(format_, field), field.purpose, field.basis, kept_until(field.start, field.keep.days))
            for field in format_.data.personal
        ],
    }


def _facts(request: Request, format_: EventFormat) -> list[tuple[Any, Any]]:
    profile = format_.fit.profile
    blocks = [block.title for block in BLOCKS if block.id in format_.fit.blocks]
    facts: list[tuple[Any, Any]] = [(_("Building blocks"), _listed(request, blocks))]
    known = request.registry.plugins.formats
    before = [known[name].title for name in sorted(format_.fit.follows) if name in known]
    facts.append((_("Follows after"), _listed(request, before)))
    if profile is None:
        return facts
    return [
        *facts,
        (_("What the event is for"), _listed(request, [AIM_TITLES[aim] for aim in sorted(profile.aims)])),
        (_("People"), _span(request, profile.people)),
        (_("Length in hours"), _span(request, profile.hours)),
        (_("Weeks to prepare"), _("at least ${weeks}", mapping={"weeks": profile.preparation_weeks})),
        (_("Staff"), _("at least ${people}", mapping={"people": profile.staff})),
        (_("Who can come"), OPENNESS_TITLES[profile.openness]),
        (_("Conflict"), SUITABILITY_TITLES[profile.conflict]),
        (_("Funding"), profile.funding),
        (_("Example"), profile.example),
    ]


def _state(request: Request, format_: EventFormat, state: State) -> dict[str, Any]:
    workflow = workflow_of(format_)
    full = workflow.state(state.id)
    return {
        "state": state,
        "steps": [_step(request, format_, full, step) for step in format_.conduct.workflow.leaving(state.id)],
        "rights": [
            (_permission(format_, permission), _roles(request, allowed_roles(workflow, state.id, permission)))
            for permission in sorted({name for granted in full.grants.values() for name in granted})
        ],
    }


def _step(request: Request, format_: EventFormat, state: State, step: Transition) -> dict[str, Any]:
    target = workflow_of(format_).state(step.target) if step.target else state
    by_time = step.trigger is Trigger.TIME
    holders = [role for role, granted in sorted(state.grants.items()) if step.permission in granted]
    return {
        "step": step,
        "target": target,
        "who": _("by itself, when its time has come") if by_time else _roles(request, holders),
    }


def _permission(format_: EventFormat, name: str) -> Any:
    own = format_.conduct.permissions.get(name)
    return own if own is not None else PERMISSIONS[Permission(name)][0]


def _roles(request: Request, roles: Any) -> str:
    return _listed(request, [ROLES[Role(role)] for role in roles])


def _listed(request: Request, messages: list[Any]) -> str:
    return str(request.fmt.list(request.localizer.translate(message) for message in messages)) if messages else ""


def _span(request: Request, span: Span) -> Any:
    least, most = (request.fmt.number(value, 0 if value == int(value) else 1) for value in (span.least, span.most))
    return least if least == most else _("${least} to ${most}", mapping={"least": least, "most": most})


def _diagram(request: Request, format_: EventFormat) -> Markup:
    svg = draw(workflow_of(format_), None, request.localizer.translate, rtl=request.page.dir == "rtl")
    return Markup(svg)  # noqa: S704 - the diagram escapes every text
