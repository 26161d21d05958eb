"""A registration goes to another date of the same event: its old seats to who waits, its new ones in the new queue."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from fdplattform.errors import Conflict, DomainError
from fdplattform.events.models import EventDate
from fdplattform.journal.services import Actor
from fdplattform.tools.registration.messages import _
from fdplattform.tools.registration.models import Registration, Status
from fdplattform.tools.registration.notices import News, tell
from fdplattform.tools.registration.queue import Locked, lock_date, reload, seats_of
from fdplattform.tools.registration.services import check_can_register, check_open, closes_at, fill_seats, note


def move(
    session: Session,
    registration: Registration,
    date_id: int,
    *,
    actor: Actor,
    now: datetime,
    by_staff: bool = False,
) -> Registration:
    """Move the whole group. It is confirmed there when it fits and nobody waits before it, otherwise it waits.

    Raises Conflict when the registration is cancelled or the event does not take place; for residents also when their
    date has begun, or nobody can register for the new one any more. DomainError for a date of another event.
    """
    if date_id == registration.event_date_id:
        return registration
    old, new = _lock_both(session, registration.event_date_id, date_id)
    current = reload(old, registration.id)
    check_open(old, current, now, by_staff)
    if new.event.id != old.event.id:
        raise DomainError(_("This is not a date of the same event."), "date_id")
    check_can_register(new)
    if now >= closes_at(new.date) and not by_staff:
        raise Conflict(_("Registration for this date is over."), "date_id")
    seats = seats_of(new)
    fits = seats.has(current.people) and seats.waiting == 0
    current.event_date_id, current.number = new.date.id, seats.next_number
    current.status = Status.CONFIRMED if fits else Status.WAITING
    current.promoted_at, current.attended, current.beyond_capacity = None, None, False
    session.flush()
    session.expire(current, ["event_date"])
    note(new, "move", current, actor, people=current.people, status=current.status)
    news = News.OTHER_DATE if fits else News.WAITING
    tell(new, current, news, now=now, knows=True)
    fill_seats(old, now)
    return current


def other_dates(session: Session, registration: Registration, now: datetime, *, by_staff: bool) -> list[EventDate]:
    """The event's other dates; for residents only those for which they could register now."""
    own = registration.event_date
    query = select(EventDate).where(EventDate.event_id == own.event_id, EventDate.id != own.id)
    dates = session.scalars(query.order_by(EventDate.starts_at)).all()
    return [date for date in dates if by_staff or now < closes_at(date)]


def _lock_both(session: Session, old_id: int, new_id: int) -> tuple[Locked, Locked]:
    """Both dates, always in the order of their ids: two people who change places do not wait for each other."""
    locked = {date_id: lock_date(session, date_id) for date_id in sorted((old_id, new_id))}
    return locked[old_id], locked[new_id]
