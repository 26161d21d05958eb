"""What happens to a registration. Every function locks the date first, and journals and tells in the same transaction.

Nothing that says who somebody is goes into the journal.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from fdplattform.errors import Conflict, DomainError
from fdplattform.events.models import EventDate
from fdplattform.journal.services import SYSTEM, Actor, record
from fdplattform.tools.registration.codes import codes_of
from fdplattform.tools.registration.messages import _
from fdplattform.tools.registration.models import Registration, Source, Status
from fdplattform.tools.registration.notices import News, tell
from fdplattform.tools.registration.queue import Locked, Seats, lock_date, promote_waiting, reload, seats_of


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What a person says about the group. Only the name is needed; it may be a pseudonym."""

    name: str
    people: int = 1
    email: str | None = None
    phone: str | None = None
    language: str = "de"
    interpreter: str | None = None
    children: int = 0
    access_needs: str | None = None


class AlreadySent(Exception):
    """The form was sent before, with something else in it: somebody went back in the browser.

    No DomainError: it is no fault of the person's, and the form needs a new token.
    """

    def __init__(self, registration: Registration) -> None:
        super().__init__(registration.id)
        self.registration = registration


def register(
    session: Session,
    event_date_id: int,
    entry: Entry,
    *,
    source: Source,
    actor: Actor,
    now: datetime,
    token: str | None = None,
    let_in: bool = False,
) -> Registration:
    """Register a group: confirmed when it fits and nobody waits before it, otherwise it waits.

    `token` identifies the sent form: the same form sent twice is one registration; raises AlreadySent when its content
    differs. `let_in`: staff confirm a walk-in deliberately, whatever the capacity. Raises Conflict when registering
    online is over.
    """
    locked = lock_date(session, event_date_id)
    if token and (earlier := _sent_before(locked, token)):
        if entry == entry_of(earlier):
            return earlier
        raise AlreadySent(earlier)
    if source is Source.ONLINE and now >= closes_at(locked.date):
        raise Conflict(_("Registration for this date is over."))
    seats = seats_of(locked)
    registration = _new(locked, entry, seats, source=source, now=now, let_in=let_in)
    registration.token = token
    session.add(registration)
    session.flush()
    _journal(locked, "enter", registration, actor, source=source, status=registration.status, people=entry.people)
    news = News.CONFIRMED if registration.status is Status.CONFIRMED else News.WAITING
    tell(locked, registration, news, now=now, knows=source is not Source.PAPER)
    return registration


def _new(
    locked: Locked, entry: Entry, seats: Seats, *, source: Source, now: datetime, let_in: bool
) -> Registration:
    code = codes_of(locked.session).new()
    # After the start nobody is promoted any more: whoever stands at the door then passes by who is not there.
    queue_is_over = source is Source.WALK_IN and now >= locked.date.starts_at
    fits = seats.has(entry.people) and (seats.waiting == 0 or queue_is_over)
    beyond = let_in and source is Source.WALK_IN and not fits
    registration = Registration(
        event_date_id=locked.date.id,
        number=seats.next_number,
        status=Status.CONFIRMED if fits or beyond else Status.WAITING,
        source=source,
        beyond_capacity=beyond,
        code_seed=code.seed,
        code_hash=code.hash,
        entered_at=now,
    )
    if source is Source.WALK_IN and registration.status is Status.CONFIRMED:
        registration.attended = entry.people
    _write(registration, entry)
    return registration


def change(
    session: Session, registration: Registration, entry: Entry, *, actor: Actor, now: datetime, by_staff: bool = False
) -> None:
    """Change what was entered. A smaller group frees seats for who waits.

    A group grows only while seats are free and nobody waits. Raises Conflict then, when the registration is cancelled,
    and when the person changes it after the start.
    """
    locked = lock_date(session, registration.event_date_id)
    current = reload(locked, registration.id)
    _check_open(locked, current, now, by_staff)
    shrunk = entry.people < current.people
    if entry.people > current.people:
        _check_growth(seats_of(locked), entry.people - current.people)
    _write(current, entry)
    if current.attended is not None:
        current.attended = min(current.attended, entry.people)
    _journal(locked, "change", current, actor, people=entry.people)
    tell(locked, current, News.CHANGED, now=now, knows=True)
    if shrunk:
        _fill_up(locked, now)


def _check_growth(seats: Seats, more: int) -> None:
    if seats.waiting:
        raise Conflict(
            _("Somebody is waiting for a place already. Please register the additional people separately."), "people"
        )
    if not seats.has(more):
        raise Conflict(
            _("Only ${free} more places are free.", mapping={"free": max(0, seats.free or 0)}), "people"
        )


def cancel(
    session: Session, registration: Registration, *, actor: Actor, now: datetime, by_staff: bool = False
) -> None:
    """Cancel; the seats go to who waits. Cancelling twice changes nothing. Raises Conflict after the start."""
    locked = lock_date(session, registration.event_date_id)
    current = reload(locked, registration.id)
    if not current.active:
        return
    _check_open(locked, current, now, by_staff)
    current.status = Status.CANCELLED
    current.cancelled_at = now
    current.attended = None
    _journal(locked, "cancel", current, actor, people=current.people)
    tell(locked, current, News.CANCELLED, now=now, knows=not by_staff)
    _fill_up(locked, now)


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
    _journal(locked, "promote_early", current, actor, people=current.people, reason=reason.strip())
    tell(locked, current, News.PROMOTED, now=now, knows=False)
    # Who blocked the queue is out of it now.
    _fill_up(locked, now)


def fill_up(session: Session, event_date_id: int, *, now: datetime) -> list[Registration]:
    """Give seats that have become free, e.g. by a larger room, to who waits. Returns who got one."""
    return _fill_up(lock_date(session, event_date_id), now)


def _fill_up(locked: Locked, now: datetime) -> list[Registration]:
    promoted = promote_waiting(locked, now)
    for registration in promoted:
        _journal(locked, "promote", registration, SYSTEM, people=registration.people)
        tell(locked, registration, News.PROMOTED, now=now, knows=False)
    return promoted


def reissue_code(session: Session, registration: Registration, *, actor: Actor, now: datetime) -> str:
    """A new code for who lost the old one, which stops working. Returns it."""
    locked = lock_date(session, registration.event_date_id)
    current = reload(locked, registration.id)
    code = codes_of(session).new()
    current.code_seed, current.code_hash = code.seed, code.hash
    _journal(locked, "reissue", current, actor)
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
    _journal(locked, "attend", current, actor, people=people)


def mark_told(session: Session, registration: Registration, *, actor: Actor, now: datetime) -> None:
    """Note that somebody called the person and told what is new."""
    locked = lock_date(session, registration.event_date_id)
    current = reload(locked, registration.id)
    current.news_at = None
    current.told_at = now
    _journal(locked, "tell", current, actor)


def find_by_code(session: Session, typed: str) -> Registration | None:
    """The registration to which the code belongs; case, hyphens and spaces do not matter."""
    stored = codes_of(session).hash(typed)
    if stored is None:
        return None
    return session.scalar(select(Registration).where(Registration.code_hash == stored))


def entry_of(registration: Registration) -> Entry:
    """What was entered."""
    return Entry(
        name=registration.name or "",
        people=registration.people,
        email=registration.email,
        phone=registration.phone,
        language=registration.language or "de",
        interpreter=registration.interpreter,
        children=registration.children,
        access_needs=registration.access_needs,
    )


def closes_at(date: EventDate) -> datetime:
    """Until when people register online for `date`."""
    return min(date.registration_until or date.starts_at, date.starts_at)


def _sent_before(locked: Locked, token: str) -> Registration | None:
    query = select(Registration).where(Registration.event_date_id == locked.date.id, Registration.token == token)
    return locked.session.scalar(query)


def _write(registration: Registration, entry: Entry) -> None:
    for name, value in vars(entry).items():
        setattr(registration, name, value)


def _check_open(locked: Locked, registration: Registration, now: datetime, by_staff: bool) -> None:
    if not registration.active:
        raise Conflict(_("This registration was cancelled."))
    if now >= locked.date.starts_at and not by_staff:
        raise Conflict(_("The event has already begun. Please talk to the people who organise it."))


def _journal(locked: Locked, action: str, registration: Registration, actor: Actor, **payload: Any) -> None:
    record(
        locked.session,
        f"registration:{action}",
        actor=actor,
        subject_id=registration.id,
        municipality_id=locked.municipality_id,
        dialogue_id=locked.event.dialogue_id,
        event_id=locked.event.id,
        payload=payload,
    )
