"""What there is to do about events, for "my week"."""

from collections.abc import Collection, Iterator
from datetime import date, timedelta

from pyramid.request import Request
from sqlalchemy import select
from sqlalchemy.orm import contains_eager, selectinload
from translationstring import TranslationStringFactory

from fdplattform.dialogues.models import Dialogue, DialogueState
from fdplattform.dialogues.resources import dialogue_resource
from fdplattform.events.follow_ups import asked
from fdplattform.events.models import Event
from fdplattform.events.resources import EventResource, event_resource
from fdplattform.events.transitions import workflow_of
from fdplattform.municipalities.resources import municipality_resource
from fdplattform.security.permissions import Permission
from fdplattform.web.tasks import Task
from fdplattform.workflow import CANCEL, CANCELLED, POSTPONE, RESUME, Trigger

_ = TranslationStringFactory("fdplattform")

#: Who took part wants to hear within four weeks what became of it.
AFTERWARDS = timedelta(weeks=4)


def event_tasks(request: Request, municipality_ids: Collection[int]) -> Iterator[Task]:
    """For each running event: the step that comes next, due when its format says, at the event, or weeks later."""
    query = (
        select(Event)
        .join(Event.dialogue)
        .join(Dialogue.municipality)
        .options(contains_eager(Event.dialogue).contains_eager(Dialogue.municipality), selectinload(Event.dates))
        .where(
            Dialogue.municipality_id.in_(municipality_ids),
            Dialogue.state != DialogueState.CLOSED,
            Event.state != CANCELLED,
        )
        .order_by(Event.id)
    )
    events = request.db.scalars(query).all()
    texts = request.texts(*events)
    for event in events:
        municipality = event.dialogue.municipality
        place = event_resource(dialogue_resource(municipality_resource(request, municipality), event.dialogue), event)
        step = next_step(place)
        if step is not None:
            yield Task(
                title=_("Next step: ${step}", mapping={"step": request.localizer.translate(step)}),
                about=texts.get(event, "title"),
                municipality=municipality.name,
                place=place,
                view="schritte",
                permission=Permission.EVENT_ADVANCE,
                due=_due(request, place),
            )


def follow_up_tasks(request: Request, municipality_ids: Collection[int]) -> Iterator[Task]:
    """What formats want to be asked a while after a step, until somebody ticks it off."""
    waiting = [each for each in asked(request.db, request.registry, municipality_ids=municipality_ids) if each.is_open]
    texts = request.texts(*(each.event for each in waiting))
    for each in waiting:
        municipality = each.event.dialogue.municipality
        dialogue = dialogue_resource(municipality_resource(request, municipality), each.event.dialogue)
        yield Task(
            title=each.follow_up.title,
            about=texts.get(each.event, "title"),
            municipality=municipality.name,
            place=event_resource(dialogue, each.event),
            view="schritte",
            permission=Permission.EVENT_FOLLOW_UP,
            due=request.fmt.local(each.due_at).date(),
        )


def next_step(place: EventResource) -> str | None:
    """The title of the first step forward that a person can take from the event's state, or None."""
    if place.format is None:
        return None
    workflow, state = workflow_of(place.format, place.event), place.event.state
    if place.event.postponed_at is not None:
        return workflow.transition(RESUME).title
    own = [
        step
        for step in workflow.leaving(state)
        if step.trigger is Trigger.USER
        and step.id not in {CANCEL, POSTPONE, RESUME}
        and not workflow.leads_back(step, state)
    ]
    return own[0].title if own else None


def _due(request: Request, place: EventResource) -> date | None:
    """What the format says of the state. Else before the event its first day; what was reached after its last day may
    take AFTERWARDS.
    """
    event = place.event
    if place.state is not None and place.state.leave_within is not None:
        return request.fmt.local(event.entered_at + place.state.leave_within).date()
    days = [request.fmt.local(each.starts_at).date() for each in event.dates]
    if not days:
        return None
    today, reached = request.fmt.local(request.now).date(), request.fmt.local(event.entered_at).date()
    coming = [day for day in days if day >= today]
    if coming:
        return min(coming)
    return max(days) if reached < max(days) else reached + AFTERWARDS
