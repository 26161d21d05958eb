"""Whom to call, because there is no e-mail address; and people who want their data deleted."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from fdplattform.events.resources import EventResource
from fdplattform.security.permissions import Permission
from fdplattform.tools.registration.lists import call_list
from fdplattform.tools.registration.messages import _
from fdplattform.tools.registration.resources import Participant, participants_resource
from fdplattform.tools.registration.staff import erase, mark_told
from fdplattform.tools.registration.views.participants import actor_of
from fdplattform.tools.registration.words import STATES
from fdplattform.web.private import keep_private


@view_config(
    context=EventResource,
    name="anrufliste",
    permission=Permission.REGISTRATION_MANAGE,
    renderer="fdplattform.templates:registration/calls.pt",
    request_method="GET",
)
def calls(context: EventResource, request: Request) -> dict[str, Any]:
    """Who must still be told something."""
    keep_private(request)
    return {
        "title": _("Whom to call"),
        "calls": call_list(request.db, context.event),
        "states": STATES,
        "event": context.event,
        "dates": {date.id: date for date in context.event.dates},
        "participants_href": request.resource_path(participants_resource(context)),
        "event_href": request.resource_path(context),
    }


@view_config(context=Participant, name="angerufen", permission=Permission.REGISTRATION_MANAGE, request_method="POST")
def told(context: Participant, request: Request) -> Response:
    """Tick: the person knows."""
    mark_told(request.db, context.registration, actor=actor_of(request), now=request.now)
    return HTTPSeeOther(request.resource_path(context.event_resource, "anrufliste"))


@view_config(
    context=Participant,
    name="daten-loeschen",
    permission=Permission.REGISTRATION_READ,
    renderer="fdplattform.templates:registration/confirm.pt",
)
def erase_person(context: Participant, request: Request) -> Any:
    """Delete what is known about somebody who asks for it."""
    keep_private(request)
    if request.method == "POST":
        erase(request.db, context.registration, actor=actor_of(request), now=request.now)
        request.flash(_("The data of this person was deleted."))
        return HTTPSeeOther(request.resource_path(context.__parent__))
    return {
        "title": _("Delete this person's data"),
        "name": context.registration.name,
        "question": _("The registration is cancelled, and name, contact and needs are deleted at once."),
        "button": _("Yes, delete"),
        "back": request.resource_path(context),
    }
