"""What everybody may know about an event's draws: those whose record is or was public, with people as pseudonyms."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from fdplattform.tools.draw.engine.record import Record
from fdplattform.tools.draw.panel.models import Run, RunState
from fdplattform.tools.draw.panel.sources import NOT_EVERY_DATE

#: Letters of a checksum that are read out together.
_GROUP = 4


@dataclass(frozen=True, kw_only=True)
class Seat:
    """Somebody who sits, as the public record knows them."""

    number: int
    pseudonym: str
    #: Moved up from the reserve.
    replacement: bool


def published_run(session: Session, event_id: int) -> Run | None:
    """The event's draw whose record counts, with its public record, or None."""
    query = (
        select(Run)
        .where(Run.active_key == event_id, Run.state.in_((RunState.COMMITTED, RunState.DRAWN)))
        .options(undefer(Run.public))
    )
    return session.scalars(query).one_or_none()


def withdrawn_runs(session: Session, event_id: int) -> list[Run]:
    """Draws whose record was public and does not count any more, the oldest first."""
    query = select(Run).where(Run.event_id == event_id, Run.state == RunState.WITHDRAWN).order_by(Run.id)
    return list(session.scalars(query))


def record_of(run: Run) -> Record:
    """The public record of a published draw."""
    assert run.public is not None, "a published draw has a public record"
    record: Record = json.loads(run.public)
    return record


def seats_of(record: Record) -> list[Seat]:
    """Who sits now: the panel that was drawn, after all replacements."""
    steps: list[dict[str, Any]] = record["afterwards"]
    if not steps:
        return []
    drawn = set(record["sections"]["lottery"][steps[0]["panel"] - 1])
    panel = set(drawn)
    for step in steps[1:]:
        panel = (panel - set(step["leaving"])) | set(step["joining"])
    people = record["sections"]["people"]
    return [
        Seat(number=number, pseudonym=people[number - 1]["pseudonym"], replacement=number not in drawn)
        for number in sorted(panel)
    ]


def replaced(record: Record) -> int:
    """How many people were replaced."""
    return sum(len(step["leaving"]) for step in record["afterwards"][1:])


def left_out(record: Record) -> int:
    """How many people who said yes were kept out of the pool because they cannot come on every date."""
    people: int = record["sections"]["rules"].get("excluded", {}).get(NOT_EVERY_DATE, 0)
    return people


def read_out(checksum: str) -> Sequence[str]:
    """A checksum in pieces that can be read out."""
    return [checksum[place : place + _GROUP] for place in range(0, len(checksum), _GROUP)]
