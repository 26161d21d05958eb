"""What people said that they need to take part, and on which dates they can come, as staff read it."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from pyramid.request import Request
from sqlalchemy import select
from sqlalchemy.orm import Session
from translationstring import TranslationString

from fdplattform.events.models import Event, EventDate
from fdplattform.tools.draw.replies.messages import _
from fdplattform.tools.draw.replies.models import Answer, Reply
from fdplattform.tools.needs import interpreter_name

#: Titles of what `needs_in` gives, in the same order.
NEEDS = (_("Interpreter"), _("Children to look after"), _("Needed to take part"), _("Can come on"))


def dates_of(session: Session, event_id: int) -> Sequence[EventDate]:
    """The event's dates in their order."""
    query = select(EventDate).where(EventDate.event_id == event_id).order_by(EventDate.starts_at, EventDate.id)
    return session.scalars(query).all()


def needs_in(request: Request, reply: Reply, dates: Sequence[EventDate]) -> tuple[Any, ...]:
    """The needs in an answer, None where nothing was said."""
    interpreter = interpreter_name(request, reply.interpreter) if reply.interpreter else None
    days = [request.fmt.period(date.starts_at, date.ends_at) for date in dates if date.id in reply.dates]
    return (interpreter, reply.children or None, reply.access_needs, "; ".join(days) or None)


class NeedsOf:
    """The needs of some people who were invited, by their ids; two queries."""

    def __init__(self, request: Request, event_id: int, invitee_ids: Iterable[int | None]) -> None:
        query = select(Reply).where(Reply.invitee_id.in_(set(invitee_ids) - {None}), Reply.shredded_at.is_(None))
        self._request = request
        self._replies: dict[int | None, Reply] = {reply.invitee_id: reply for reply in request.db.scalars(query)}
        self._dates = dates_of(request.db, event_id)

    def row(self, invitee_id: int | None) -> tuple[Any, ...]:
        """In the order of `NEEDS`; None where nothing was said, or nobody was invited."""
        reply = self._replies.get(invitee_id)
        return (None,) * len(NEEDS) if reply is None else needs_in(self._request, reply, self._dates)

    def said(self, invitee_id: int | None) -> list[tuple[Any, Any]]:
        """Titles and values of what was said."""
        return [(title, value) for title, value in zip(NEEDS, self.row(invitee_id), strict=True) if value]


def date_changed(
    session: Session, event: Event, date: EventDate, _now: datetime, moved: bool
) -> TranslationString | None:
    """Says how many people wrote that they can come on a date that has another time or place now."""
    if not moved:
        return None
    replies = select(Reply.dates).where(Reply.event_id == event.id, Reply.shredded_at.is_(None))
    asked = sum(date.id in dates for dates in session.scalars(replies))
    if not asked:
        return None
    return _(
        "People who had answered that they can come on this date: ${people}. Nobody asked them about its new time or "
        "place. Their answers stay, so please ask them.",
        mapping={"people": asked},
    )


def cannot_always_come(session: Session, event_id: int) -> set[int]:
    """Who said yes and named dates, but not all that the event has: ids of invitees, in two queries."""
    wanted = {date.id for date in dates_of(session, event_id)}
    yes = select(Reply.invitee_id, Reply.dates).where(
        Reply.event_id == event_id, Reply.answer == Answer.YES, Reply.shredded_at.is_(None)
    )
    return {row.invitee_id for row in session.execute(yes) if row.dates and not wanted <= set(row.dates)}
