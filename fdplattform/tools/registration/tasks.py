"""What there is to do about registrations: people without e-mail who do not know yet what has changed."""

from collections.abc import Collection, Iterator

from pyramid.request import Request
from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from fdplattform.dialogues.models import Dialogue
from fdplattform.dialogues.resources import dialogue_resource
from fdplattform.events.facts import STEP_TAG
from fdplattform.events.models import Event, EventDate
from fdplattform.events.resources import event_resource
from fdplattform.journal.models import JournalEntry
from fdplattform.municipalities.resources import municipality_resource
from fdplattform.security.permissions import Permission
from fdplattform.tools.registration.lists import missed
from fdplattform.tools.registration.messages import _
from fdplattform.tools.registration.models import Registration
from fdplattform.web.tasks import Task
from fdplattform.workflow import CANCEL, POSTPONE, RESUME


def call_tasks(request: Request, municipality_ids: Collection[int]) -> Iterator[Task]:
    """The events with somebody on their call list, due today. One query, and one for the titles."""
    # When the event as a whole was last cancelled, postponed or resumed.
    moment = (
        select(func.max(JournalEntry.at))
        .where(
            JournalEntry.event_id == Event.id,
            JournalEntry.tag == STEP_TAG,
            JournalEntry.payload["transition"].as_string().in_((CANCEL, POSTPONE, RESUME)),
        )
        .correlate(Event)
        .scalar_subquery()
    )
    waiting = (
        select(Event.id, func.count().label("people"))
        .join(EventDate, EventDate.event_id == Event.id)
        .join(Registration, Registration.event_date_id == EventDate.id)
        .where(
            Registration.email.is_(None),
            Registration.shredded_at.is_(None),
            or_(Registration.news_at.is_not(None), missed(moment)),
        )
        .group_by(Event.id)
        .subquery()
    )
    query = (
        select(Event, waiting.c.people)
        .join(waiting, waiting.c.id == Event.id)
        .join(Event.dialogue)
        .options(joinedload(Event.dialogue).joinedload(Dialogue.municipality))
        .where(Dialogue.municipality_id.in_(municipality_ids))
    )
    rows = request.db.execute(query).all()
    texts = request.texts(*(row.Event for row in rows))
    for event, people in rows:
        dialogue = event.dialogue
        place = dialogue_resource(municipality_resource(request, dialogue.municipality), dialogue)
        yield Task(
            title=_("Call people and tell them what is new: ${count}", mapping={"count": people}),
            about=texts.get(event, "title"),
            municipality=dialogue.municipality.name,
            place=event_resource(place, event),
            view="anrufliste",
            permission=Permission.REGISTRATION_MANAGE,
            due=request.fmt.local(request.now).date(),
        )
