"""What the pages of the room share."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response

from fdplattform.errors import Conflict
from fdplattform.tools.draw.panel import runs
from fdplattform.tools.draw.panel.journal import Doing
from fdplattform.tools.draw.panel.models import Run, RunState
from fdplattform.tools.draw.panel.resources import DrawDesk, Panel, PanelMember


def doing(context: DrawDesk | Panel | PanelMember, request: Request) -> Doing:
    """The signed-in person does something at the event."""
    return Doing(event=context.event_resource.event, actor=request.identity.actor, now=request.now)


def active(context: DrawDesk, request: Request, *states: RunState) -> Run:
    """The event's draw. Raises Conflict when there is none any more, or it stands in none of `states`."""
    run = runs.active_run(request.db, context.event_resource.event.id)
    if run is None or run.state not in states:
        raise Conflict(runs.OVER)
    return run


def back_to(request: Request, place: Any, message: Any, kind: str = "success") -> HTTPSeeOther:
    """Say `message` on the page of `place`."""
    request.flash(message, kind)
    return HTTPSeeOther(request.resource_path(place))


def json_file(name: str, text: str, *, private: bool = False) -> Response:
    """A record to download."""
    response = Response(
        text, content_type="application/json", charset="utf-8", content_disposition=f'attachment; filename="{name}"'
    )
    if private:
        response.headers["Cache-Control"] = "no-store"
    return response
