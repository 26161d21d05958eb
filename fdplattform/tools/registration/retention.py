"""When personal data of registrations is deleted, and the nightly job that does it. Numbers stay: they are statistics.

Who is registered for a postponed event is expected at its new date, see `events.over`; of a cancelled one, the day of
the cancellation counts. Needs may say something about health, so they go first.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, or_, select, update
from sqlalchemy.orm import Session

from fdplattform.db.sql import affected
from fdplattform.events.models import EventDate
from fdplattform.events.over import over_or_cancelled_by
from fdplattform.jobs.registry import JobContext
from fdplattform.journal.models import JournalEntry
from fdplattform.journal.services import shred
from fdplattform.tools.registration.models import Registration

#: After the event is over, or was cancelled.
KEEP_NEEDS = timedelta(days=7)
KEEP_CONTACT = timedelta(weeks=4)

_NO_NEEDS: dict[str, Any] = {"interpreter": None, "children": 0, "access_needs": None}
_NO_CONTACT: dict[str, Any] = {
    **_NO_NEEDS,
    "name": None,
    "email": None,
    "phone": None,
    "language": None,
    "code_hash": None,
    "token": None,
    "news_at": None,
}


def shred_due(session: Session, now: datetime) -> int:
    """Delete what may no longer be kept at `now`. Returns the number of registrations whose contact was deleted."""
    _forget_needs(session, now)
    due = session.scalars(
        select(Registration.id).where(
            Registration.shredded_at.is_(None),
            Registration.event_date_id.in_(_dates_of_events_over(now - KEEP_CONTACT)),
        )
    ).all()
    _shred(session, due, now)
    return len(due)


def shred_one(session: Session, registration: Registration, now: datetime) -> None:
    """Delete what is known about one person who asks for it (Art. 17 GDPR)."""
    session.flush()
    _shred(session, [registration.id], now)
    session.refresh(registration)


def _forget_needs(session: Session, now: datetime) -> int:
    known = or_(
        Registration.interpreter.is_not(None), Registration.children > 0, Registration.access_needs.is_not(None)
    )
    over = Registration.event_date_id.in_(_dates_of_events_over(now - KEEP_NEEDS))
    statement = update(Registration).where(known, over).values(**_NO_NEEDS, version=Registration.version + 1)
    return affected(session, statement)


def _shred(session: Session, ids: list[int] | Any, now: datetime) -> None:
    # Staff's written reasons may say something about the person.
    noted = select(JournalEntry.subject_id).where(
        JournalEntry.tag == "registration:promote_early", JournalEntry.subject_id.in_(ids)
    )
    for registration_id in session.scalars(noted.distinct()).all():
        shred(session, "registration", registration_id or 0)
    session.execute(
        update(Registration)
        .where(Registration.id.in_(ids))
        .values(**_NO_CONTACT, shredded_at=now, version=Registration.version + 1),
        execution_options={"synchronize_session": False},
    )


def _dates_of_events_over(moment: datetime) -> Select[int]:
    return select(EventDate.id).where(EventDate.event_id.in_(over_or_cancelled_by(moment)))


def run(context: JobContext) -> None:
    """The periodic job."""
    with context.transaction() as session:
        shred_due(session, context.now)
