"""The points of a statement: who responds to each of them, and what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified
from translationstring import TranslationStringFactory

from fdplattform.dialogues.models import Dialogue
from fdplattform.errors import Conflict, DomainError, check_version
from fdplattform.events.models import Event
from fdplattform.events.record import note
from fdplattform.journal.services import Actor
from fdplattform.tools.statement.models import PointStatus, StatementPoint

_ = TranslationStringFactory("fdplattform")


@dataclass(frozen=True, kw_only=True)
class PointWords:
    """A point as it is taken from the statement. `id` is None for a new one."""

    text: str
    id: int | None = None
    body: str | None = None
    due_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What becomes of a point."""

    status: PointStatus
    body: str | None = None
    due_on: date | None = None
    response: str | None = None
    responded_on: date | None = None
    outcome: str | None = None
    outcome_on: date | None = None

    def check(self, today: date) -> None:
        """A status is given with its reason, and nothing lies in the future. Raises DomainError at the field."""
        if self.status is not PointStatus.OPEN and not self.response:
            raise DomainError(_("Write the response with its reason: people want to know why."), "response")
        for name in ("responded_on", "outcome_on"):
            if (day := getattr(self, name)) is not None and day > today:
                raise DomainError(_("This day has not come yet."), name)


def points_of(session: Session, event_id: int) -> Sequence[StatementPoint]:
    """The points of the event's statement in their order."""
    query = select(StatementPoint).where(StatementPoint.event_id == event_id)
    return session.scalars(query.order_by(StatementPoint.position, StatementPoint.id)).all()


def find_point(session: Session, event_id: int, point_id: int) -> StatementPoint | None:
    """The point of this event with this id."""
    query = select(StatementPoint).where(StatementPoint.event_id == event_id, StatementPoint.id == point_id)
    return session.scalar(query)


def save_points(
    session: Session, event: Event, rows: Sequence[PointWords], *, version: int, actor: Actor, now: datetime
) -> None:
    """Make `rows` the points, in their order; what is not among them is removed.

    Raises StaleVersion when the event has changed meanwhile, and Conflict when a point with a response would go.
    """
    check_version(event, version)
    known = {point.id: point for point in points_of(session, event.id)}
    for number, row in enumerate(rows, start=1):
        point = known.pop(row.id or 0, None)
        if point is None:
            point = StatementPoint(event_id=event.id, language=event.language, status=PointStatus.OPEN)
            session.add(point)
        point.position, point.text, point.body, point.due_on = number, row.text, row.body, row.due_on
    for gone in known.values():
        if gone.status is not PointStatus.OPEN:
            raise Conflict(_("A point that was responded to cannot be removed: ${text}", mapping={"text": gone.text}))
        session.delete(gone)
    # The list belongs to the event: whoever edits either notices a change of the other.
    flag_modified(event, "title")
    session.flush()
    _note(session, "statement:points", event, actor, now, count=len(rows))


def answer(
    session: Session,
    event: Event,
    point: StatementPoint,
    given: Answer,
    *,
    version: int,
    actor: Actor,
    today: date,
    now: datetime,
) -> None:
    """Say what becomes of a point. Raises StaleVersion, or DomainError at the field that is missing or wrong.

    A response or outcome without a date is from `today`.
    """
    check_version(point, version)
    given.check(today)
    for name, value in vars(given).items():
        setattr(point, name, value)
    if point.status is PointStatus.OPEN:
        point.responded_on = None
    elif point.responded_on is None:
        point.responded_on = today
    if not point.outcome:
        point.outcome_on = None
    elif point.outcome_on is None:
        point.outcome_on = today
    session.flush()
    _note(session, "statement:answer", event, actor, now, number=point.position, status=point.status.value)


def _note(session: Session, tag: str, event: Event, actor: Actor, now: datetime, **payload: Any) -> None:
    note(session, tag, event, session.get_one(Dialogue, event.dialogue_id), actor, at=now, **payload)
