"""Printable pages that a format makes from an event: invitations, notices, minutes."""

from typing import Any

from markupsafe import Markup
from pyramid.httpexceptions import HTTPNotFound
from pyramid.renderers import render_to_response
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from fdplattform.dialogues.resources import DialogueResource
from fdplattform.events.facts import load_facts
from fdplattform.events.resources import EventResource
from fdplattform.events.views import date_row, is_team, tool_panel
from fdplattform.municipalities.resources import MunicipalityResource
from fdplattform.plugins.faults import note_module
from fdplattform.plugins.format import Material
from fdplattform.security.permissions import Permission
from fdplattform.web.tree import nearest


@view_config(
    context=EventResource,
    name="unterlagen",
    permission=Permission.EVENT_VIEW,
    request_method="GET",
    takes_subpath=True,
)
def show_material(context: EventResource, request: Request) -> Response:
    """The material named in the path, as a page made for paper."""
    material = _material(context, request)
    # An error in a plugin's template passes through none of its code.
    note_module(request, material.template.partition(":")[0])
    return render_to_response(material.template, _values(context, request, material), request)


def _material(context: EventResource, request: Request) -> Material:
    wanted = request.subpath[0] if len(request.subpath) == 1 else ""
    for material in context.format.output.materials if context.format is not None else ():
        in_time = material.states is None or context.event.state in material.states
        visible = (material.public and context.is_public) or is_team(context, request)
        if material.id == wanted and in_time and visible:
            return material
    raise HTTPNotFound()


def _values(context: EventResource, request: Request, material: Material) -> dict[str, Any]:
    """What a material's template may use."""
    event, format_ = context.event, context.format
    if format_ is None:
        raise HTTPNotFound()
    facts = load_facts(request.db, request.registry, event, format_)
    return {
        "title": material.title,
        "context": context,
        "event": event,
        "texts": context.texts,
        "dates": [date_row(request, date) for date in event.dates],
        "municipality": nearest(context, MunicipalityResource).municipality,
        "dialogue": nearest(context, DialogueResource).dialogue,
        "facts": facts,
        "tool_panel": lambda tool: _tool_panel(context, request, tool),
        **(material.values(facts) if material.values is not None else {}),
    }


def _tool_panel(context: EventResource, request: Request, tool: str) -> Markup | None:
    use = context.use(tool)
    return None if use is None else tool_panel(context, request, use)
