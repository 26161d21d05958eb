"""Read and write the agenda of an event, and compute its times."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from fdplattform.dialogues.models import Dialogue
from fdplattform.errors import check_version
from fdplattform.events.models import Event, EventDate
from fdplattform.journal.services import Actor, record
from fdplattform.plugins.format import AgendaLine
from fdplattform.tools.agenda.models import AgendaItem

#: What an agenda line says besides its place.
FIELDS = ("minutes", "title", "method", "lead", "material", "public", "next_date")


@dataclass(frozen=True)
class Line:
    """A line with the date in which it lies and the moments between which it happens; None without a date."""

    item: AgendaItem
    starts_at: datetime | None
    ends_at: datetime | None
    date: EventDate | None = None


def agenda_of(session: Session, event_id: int) -> Sequence[AgendaItem]:
    """The lines of the agenda in their order."""
    query = select(AgendaItem).where(AgendaItem.event_id == event_id).order_by(AgendaItem.position)
    return session.scalars(query).all()


def timed(items: Sequence[AgendaItem], dates: Iterable[EventDate]) -> list[Line]:
    """The lines with their times. What no longer fits into a date goes on at the next one; so does a line that says it.

    Minutes are real minutes: on the night of the change of clocks too.
    """
    coming = sorted(dates, key=lambda date: date.starts_at)
    date = coming.pop(0) if coming else None
    moment = date.starts_at if date is not None else None
    lines: list[Line] = []
    for item in items:
        if coming and date is not None and moment is not None and (_opens(item, lines) or moment >= date.ends_at):
            date = coming.pop(0)
            moment = date.starts_at
        end = None if moment is None else moment + timedelta(minutes=item.minutes)
        lines.append(Line(item, moment, end, date))
        moment = end
    return lines


def _opens(item: AgendaItem, before: Sequence[Line]) -> bool:
    """True for a line that begins a new date. The first line begins the first one in any case."""
    return item.next_date and bool(before)


def with_days(lines: Sequence[Line]) -> list[tuple[datetime | None, Line]]:
    """Each line with the moment at which its date begins, where a heading is due: none on an agenda of one date."""
    several = len({id(line.date) for line in lines}) > 1
    before: EventDate | None = None
    found: list[tuple[datetime | None, Line]] = []
    for line in lines:
        opens = line.date.starts_at if several and line.date is not None and line.date is not before else None
        found.append((opens, line))
        before = line.date
    return found


def overruns(lines: Sequence[Line]) -> list[tuple[EventDate, int]]:
    """The dates whose lines take longer than they last, each with the minutes that are too many."""
    last = {id(line.date): line for line in lines}
    return [
        (line.date, (line.ends_at - line.date.ends_at) // timedelta(minutes=1))
        for line in last.values()
        if line.date is not None and line.ends_at is not None and line.ends_at > line.date.ends_at
    ]


def save_agenda(
    session: Session, event: Event, rows: Sequence[Mapping[str, Any]], *, version: int, actor: Actor
) -> None:
    """Replace the agenda by `rows`, in their order. Raises StaleVersion when the event has changed meanwhile."""
    check_version(event, version)
    session.execute(delete(AgendaItem).where(AgendaItem.event_id == event.id))
    session.add_all(
        AgendaItem(event_id=event.id, position=position, **{name: row[name] for name in FIELDS})
        for position, row in enumerate(rows, start=1)
    )
    # The agenda belongs to the event: whoever edits either notices a change of the other.
    flag_modified(event, "title")
    session.flush()
    dialogue = session.get_one(Dialogue, event.dialogue_id)
    record(
        session,
        "agenda:edit",
        actor=actor,
        subject_id=event.id,
        municipality_id=dialogue.municipality_id,
        dialogue_id=dialogue.id,
        event_id=event.id,
        payload={"lines": len(rows), "minutes": sum(row["minutes"] for row in rows)},
    )


def start_with(session: Session, event: Event, lines: Sequence[AgendaLine], write: Callable[[str], str]) -> None:
    """The agenda with which a new event begins; `write` puts a translatable text into the event's language."""
    session.add_all(
        AgendaItem(
            event_id=event.id,
            position=position,
            minutes=line.minutes,
            title=write(line.title),
            method=write(line.method) if line.method else "",
            next_date=line.next_date,
        )
        for position, line in enumerate(lines, start=1)
    )
