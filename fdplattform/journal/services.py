"""Write to the journal, read from it, and take personal data out of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.orm import Session

from fdplattform.db import utcnow
from fdplattform.journal.models import JournalEntry
from fdplattform.journal.tags import tags_of
from fdplattform.translation.packed import pack

MAX_NAME = 200


@dataclass(frozen=True)
class Actor:
    """Who did it. `id` is the account's id for type `account`; a participant by code stays nameless."""

    type: str
    id: int | None = None
    name: str = ""


#: The type of an actor without an account, who has opened a link for one event.
GUEST = "guest"
#: The worker and its time-driven rules.
SYSTEM = Actor("system")
#: Somebody with a shell on the server.
COMMAND_LINE = Actor("cli")
#: A resident without an account.
RESIDENT = Actor("resident")
#: Somebody of the team, where the name would tell who wrote what.
UNNAMED = Actor("unnamed")


def record(
    session: Session,
    tag: str,
    *,
    actor: Actor,
    subject_id: int | None = None,
    municipality_id: int | None = None,
    dialogue_id: int | None = None,
    event_id: int | None = None,
    payload: dict[str, Any] | None = None,
    public: bool = False,
    at: datetime | None = None,
) -> JournalEntry:
    """Record in the session's transaction that `actor` did `tag`. `public` entries are readable by everybody.

    The payload fills the `${…}` in the tag's title; its values may be translation strings, dates and datetimes.
    Raises UnknownTag in strict mode when no room registered the tag.
    """
    tags_of(session).check(tag)
    entry = JournalEntry(
        at=at or utcnow(),
        tag=tag,
        subject_id=subject_id,
        actor_type=actor.type,
        actor_id=actor.id,
        actor_name=actor.name[:MAX_NAME],
        municipality_id=municipality_id,
        dialogue_id=dialogue_id,
        event_id=event_id,
        payload=None if payload is None else {key: pack(value) for key, value in payload.items()},
        public=public,
    )
    session.add(entry)
    return entry


@dataclass(frozen=True, kw_only=True)
class Scope:
    """What a journal page is about; None does not restrict."""

    municipality_id: int | None = None
    dialogue_id: int | None = None
    event_id: int | None = None

    def conditions(self) -> list[ColumnElement[bool]]:
        """The scope as SQL conditions."""
        wanted = (
            (JournalEntry.municipality_id, self.municipality_id),
            (JournalEntry.dialogue_id, self.dialogue_id),
            (JournalEntry.event_id, self.event_id),
        )
        return [column == value for column, value in wanted if value is not None]


@dataclass(frozen=True)
class JournalPage:
    """One page of entries, newest first, and how many there are in all."""

    entries: Sequence[JournalEntry]
    total: int


def read(session: Session, scope: Scope, *, only_public: bool, page: int = 1, per_page: int = 50) -> JournalPage:
    """The entries of `scope`, newest first; pages count from 1."""
    conditions = scope.conditions()
    if only_public:
        conditions.append(JournalEntry.public.is_(True))
    total = session.scalar(select(func.count()).select_from(JournalEntry).where(*conditions)) or 0
    query = select(JournalEntry).where(*conditions).order_by(JournalEntry.at.desc(), JournalEntry.id.desc())
    entries = session.scalars(query.limit(per_page).offset((page - 1) * per_page)).all()
    return JournalPage(entries, total)


def shred(session: Session, subject: str, subject_id: int) -> int:
    """Empty the personal data in all entries about one thing (`shred(session, "registration", 17)`).

    What is personal, each tag has declared. That something happened stays on record. Returns the number of entries.
    """
    return _shred_where(
        session, JournalEntry.tag.startswith(f"{subject}:", autoescape=True), JournalEntry.subject_id == subject_id
    )


def shred_scope(session: Session, scope: Scope) -> int:
    """Empty the personal data in all entries of a municipality, dialogue or event. Returns the number of entries.

    Raises ValueError for an empty scope, which would mean the whole journal.
    """
    conditions = scope.conditions()
    if not conditions:
        raise ValueError("an empty scope would shred the whole journal")
    return _shred_where(session, *conditions)


def forget_actor(session: Session, actor_type: str, actor_id: int) -> None:
    """Take a person's name off everything they did; their id stays, so that the entries still belong together."""
    session.execute(
        update(JournalEntry)
        .where(JournalEntry.actor_type == actor_type, JournalEntry.actor_id == actor_id)
        .values(actor_name=""),
        execution_options={"synchronize_session": "evaluate"},
    )


def _shred_where(session: Session, *conditions: ColumnElement[bool]) -> int:
    tags = tags_of(session)
    session.flush()
    rows = session.execute(select(JournalEntry.id, JournalEntry.tag, JournalEntry.payload).where(*conditions)).all()
    emptied = [{"id": row.id, "payload": tags.get(row.tag).without_personal_data(row.payload)} for row in rows]
    if emptied:
        session.execute(update(JournalEntry), emptied)
    return len(emptied)
