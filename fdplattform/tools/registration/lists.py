"""What the staff's lists show: registrations of one event, filtered; needs added up; whom to call."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from fdplattform.events.facts import steps_taken
from fdplattform.events.models import Event, EventDate
from fdplattform.tools.registration.models import Registration, Status
from fdplattform.workflow import CANCEL, POSTPONE, RESUME

#: Rows that an export reads at a time.
EXPORT_BATCH = 500


@dataclass(frozen=True, kw_only=True)
class Filter:
    """Which registrations a list shows; None does not restrict."""

    date_id: int | None = None
    status: Status | None = None
    #: Only those who need an interpreter, childcare or something else.
    needs: bool = False
    #: Part of a name.
    text: str = ""


def query_of(event_id: int, wanted: Filter) -> Select[Registration]:
    """The registrations of an event, in the order of their dates and of entry."""
    query = (
        select(Registration)
        .join(EventDate, EventDate.id == Registration.event_date_id)
        .where(EventDate.event_id == event_id)
        .order_by(EventDate.starts_at, EventDate.id, Registration.number)
    )
    if wanted.date_id is not None:
        query = query.where(Registration.event_date_id == wanted.date_id)
    if wanted.status is not None:
        query = query.where(Registration.status == wanted.status)
    if wanted.needs:
        query = query.where(_has_needs())
    if wanted.text:
        query = query.where(Registration.name.icontains(wanted.text, autoescape=True))
    return query


def _has_needs() -> ColumnElement[bool]:
    return or_(Registration.interpreter.is_not(None), Registration.children > 0, Registration.access_needs.is_not(None))


@dataclass(frozen=True)
class NeedsSummary:
    """What has to be organised for those who have a place."""

    #: Number of groups by language to interpret into.
    interpreters: Counter[str]
    children: int
    #: What people wrote, in their words.
    access: Sequence[str]

    def __bool__(self) -> bool:
        return bool(self.interpreters or self.children or self.access)


def needs_summary(session: Session, event_id: int, date_id: int | None = None) -> NeedsSummary:
    """The needs of the confirmed groups, with one query."""
    query = query_of(event_id, Filter(date_id=date_id, status=Status.CONFIRMED, needs=True))
    found = session.scalars(query).all()
    return NeedsSummary(
        Counter(item.interpreter for item in found if item.interpreter),
        sum(item.children for item in found),
        [item.access_needs for item in found if item.access_needs],
    )


@dataclass(frozen=True)
class Call:
    """Somebody who must be called, because there is no e-mail address."""

    registration: Registration
    #: When the event itself was cancelled or moved and the person does not know it.
    about_event: bool
    #: When something about the registration changed and the person does not know it.
    about_registration: bool


def call_list(session: Session, event: Event) -> list[Call]:
    """Whom to call, in the order of entry: news of the registration, or of the event as a whole."""
    steps = steps_taken(session, event.id)
    moment = max((at for step, at in steps.items() if step in {CANCEL, POSTPONE, RESUME}), default=None)
    query = query_of(event.id, Filter()).where(Registration.email.is_(None), Registration.shredded_at.is_(None))
    of_registration = Registration.news_at.is_not(None)
    of_event = None if moment is None else missed(moment)
    query = query.where(of_registration if of_event is None else or_(of_registration, of_event))
    return [
        Call(
            found,
            about_event=moment is not None and found.active and _has_missed(found, moment),
            about_registration=found.news_at is not None,
        )
        for found in session.scalars(query)
    ]


def missed(moment: datetime | ScalarSelect[datetime]) -> ColumnElement[bool]:
    """True for who was registered at `moment`, when the event changed, and was not told since."""
    return and_(
        Registration.status != Status.CANCELLED,
        Registration.entered_at < moment,
        func.coalesce(Registration.told_at, Registration.entered_at) < moment,
    )


def _has_missed(registration: Registration, moment: datetime) -> bool:
    return registration.entered_at < moment and (registration.told_at or registration.entered_at) < moment


def export_rows(session: Session, event_id: int, wanted: Filter) -> Iterator[tuple[Registration, EventDate]]:
    """The registrations with their dates, read in batches."""
    query = query_of(event_id, wanted).add_columns(EventDate)
    yield from session.execute(query, execution_options={"yield_per": EXPORT_BATCH})
