"""What the tool tells the domain: its panel on the event's page, its facts for guards, whom to tell of a change."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pyramid.request import Request
from sqlalchemy import select
from sqlalchemy.orm import Session

from fdplattform.events.models import Event, EventDate
from fdplattform.events.tools import Contact, Tool, ToolLink, ToolPanel
from fdplattform.plugins.format import ToolUse
from fdplattform.security.permissions import Permission
from fdplattform.tools.registration.codes import codes_of
from fdplattform.tools.registration.counts import Counts, counts_by_date, total
from fdplattform.tools.registration.door import Door, door_of
from fdplattform.tools.registration.messages import _
from fdplattform.tools.registration.models import Registration, Status
from fdplattform.tools.registration.queue import lock_date
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


def date_changed(session: Session, _event: Event, date: EventDate, now: datetime, moved: bool) -> None:
    """A larger room gives its new seats to who waits; of another time or place everybody hears once."""
    locked = lock_date(session, date.id)
    told = fill_seats(locked, now)
    if moved:
        tell_moved(locked, now, told)


TOOL = Tool(
    id="registration",
    title=_("Registration"),
    gives_places=True,
    absent=_("You need not register: just come."),
    links=(
        ToolLink(title=_("Participants"), view="teilnehmende", permission=Permission.REGISTRATION_MANAGE),
        ToolLink(title=_("Calls"), view="anrufliste", permission=Permission.REGISTRATION_MANAGE),
        ToolLink(title=_("Attendance"), view="anwesenheit", permission=Permission.ATTENDANCE_RECORD),
    ),
    panel=panel,
    facts=facts,
    contacts=contacts,
    date_changed=date_changed,
)
