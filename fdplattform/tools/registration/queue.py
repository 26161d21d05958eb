"""The queue of one date: first come, first served, by the order of entry; groups stay whole; nobody overtakes.

Everything that hands out or gives back seats first locks the date's row, so that there is one at a time.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, bindparam, case, func, inspect, select
from sqlalchemy.orm import Session

from fdplattform.dialogues.models import Dialogue
from fdplattform.errors import DomainError
from fdplattform.events.models import Event, EventDate
from fdplattform.tools.registration.messages import _
from fdplattform.tools.registration.models import Registration, Status


@dataclass(frozen=True)
class Locked:
    """A date whose seats nobody else can hand out until the transaction ends."""

    session: Session
    date: EventDate
    event: Event
    municipality_id: int


@dataclass(frozen=True)
class Seats:
    """How a locked date stands."""

    #: None when there is no limit; negative when more were let in than there are seats.
    free: int | None
    #: Registrations that wait.
    waiting: int
    #: The number of the next registration.
    next_number: int

    def has(self, people: int) -> bool:
        """True when so many can sit down, whoever else waits."""
        return self.free is None or people <= self.free


def lock_date(session: Session, event_date_id: int) -> Locked:
    """Lock the date, and let nobody cancel or postpone the event meanwhile. Raises DomainError when it is gone.

    Several dates are locked in the order of their ids. On SQLite the transaction holds the write lock anyway.
    """
    date = session.get(EventDate, event_date_id)
    if date is None:
        raise DomainError(_("This date no longer exists."))
    # Columns only: what the request has loaded beside them stays loaded.
    session.refresh(date, [column.key for column in inspect(EventDate).column_attrs], with_for_update=True)
    event = session.get_one(Event, date.event_id)
    # Shared: those who register do not wait for each other. Whoever cancels waits for them, and then tells them.
    session.refresh(event, ["version", "state", "postponed_at"], with_for_update={"read": True})
    dialogue = session.get_one(Dialogue, event.dialogue_id)
    return Locked(session, date, event, dialogue.municipality_id)


#: Built once: every registration asks it while it holds the lock.
_SEATS = select(
    func.sum(case((Registration.status == Status.CONFIRMED, Registration.people), else_=0)),
    func.sum(case((Registration.status == Status.WAITING, 1), else_=0)),
    func.max(Registration.number),
).where(Registration.event_date_id == bindparam("date_id"))


def seats_of(locked: Locked) -> Seats:
    """The seats of the locked date, as they are now."""
    locked.session.flush()
    found = locked.session.execute(_SEATS, {"date_id": locked.date.id}).one()
    taken, queue, last = (value or 0 for value in found)
    capacity = locked.date.capacity
    return Seats(None if capacity is None else capacity - taken, queue, last + 1)


def waiting_after(locked: Locked, registration: Registration) -> int:
    """How many registrations wait behind this one: a larger group before them would keep them waiting longer."""
    query = select(func.count()).where(
        Registration.event_date_id == locked.date.id,
        Registration.status == Status.WAITING,
        Registration.number > registration.number,
    )
    return locked.session.scalar(query) or 0


def reload(locked: Locked, registration_id: int) -> Registration:
    """The registration as it is now that the date is locked. Raises DomainError when it is gone."""
    query = (
        select(Registration)
        .where(and_(Registration.id == registration_id, Registration.event_date_id == locked.date.id))
        .execution_options(populate_existing=True)
    )
    found = locked.session.scalar(query)
    if found is None:
        raise DomainError(_("This registration no longer exists."))
    return found


def promote_waiting(locked: Locked, now: datetime) -> list[Registration]:
    """Confirm who waits, in order, as long as the next one fits. Returns who was confirmed.

    After the start nobody is: people who were told that they have no seat are not there.
    """
    if now >= locked.date.starts_at:
        return []
    seats = seats_of(locked)
    if not seats.waiting:
        return []
    query = (
        select(Registration)
        .where(Registration.event_date_id == locked.date.id, Registration.status == Status.WAITING)
        .order_by(Registration.number)
    )
    promoted = []
    free = seats.free
    for registration in locked.session.scalars(query):
        if free is not None and registration.people > free:
            break
        registration.status = Status.CONFIRMED
        registration.promoted_at = now
        free = None if free is None else free - registration.people
        promoted.append(registration)
    locked.session.flush()
    return promoted
