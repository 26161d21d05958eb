"""When answers are deleted, and the nightly job that does it: numbers of yes and no stay.

What people told is needed until nobody is replaced any more, at the latest until the event is over. When names and
addresses go, the register's room says; who said yes is kept there as long as here.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session
from translationstring import TranslationString

from fdplattform.events.models import Event
from fdplattform.jobs.registry import JobContext
from fdplattform.journal.services import SYSTEM, record
from fdplattform.tools.draw.register.models import Invitee
from fdplattform.tools.draw.register.retention import events_over
from fdplattform.tools.draw.replies.forgetting import forget_replies
from fdplattform.tools.draw.replies.messages import _
from fdplattform.tools.draw.replies.models import Answer, Reply


def may_move_up() -> Select[Any]:
    """The invited people who are needed after the draw: they said yes, and may replace a member."""
    return select(Reply.invitee_id).where(Reply.answer == Answer.YES)


def somebody_answered(session: Session, extract_id: int) -> TranslationString | None:
    """Why the sample drawn from this extract is kept: somebody of it has answered."""
    query = select(Reply.invitee_id).join(Invitee, Invitee.id == Reply.invitee_id)
    found = session.scalar(query.where(Invitee.extract_id == extract_id).limit(1))
    return None if found is None else _("This sample cannot be discarded: somebody has answered already.")


def shred_due(session: Session, now: datetime) -> int:
    """Delete what may no longer be kept at `now`. Returns the number of answers that were emptied."""
    gone = select(Invitee.id).where(Invitee.shredded_at.is_not(None))
    due = Reply.shredded_at.is_(None) & (Reply.event_id.in_(events_over(now)) | Reply.invitee_id.in_(gone))
    number = 0
    events = select(Event, func.count()).join(Reply, Reply.event_id == Event.id).where(due).group_by(Event.id)
    for event, people in session.execute(events.order_by(Event.id)).all():
        forget_replies(session, select(Reply.invitee_id).where(due, Reply.event_id == event.id), now)
        record(
            session,
            "reply:shred",
            actor=SYSTEM,
            dialogue_id=event.dialogue_id,
            event_id=event.id,
            payload={"people": people},
            at=now,
        )
        number += people
    return number


def run(context: JobContext) -> None:
    """The periodic job."""
    with context.transaction() as session:
        shred_due(session, context.now)
