"""Databases to measure on: one dialogue that is measured, and a few or very many others around it."""

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from pyramid.router import Router
from sqlalchemy import insert, text
from sqlalchemy.orm import Session

from fdplattform.config import make_app, migrate
from fdplattform.db import single_statements, utcnow
from fdplattform.dialogues.models import Dialogue, DialogueState
from fdplattform.events.models import Event, EventDate
from fdplattform.plugins.format import EventFormat
from fdplattform.settings import read_settings
from fdplattform.testing.factories import Make
from fdplattform.tools.registration.models import Registration, Source, Status

FORMAT = "grossgruppenforum"
#: What the measured dialogue has, whatever else there is.
EVENTS, FINDINGS = 6, 5
#: Registrations of each of the other events.
EACH = 100
BATCH = 5000


@dataclass(frozen=True)
class Town:
    """Addresses of what is measured."""

    event: str
    dialogue: str


def build(url: str, folder: Path, *, dialogues: int) -> Town:
    """Migrate the database and fill it: so many dialogues, each other one with an event and EACH registrations."""
    settings = read_settings(
        {"fdplattform.database_url": url, "fdplattform.secret": "b" * 40, "fdplattform.var": str(folder / "var")}
    )
    migrate(settings)
    app = make_app(settings)
    with app.registry.sessions() as session:
        town, municipality_id = _measured(app, session)
        _others(app, session, municipality_id, dialogues - 1)
    if app.registry.engine.dialect.name == "postgresql":
        # What the server's autovacuum does within a minute; until then it plans as if the tables were empty.
        with single_statements(app.registry.engine).connect() as connection:
            connection.execute(text("ANALYZE"))
    app.registry.engine.dispose()
    return town


def _measured(app: Router, session: Session) -> tuple[Town, int]:
    make = Make(session, app.registry)
    dialogue = make.dialogue(make.municipality())
    state = _open_state(app.registry.plugins.formats[FORMAT])
    for _number in range(EVENTS):
        event = make.event(dialogue, format_id=FORMAT, state=state, capacity=1_000_000)
        for _finding in range(FINDINGS):
            make.finding(event)
    return Town(make.path(event) + "/", make.path(dialogue) + "/"), dialogue.municipality_id


def _open_state(format_: EventFormat) -> str:
    """A state in which residents register."""
    use = format_.conduct.tool("registration")
    states = format_.conduct.workflow.states
    return next(state.id for state in states if state.public and use is not None and use.live_in(state.id))


def _others(app: Router, session: Session, municipality_id: int, number: int) -> None:
    format_ = app.registry.plugins.formats[FORMAT]
    state, version = _open_state(format_), format_.conduct.workflow.version
    now = utcnow()
    texts = {"goal": "Wir lernen uns kennen.", "results_promise": "Der Rat berät.", "created_at": now, "version": 1}
    dialogues = _insert(
        session,
        Dialogue,
        [
            {**texts, "municipality_id": municipality_id, "slug": f"dialog-{n}", "title": f"Dialog {n}"}
            | {"state": DialogueState.PUBLISHED, "published_at": now - timedelta(hours=n)}
            for n in range(number)
        ],
    )
    events = _insert(
        session,
        Event,
        [
            {**texts, "dialogue_id": key, "slug": "treffen", "title": "Treffen", "format_id": FORMAT, "state": state}
            | {"workflow_version": version, "block": 2, "entered_at": now}
            for key in dialogues
        ],
    )
    dates = _insert(
        session,
        EventDate,
        [
            {"event_id": key, "starts_at": start, "ends_at": start + timedelta(hours=2), "version": 1}
            | {"place": "Rathaus", "capacity": EACH}
            for key, start in zip(events, (now + timedelta(days=40, hours=n) for n in range(number)), strict=True)
        ],
    )
    for rows in _batches([_registration(key, n) for key in dates for n in range(1, EACH + 1)]):
        session.execute(insert(Registration), rows)
    session.commit()


def _registration(date_id: int, number: int) -> dict[str, Any]:
    return {
        "event_date_id": date_id,
        "number": number,
        "status": Status.CONFIRMED,
        "source": Source.ONLINE,
        "people": 1,
        "code_seed": secrets.token_hex(8),
        "name": f"Person {number}",
        "entered_at": utcnow(),
        "version": 1,
    }


def _insert(session: Session, model: type[Any], rows: list[dict[str, Any]]) -> Sequence[int]:
    found: list[int] = []
    for some in _batches(rows):
        found += session.scalars(insert(model).returning(model.id, sort_by_parameter_order=True), some).all()
    return found


def _batches(rows: list[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    for start in range(0, len(rows), BATCH):
        yield rows[start : start + BATCH]
