"""How many: aggregates that never read a registration's content. They stay right after personal data was deleted."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from fdplattform.events.models import EventDate
from fdplattform.tools.registration.models import Registration, Status


@dataclass(frozen=True, kw_only=True)
class Counts:
    """People (not registrations) of one date or of several."""

    capacity: int | None = None
    confirmed: int = 0
    waiting: int = 0
    cancelled: int = 0
    attended: int = 0

    @property
    def free(self) -> int | None:
        """Seats left, never below 0; None when there is no limit."""
        return None if self.capacity is None else max(0, self.capacity - self.confirmed)

    @property
    def full(self) -> bool:
        """True when whoever registers now has to wait: no seat, or somebody waits already."""
        return self.free == 0 or self.waiting > 0

    @property
    def share(self) -> float:
        """Taken seats, 0 to 1."""
        return min(1.0, self.confirmed / self.capacity) if self.capacity else 0.0


#: Built once: every page about an event asks it.
_BY_DATE = (
    select(
        Registration.event_date_id,
        Registration.status,
        func.sum(Registration.people),
        func.coalesce(func.sum(Registration.attended), 0),
    )
    .where(Registration.event_date_id.in_(bindparam("dates", expanding=True)))
    .group_by(Registration.event_date_id, Registration.status)
)


def counts_by_date(session: Session, dates: Iterable[EventDate]) -> dict[int, Counts]:
    """The counts of each date by its id, with one query."""
    capacities = {date.id: date.capacity for date in dates}
    people: dict[int, dict[str, int]] = {date_id: {} for date_id in capacities}
    rows = session.execute(_BY_DATE, {"dates": list(capacities)}) if capacities else ()
    for date_id, status, number, attended in rows:
        found = people[date_id]
        found[status.value] = number or 0
        found["attended"] = found.get("attended", 0) + (attended or 0)
    return {date_id: Counts(capacity=capacities[date_id], **people[date_id]) for date_id in capacities}


def total(counts: Iterable[Counts]) -> Counts:
    """All dates together. Without a limit as soon as one date has none."""
    parts = list(counts)
    capacities = [part.capacity for part in parts if part.capacity is not None]
    return Counts(
        capacity=sum(capacities) if parts and len(capacities) == len(parts) else None,
        confirmed=sum(part.confirmed for part in parts),
        waiting=sum(part.waiting for part in parts),
        cancelled=sum(part.cancelled for part in parts),
        attended=sum(part.attended for part in parts),
    )


def waiting_before(session: Session, registration: Registration) -> int:
    """How many registrations wait before this one."""
    query = select(func.count()).where(
        Registration.event_date_id == registration.event_date_id,
        Registration.status == Status.WAITING,
        Registration.number < registration.number,
    )
    return session.scalar(query) or 0
