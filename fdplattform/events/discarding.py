"""Discard an event that nobody but its team has seen: it is deleted, and only the journal remembers it."""

from datetime import datetime
from typing import Any

from pyramid.httpexceptions import HTTPNotFound
from pyramid.registry import Registry
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config
from sqlalchemy import exists, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from translationstring import TranslationStringFactory

from fdplattform.dialogues.models import Dialogue
from fdplattform.dialogues.resources import DialogueResource
from fdplattform.errors import Conflict
from fdplattform.events.facts import load_facts
from fdplattform.events.lifecycle import obstacles, was_public
from fdplattform.events.models import Event, EventSeries
from fdplattform.events.record import note
from fdplattform.events.resources import EventResource
from fdplattform.events.transitions import workflow_of
from fdplattform.forms import Button, FormSchema, handle, make_form
from fdplattform.journal.services import Actor
from fdplattform.plugins.format import EventFormat
from fdplattform.security.permissions import Permission
from fdplattform.web.tree import nearest

_ = TranslationStringFactory("fdplattform")


def discard_event(
    session: Session, registry: Registry, event: Event, format_: EventFormat, *, actor: Actor, now: datetime
) -> None:
    """Delete the event, and its series with the last one. Raises Conflict when it was public or people hang on it."""
    # Whoever registers just now locks a date; the database refuses to delete one that somebody is registered for.
    session.scalar(select(Event.id).where(Event.id == event.id).with_for_update())
    facts = load_facts(session, registry, event, format_)
    if was_public(workflow_of(format_, event), facts):
        raise Conflict(_("Everybody could see this event. Cancel it, so that they hear of it."))
    for reason in obstacles(facts):
        raise Conflict(reason.message)
    note(session, "event:discard", event, session.get_one(Dialogue, event.dialogue_id), actor, at=now)
    series_id = event.series_id
    # The database deletes the dates with the event; loaded ones would be torn off first.
    session.expire(event, ["dates"])
    try:
        with session.begin_nested():
            session.delete(event)
            session.flush()
    except IntegrityError as fault:
        raise Conflict(_("People are registered for this event by now. Cancel it instead.")) from fault
    if series_id is not None and not session.scalar(select(exists().where(Event.series_id == series_id))):
        session.delete(session.get_one(EventSeries, series_id))


@view_config(
    context=EventResource,
    name="verwerfen",
    permission=Permission.EVENT_CANCEL,
    renderer="fdplattform.templates:forms/page.pt",
)
def discard(context: EventResource, request: Request) -> Response | dict[str, Any]:
    """Ask once, then delete it."""
    event, format_ = context.event, context.format
    if format_ is None:
        raise HTTPNotFound()
    cancel = request.resource_path(context, "schritte")
    form = make_form(FormSchema(), request, buttons=(Button(title=_("Discard the event")),), cancel=cancel)

    def save(_values: dict[str, Any]) -> str:
        discard_event(request.db, request.registry, event, format_, actor=request.identity.actor, now=request.now)
        request.flash(_("The event is discarded."))
        return request.resource_path(nearest(context, DialogueResource))

    return handle(
        request,
        form,
        on_valid=save,
        title=_("Discard the event"),
        intro=_("It is deleted with its texts, dates and agenda. Nobody outside your team has seen it."),
    )
