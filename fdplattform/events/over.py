"""When an event is over, for whoever deletes what is known about people. A postponed event waits for its new date."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, func, select

from fdplattform.events.models import Event, EventDate
from fdplattform.workflow import CANCELLED

#: When an event without a date, or that is postponed and gets no new one, counts as over.
UNDATED = timedelta(days=365)


def over_at(event: Event, ends_at: datetime) -> datetime:
    """When the event is over whose last date ends at `ends_at`."""
    return ends_at if event.postponed_at is None else max(ends_at, event.postponed_at + UNDATED)


def over_by(moment: datetime) -> Select[int]:
    """The ids of the events with dates that are over at `moment`, as `over_at` says."""
    ended = select(EventDate.event_id).group_by(EventDate.event_id).having(func.max(EventDate.ends_at) <= moment)
    return select(Event.id).where(Event.id.in_(ended), ~waiting_at(moment))


def over_or_cancelled_by(moment: datetime) -> Select[int]:
    """The ids of the events of `over_by`, and of those that had been cancelled by `moment`, with dates or without."""
    cancelled = (Event.state == CANCELLED) & (Event.entered_at <= moment)
    return select(Event.id).where(cancelled | Event.id.in_(over_by(moment)))


def waiting_at(moment: datetime) -> ColumnElement[bool]:
    """SQL condition: the event is postponed, and at `moment` people are still expected at its new date."""
    return Event.postponed_at.is_not(None) & (Event.postponed_at > moment - UNDATED)
