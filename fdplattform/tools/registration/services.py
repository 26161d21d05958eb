"""What happens to a registration. Every function locks the date first, and journals and tells in the same transaction.

Nothing that says who somebody is goes into the journal.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from fdplattform.errors import Conflict
from fdplattform.events.models import EventDate
from fdplattform.journal.services import SYSTEM, Actor, record
from fdplattform.tools.registration.codes import codes_of
from fdplattform.tools.registration.messages import _
from fdplattform.tools.registration.models import Registration, Source, Status
from fdplattform.tools.registration.notices import News, tell
from fdplattform.tools.registration.queue import Locked, lock_date, promote_waiting, reload, seats_of, waiting_after
from fdplattform.workflow import CANCELLED


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
    online is over, or the event is off.
    """
    locked = lock_date(session, event_date_id)
    if token and (earlier := _sent_before(locked, token)):
        if entry == entry_of(earlier):
            return earlier
        raise AlreadySent(earlier)
    if source is Source.ONLINE:
        check_can_register(locked)
        if now >= closes_at(locked.date):
            raise Conflict(_("Registration for this date is over."))
    registration = take_seats(locked, entry, source=source, now=now, token=token, let_in=let_in)
    note(locked, "enter", registration, actor, source=source, status=registration.status, people=entry.people)
    news = News.CONFIRMED if registration.status is Status.CONFIRMED else News.WAITING
    tell(locked, registration, news, now=now, knows=source is not Source.PAPER)
    return registration


def take_seats(
    locked: Locked,
    entry: Entry,
    *,
    source: Source,
    now: datetime,
    token: str | None = None,
    let_in: bool = False,
) -> Registration:
    """A new registration at the end of the queue, confirmed when it fits and nobody waits. Tells nobody."""
    seats = seats_of(locked)
    code = codes_of(locked.session).new()
    # After the start nobody is promoted any more: whoever stands at the door then passes by who is not there.
    queue_is_over = source is Source.WALK_IN and now >= locked.date.starts_at
    fits = seats.has(entry.people) and (seats.waiting == 0 or queue_is_over)
    deliberately = let_in and source is Source.WALK_IN
    registration = Registration(
        event_date_id=locked.date.id,
        number=seats.next_number,
        status=Status.CONFIRMED if fits or deliberately else Status.WAITING,
        source=source,
        beyond_capacity=deliberately and not seats.has(entry.people),
        code_seed=code.seed,
        code_hash=code.hash,
        token=token,
        entered_at=now,
    )
    if source is Source.WALK_IN and registration.status is Status.CONFIRMED:
        registration.attended = entry.people
    _write(registration, entry)
    locked.session.add(registration)
    locked.session.flush()
    return registration


def change(
    session: Session, registration: Registration, entry: Entry, *, actor: Actor, now: datetime, by_staff: bool = False
) -> None:
    """Change what was entered. A smaller group frees seats for who waits.

    A group grows only while seats are free and nobody waits; one that waits itself, while nobody waits behind it.
    Raises Conflict otherwise, when the registration is cancelled, and when the person changes it after the start.
    """
    locked = lock_date(session, registration.event_date_id)
    current = reload(locked, registration.id)
    check_open(locked, current, now, by_staff)
    shrunk = entry.people < current.people
    if entry.people > current.people:
        _check_growth(locked, current, entry.people - current.people)
    _write(current, entry)
    if current.attended is not None:
        current.attended = min(current.attended, entry.people)
    note(locked, "change", current, actor, people=entry.people)
    tell(locked, current, News.CHANGED, now=now, knows=True)
    if shrunk:
        fill_seats(locked, now)


def _check_growth(locked: Locked, current: Registration, more: int) -> None:
    seats, waits = seats_of(locked), current.status is Status.WAITING
    if waiting_after(locked, current) if waits else seats.waiting:
        raise Conflict(
            _("Somebody is waiting for a place already. Please register the additional people separately."), "people"
        )
    if not waits and not seats.has(more):
        raise Conflict(
            _("The group cannot grow that much. Free places: ${free}", mapping={"free": max(0, seats.free or 0)}),
            "people",
        )


def cancel(
    session: Session, registration: Registration, *, actor: Actor, now: datetime, by_staff: bool = False
) -> None:
    """Cancel; the seats go to who waits. Cancelling twice changes nothing. Raises Conflict after the start."""
    locked = lock_date(session, registration.event_date_id)
    current = reload(locked, registration.id)
    if not current.active:
        return
    check_open(locked, current, now, by_staff)
    current.status = Status.CANCELLED
    current.cancelled_at = now
    current.attended = None
    note(locked, "cancel", current, actor, people=current.people)
    tell(locked, current, News.CANCELLED, now=now, knows=not by_staff)
    fill_seats(locked, now)


def fill_seats(locked: Locked, now: datetime) -> list[Registration]:
    """Confirm who fits now, in order, and tell them. Returns who got a place."""
    promoted = promote_waiting(locked, now)
    for registration in promoted:
        note(locked, "promote", registration, SYSTEM, people=registration.people)
        tell(locked, registration, News.PROMOTED, now=now, knows=False)
    return promoted


def tell_moved(locked: Locked, now: datetime, told: Collection[Registration]) -> None:
    """Tell all who are registered for the date that it has another time or place, except who was `told` already."""
    query = select(Registration).where(
        Registration.event_date_id == locked.date.id,
        Registration.status != Status.CANCELLED,
        Registration.shredded_at.is_(None),
    )
    for registration in locked.session.scalars(query).all():
        if registration not in told:
            tell(locked, registration, News.MOVED, now=now, knows=False)


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


#: Built once: every registration asks it while it holds the lock.
_SENT_BEFORE = select(Registration).where(
    Registration.event_date_id == bindparam("date_id"), Registration.token == bindparam("token")
)


def _sent_before(locked: Locked, token: str) -> Registration | None:
    return locked.session.scalar(_SENT_BEFORE, {"date_id": locked.date.id, "token": token})


def _write(registration: Registration, entry: Entry) -> None:
    for name, value in vars(entry).items():
        setattr(registration, name, value)


def check_can_register(locked: Locked) -> None:
    """Raises Conflict when the event was cancelled or postponed, maybe in the very moment of registering."""
    if locked.event.state == CANCELLED:
        raise Conflict(_("The event does not take place. You cannot register."))
    if locked.event.postponed_at is not None:
        raise Conflict(_("The event is postponed. As soon as the new date is fixed, you can register here."))


def check_open(locked: Locked, registration: Registration, now: datetime, by_staff: bool) -> None:
    """Raises Conflict when the registration is cancelled, and for residents when the date has begun."""
    if not registration.active:
        raise Conflict(_("This registration was cancelled."))
    if now >= locked.date.starts_at and not by_staff:
        raise Conflict(_("The event has already begun. Please talk to the people who organise it."))


def note(
    locked: Locked, action: str, registration: Registration, actor: Actor, *, at: datetime | None = None, **payload: Any
) -> None:
    """Write into the journal what happened; never who it was."""
    record(
        locked.session,
        f"registration:{action}",
        actor=actor,
        subject_id=registration.id,
        municipality_id=locked.municipality_id,
        dialogue_id=locked.event.dialogue_id,
        event_id=locked.event.id,
        payload=payload,
        at=at,
    )
