"""What staff do with a registration: give a place early, reissue a code, tick who came and who was told, erase."""

from datetime import datetime

from sqlalchemy.orm import Session

from fdplattform.errors import Conflict, DomainError
from fdplattform.journal.services import Actor
from fdplattform.tools.registration.codes import codes_of
from fdplattform.tools.registration.messages import _
from fdplattform.tools.registration.models import Registration, Status
from fdplattform.tools.registration.notices import News, tell
from fdplattform.tools.registration.queue import lock_date, reload, seats_of
from fdplattform.tools.registration.retention import shred_one
from fdplattform.tools.registration.services import fill_seats, note


def promote(
    session: Session, registration: Registration, *, reason: str, actor: Actor, now: datetime, let_in: bool = False
) -> None:
    """Staff give a waiting group its place before its turn, for a written reason.

    Raises DomainError without a reason, and Conflict when the group does not wait, or does not fit and `let_in` is
    not said.
    """
    locked = lock_date(session, registration.event_date_id)
    current = reload(locked, registration.id)
    if not reason.strip():
        raise DomainError(_("Please write why."), "reason")
    if current.status is not Status.WAITING:
        raise Conflict(_("This registration does not wait."))
    fits = seats_of(locked).has(current.people)
    if not (fits or let_in):
        raise Conflict(_("There are not enough free places for this group."))
    current.status = Status.CONFIRMED
    current.promoted_at = now
    current.beyond_capacity = not fits
    note(locked, "promote_early", current, actor, people=current.people, reason=reason.strip())
    tell(locked, current, News.PROMOTED, now=now, knows=False)
    # Who blocked the queue is out of it now.
    fill_seats(locked, now)


def reissue_code(session: Session, registration: Registration, *, actor: Actor, now: datetime) -> str:
    """A new code for who lost the old one, which stops working. Returns it."""
    locked = lock_date(session, registration.event_date_id)
    current = reload(locked, registration.id)
    code = codes_of(session).new()
    current.code_seed, current.code_hash = code.seed, code.hash
    note(locked, "reissue", current, actor)
    tell(locked, current, News.NEW_CODE, now=now, knows=True)
    return code.text


def set_attended(session: Session, registration: Registration, people: int | None, *, actor: Actor) -> None:
    """Note how many of a confirmed group came; None takes the note back.

    Raises Conflict when the group has no place, DomainError when more came than were registered.
    """
    locked = lock_date(session, registration.event_date_id)
    current = reload(locked, registration.id)
    if current.status is not Status.CONFIRMED:
        raise Conflict(_("This registration has no place. Let the people in first."))
    if people is not None and not 0 <= people <= current.people:
        raise DomainError(_("More people than were registered: please enter the others at the door."), "attended")
    current.attended = people
    note(locked, "attend", current, actor, people=people)


def mark_told(session: Session, registration: Registration, *, actor: Actor, now: datetime) -> None:
    """Note that somebody called the person and told what is new."""
    locked = lock_date(session, registration.event_date_id)
    current = reload(locked, registration.id)
    current.news_at = None
    current.told_at = now
    note(locked, "tell", current, actor)


def erase(session: Session, registration: Registration, *, actor: Actor, now: datetime) -> None:
    """Delete at once what is known about a person who asks for it (Art. 17 GDPR).

    Before the event the place goes to who waits.
    """
    locked = lock_date(session, registration.event_date_id)
    current = reload(locked, registration.id)
    if current.active and now < locked.date.starts_at:
        current.status = Status.CANCELLED
        current.cancelled_at = now
        fill_seats(locked, now)
    shred_one(session, current, now)
    note(locked, "erase", current, actor)
