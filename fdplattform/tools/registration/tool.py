"""What the tool tells the domain: its panel on the event's page, its facts for guards, whom to tell of a change."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pyramid.request import Request
from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session
from translationstring import TranslationString

from fdplattform.events.models import Event, EventDate
from fdplattform.events.toolbar import DAY, REGISTRATION
from fdplattform.events.tools import Contact, Tool, ToolLink, ToolPanel
from fdplattform.plugins.format import BadFormat, ToolUse
from fdplattform.security.permissions import Permission
from fdplattform.tools.registration.codes import codes_of
from fdplattform.tools.registration.counts import Counts, counts_by_date, total
from fdplattform.tools.registration.door import Door, door_of
from fdplattform.tools.registration.messages import _
from fdplattform.tools.registration.models import Registration, Status
from fdplattform.tools.registration.queue import lock_date
from fdplattform.tools.registration.sample import fill
from fdplattform.tools.registration.services import closes_at, fill_seats, tell_moved


@dataclass(frozen=True, kw_only=True)
class DateRow:
    """A date as the panel and the form show it."""

    date: EventDate
    counts: Counts
    open: bool


def date_rows(session: Session, dates: Sequence[EventDate], now: datetime) -> list[DateRow]:
    """The dates with their seats, with one query."""
    counts = counts_by_date(session, dates)
    return [DateRow(date=date, counts=counts[date.id], open=now < closes_at(date)) for date in dates]


def panel(request: Request, event: Event, use: ToolUse) -> ToolPanel:
    """Places free and taken, and the way to the form."""
    format_ = request.registry.plugins.formats.get(event.format_id)
    door = door_of(event, event.dates, format_, use, request.now)
    rows = date_rows(request.db, event.dates, request.now) if door is Door.OPEN else []
    return ToolPanel(
        template="fdplattform.templates:registration/panel.pt",
        values={"door": door, "rows": rows, "href": request.resource_path(request.context, "anmelden")},
    )


def facts(session: Session, event: Event, use: ToolUse) -> dict[str, Any]:
    """For guards: whether registration is live, and the numbers of people, all dates together."""
    dates = session.scalars(select(EventDate).where(EventDate.event_id == event.id)).all()
    counts = total(counts_by_date(session, dates).values())
    return {
        "open": use.live_in(event.state) and event.postponed_at is None,
        "confirmed": counts.confirmed,
        "waiting": counts.waiting,
        "attended": counts.attended,
        "capacity": counts.capacity,
    }


def contacts(session: Session, event: Event) -> list[Contact]:
    """Everybody who has a place or waits for one."""
    codes = codes_of(session)
    query = (
        select(Registration)
        .join(EventDate, EventDate.id == Registration.event_date_id)
        .where(
            EventDate.event_id == event.id,
            Registration.status != Status.CANCELLED,
            Registration.shredded_at.is_(None),
        )
        .order_by(Registration.event_date_id, Registration.number)
    )
    return [
        Contact(
            name=found.name or "",
            email=found.email,
            phone=found.phone,
            language=found.language or event.language,
            url=codes.url(found.code_seed),
        )
        for found in session.scalars(query)
    ]


def people(event_id: int) -> ColumnElement[bool]:
    """Somebody registered, be it cancelled since."""
    dates = select(EventDate.id).where(EventDate.event_id == event_id)
    return exists().where(Registration.event_date_id.in_(dates))


def date_changed(
    session: Session, _event: Event, date: EventDate, now: datetime, moved: bool
) -> TranslationString | None:
    """A larger room gives its new seats to who waits; of another time or place everybody hears once.

    Says that everybody keeps the place in a room that became too small.
    """
    locked = lock_date(session, date.id)
    told = fill_seats(locked, now)
    if moved:
        tell_moved(locked, now, told)
    counts = counts_by_date(session, [date])[date.id]
    if date.capacity is None or counts.confirmed <= date.capacity or now >= date.ends_at:
        return None
    mapping = {"taken": counts.confirmed, "places": date.capacity}
    return _(
        "${taken} people have a place, and there are only ${places}. All of them keep it; nobody else gets one until "
        "enough of them have cancelled. Whoever shall not come has to be called and cancelled in the list.",
        mapping=mapping,
    )


def check_options(use: ToolUse) -> None:
    """Raises BadFormat unless `max_places` is a number of people."""
    most = use.options.get("max_places", 1)
    if not isinstance(most, int) or most < 1:
        raise BadFormat(f"max_places of registration is a whole number from 1, not {most!r}")


TOOL = Tool(
    id="registration",
    title=_("Registration"),
    gives_places=True,
    options=frozenset({"max_places"}),
    check=check_options,
    absent=_("You need not register: just come."),
    links=(
        ToolLink(
            title=_("Participants"),
            view="teilnehmende",
            permission=Permission.REGISTRATION_READ,
            group=REGISTRATION,
            order=10,
        ),
        ToolLink(
            title=_("Calls"), view="anrufliste", permission=Permission.REGISTRATION_MANAGE, group=REGISTRATION, order=20
        ),
        ToolLink(
            title=_("Attendance"), view="anwesenheit", permission=Permission.ATTENDANCE_RECORD, group=DAY, order=20
        ),
    ),
    panel=panel,
    facts=facts,
    contacts=contacts,
    people=people,
    date_changed=date_changed,
    sample=fill,
)
