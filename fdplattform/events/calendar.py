"""iCalendar (RFC 5545): the dates of events as a file that people put into their own calendar."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from icalendar import Calendar
from icalendar import Event as Component

from fdplattform.events.models import Event, EventDate
from fdplattform.workflow.model import CANCELLED

MEDIA_TYPE = "text/calendar"


@dataclass(frozen=True, kw_only=True)
class CalendarEntry:
    """One date of an event, as its reader sees it."""

    event: Event
    date: EventDate
    #: In the reader's language.
    title: str
    description: str = ""
    #: The page of the event or of the registration.
    url: str


def calendar_file(entries: Iterable[CalendarEntry], *, base_url: str, now: datetime) -> bytes:
    """The entries as an iCalendar file. `now` is the moment at which it is made.

    A date keeps its UID for ever, and its SEQUENCE grows with every change of the date or the event: who imports the
    file again has one entry, brought up to date.
    """
    host = urlsplit(base_url).hostname or "localhost"
    calendar = Calendar()
    calendar.add("prodid", "-//fdplattform//DE")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for entry in entries:
        calendar.add_component(_component(entry, host, now))
    content: bytes = calendar.to_ical()
    return content


def _component(entry: CalendarEntry, host: str, now: datetime) -> Component:
    event, date = entry.event, entry.date
    component = Component()
    component.add("uid", f"event-date-{date.id}@{host}")
    component.add("sequence", event.version + date.version)
    component.add("dtstamp", now)
    component.add("dtstart", date.starts_at)
    component.add("dtend", date.ends_at)
    component.add("summary", entry.title)
    component.add("location", place(date))
    component.add("status", status(event))
    component.add("url", entry.url)
    if entry.description:
        component.add("description", entry.description)
    return component


def place(date: EventDate) -> str:
    """Place and address in one line."""
    return ", ".join(filter(None, (date.place, date.address)))


def status(event: Event) -> str:
    """The state in the words of RFC 5545: a postponed event has no sure date."""
    if event.state == CANCELLED:
        return "CANCELLED"
    return "TENTATIVE" if event.postponed_at else "CONFIRMED"
