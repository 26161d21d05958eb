"""What there is to do about series, for "my week": to say what their events say together."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime

from pyramid.request import Request
from sqlalchemy import select
from sqlalchemy.orm import contains_eager, selectinload
from translationstring import TranslationStringFactory

from fdplattform.dialogues.models import Dialogue, DialogueState
from fdplattform.dialogues.resources import dialogue_resource
from fdplattform.events.models import Event, EventSeries
from fdplattform.events.tasks import AFTERWARDS
from fdplattform.municipalities.resources import municipality_resource
from fdplattform.security.permissions import Permission
from fdplattform.web.tasks import Task
from fdplattform.workflow import CANCELLED

_ = TranslationStringFactory("fdplattform")


def synthesis_tasks(request: Request, municipality_ids: Collection[int]) -> Iterator[Task]:
    """The series whose events have all taken place or were cancelled, and that have no synthesis yet.

    The last event's step asks for it too, but the last event may be the one that was cancelled.
    """
    query = (
        select(EventSeries, Event)
        .join(Event, Event.series_id == EventSeries.id)
        .join(Event.dialogue)
        .options(
            contains_eager(Event.dialogue).joinedload(Dialogue.municipality),
            selectinload(Event.dates),
        )
        .where(
            EventSeries.synthesis.is_(None),
            Dialogue.municipality_id.in_(municipality_ids),
            Dialogue.state != DialogueState.CLOSED,
        )
        .order_by(Event.id)
    )
    found: dict[EventSeries, list[Event]] = defaultdict(list)
    for series, event in request.db.execute(query):
        found[series].append(event)
    waiting = {series: events for series, events in found.items() if _is_over(events, request.now)}
    texts = request.texts(*waiting)
    for series, events in waiting.items():
        dialogue = events[0].dialogue
        last = max(date.ends_at for event in events if event.state != CANCELLED for date in event.dates)
        yield Task(
            title=_("Write what the events of the series say together"),
            about=texts.get(series, "title"),
            municipality=dialogue.municipality.name,
            place=dialogue_resource(municipality_resource(request, dialogue.municipality), dialogue),
            view=f"reihe/{series.id}/bearbeiten",
            permission=Permission.EVENT_CREATE,
            due=request.fmt.local(last + AFTERWARDS).date(),
        )


def _is_over(events: Sequence[Event], now: datetime) -> bool:
    """Nothing is to come, and at least two events took place: one alone needs no synthesis."""
    held = [event for event in events if event.state != CANCELLED]
    return len(held) > 1 and all(event.dates and max(d.ends_at for d in event.dates) <= now for event in held)
