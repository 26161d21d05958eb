"""Chained formats: what can follow an event, and what it takes over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import colander
from pyramid.httpexceptions import HTTPBadRequest
from pyramid.registry import Registry
from pyramid.request import Request
from sqlalchemy import select
from sqlalchemy.orm import Session

from fdplattform.dialogues.models import Dialogue
from fdplattform.dialogues.resources import DialogueResource
from fdplattform.events.models import Event
from fdplattform.events.resources import EventResource, event_resource
from fdplattform.events.services import NewEvent, create_event, find_event
from fdplattform.journal.services import Actor
from fdplattform.plugins.format import EventFormat
from fdplattform.plugins.offers import offered
from fdplattform.security.permissions import Permission
from fdplattform.translation.packed import localizer_for
from fdplattform.translation.services import Text
from fdplattform.web.tree import nearest
from fdplattform.workflow import CANCELLED


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A format that can follow the event: where it is created, and the events that are there already."""

    format: EventFormat
    #: The address of its form.
    form: str
    #: The address to which one click is posted.
    create: str
    one_click: bool
    existing: Sequence[tuple[Text, str]]


def chained_choices(request: Request, context: EventResource) -> list[Choice]:
    """The formats that can follow this event here."""
    dialogue = nearest(context, DialogueResource)
    if not request.has_permission(Permission.EVENT_CREATE, dialogue):
        return []
    formats: dict[str, EventFormat] = request.registry.plugins.formats
    here = offered(request.db, dialogue.dialogue.municipality_id, formats)
    fitting = [
        format_ for format_ in formats.values() if context.event.format_id in format_.fit.follows and format_.id in here
    ]
    followers = _followers(request.db, context.event) if fitting else []
    texts = request.texts(*followers)
    return [
        Choice(
            format=format_,
            form=request.resource_path(dialogue, "veranstaltung-anlegen", query=_query(context.event, format_)),
            create=request.resource_path(dialogue, "folgeveranstaltung", query=_query(context.event, format_)),
            one_click=is_one_click(format_),
            existing=[
                (texts.get(each, "title"), request.resource_path(event_resource(dialogue, each)))
                for each in followers
                if each.format_id == format_.id
            ],
        )
        for format_ in fitting
    ]


def _query(origin: Event, format_: EventFormat) -> dict[str, str]:
    return {"format": format_.id, "nach": origin.slug}


def is_one_click(format_: EventFormat) -> bool:
    """True when the format asks nothing at creation that nobody could take over from the event before."""
    details = format_.data.details().children if format_.data.details is not None else ()
    return not any(getattr(node, "at_creation", False) and node.missing is colander.required for node in details)


def followed_event(request: Request, dialogue: Dialogue, format_: EventFormat) -> Event | None:
    """The event that a chained format follows; it must lie in the same dialogue and have a fitting format."""
    if not format_.fit.chained_only:
        return None
    event = find_event(request.db, dialogue.id, request.GET.get("nach", ""))
    if event is None or event.format_id not in format_.fit.follows:
        raise HTTPBadRequest()
    return event


def taken_over(registry: Registry, origin: Event, format_: EventFormat) -> NewEvent:
    """What the event of `format_` that follows `origin` starts with: all but its date.

    Its goal is what the format is for; what happens with the results was promised before.
    """
    translate = localizer_for(registry, origin.language).translate
    return NewEvent(
        title=f"{translate(format_.title)}: {origin.title}"[:200],
        goal=translate(format_.summary),
        results_promise=origin.results_promise,
        block=origin.block if origin.block in format_.fit.blocks else min(format_.fit.blocks),
        language=origin.language,
        host=origin.host,
        field_id=origin.field_id,
        follows_id=origin.id,
    )


def create_follower(
    session: Session,
    registry: Registry,
    dialogue: Dialogue,
    origin: Event,
    format_: EventFormat,
    *,
    actor: Actor,
    now: datetime,
) -> Event:
    """The event of `format_` that follows `origin`, without a date; the one that is there already, if there is one."""
    # Who clicks twice waits here for the first click.
    session.scalar(select(Event.id).where(Event.id == origin.id).with_for_update())
    existing = [each for each in _followers(session, origin) if each.format_id == format_.id]
    if existing:
        return existing[0]
    return create_event(
        session, registry, dialogue, format_, taken_over(registry, origin, format_), actor=actor, now=now
    )


def _followers(session: Session, origin: Event) -> Sequence[Event]:
    query = select(Event).where(Event.follows_id == origin.id, Event.state != CANCELLED)
    return session.scalars(query.order_by(Event.id)).all()
