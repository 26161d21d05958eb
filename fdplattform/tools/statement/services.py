"""Write a statement in drafts, and say how it is carried."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from translationstring import TranslationStringFactory

from fdplattform.dialogues.models import Dialogue
from fdplattform.errors import Conflict, DomainError, check_version
from fdplattform.events.models import Event
from fdplattform.events.record import note
from fdplattform.journal.services import Actor
from fdplattform.plugins.format import ToolUse
from fdplattform.tools.statement.models import Statement, StatementDraft, Unanimity

_ = TranslationStringFactory("fdplattform")

TOOL = "statement"
#: States in which the words are still written; the public reads them in the states after these.
DRAFTING = "drafting"
#: The event works with the statement of the event that it follows.
OF_ORIGIN = "of_origin"


@dataclass(frozen=True, kw_only=True)
class Words:
    """What is said together, and how it is carried."""

    text: str
    unanimity: Unanimity | None = None
    reservations: str | None = None

    def check(self) -> None:
        """Raises DomainError at the field when it is not said what the reservations are."""
        if self.unanimity is Unanimity.RESERVATIONS and not self.reservations:
            raise DomainError(_("Write down what not everybody carries, and why. Without names."), "reservations")


def owner_id(event: Event, use: ToolUse) -> int:
    """The event to which the statement belongs: the one that `event` follows, where its format says so."""
    if use.options.get(OF_ORIGIN) and event.follows_id is not None:
        return event.follows_id
    return event.id


def is_drafted(event: Event, use: ToolUse) -> bool:
    """True while the words can be changed and only those who run the event read them."""
    return event.state in use.options.get(DRAFTING, ())


def statement_of(session: Session, event_id: int) -> Statement | None:
    """The statement of the event, or None when nobody has written one."""
    return session.scalar(select(Statement).where(Statement.event_id == event_id))


def drafts_of(session: Session, statement: Statement) -> Sequence[StatementDraft]:
    """Every draft that was saved, the newest first."""
    query = select(StatementDraft).where(StatementDraft.statement_id == statement.id)
    return session.scalars(query.order_by(StatementDraft.number.desc())).all()


def save_words(
    session: Session, event: Event, use: ToolUse, words: Words, *, version: int, actor: Actor, now: datetime
) -> Statement:
    """Save the statement; other words than before are a new draft. `version` is 0 where there was no statement.

    Raises StaleVersion, DomainError when the reservations are missing, and Conflict when the time to write is over.
    """
    words.check()
    if not is_drafted(event, use):
        raise Conflict(_("In this state of the event the statement can be read, but not changed."))
    statement = _locked(session, event, words, version)
    new_words = statement.text != words.text or not _last_number(session, statement)
    statement.text, statement.unanimity = words.text, words.unanimity
    statement.reservations = words.reservations if words.unanimity is Unanimity.RESERVATIONS else None
    session.flush()
    if new_words:
        _keep_draft(session, statement, now)
    dialogue = session.get_one(Dialogue, event.dialogue_id)
    note(session, "statement:save", event, dialogue, actor, at=now, draft=_last_number(session, statement))
    return statement


def _locked(session: Session, event: Event, words: Words, version: int) -> Statement:
    """The statement to write into. The event's row keeps two first drafts apart."""
    session.scalar(select(Event.id).where(Event.id == event.id).with_for_update())
    statement = statement_of(session, event.id)
    if statement is not None:
        check_version(statement, version)
        return statement
    statement = Statement(event_id=event.id, language=event.language, text=words.text)
    session.add(statement)
    session.flush()
    return statement


def _keep_draft(session: Session, statement: Statement, now: datetime) -> None:
    number = _last_number(session, statement) + 1
    session.add(StatementDraft(statement_id=statement.id, number=number, text=statement.text, saved_at=now))
    session.flush()


def _last_number(session: Session, statement: Statement) -> int:
    newest = select(func.max(StatementDraft.number)).where(StatementDraft.statement_id == statement.id)
    return session.scalar(newest) or 0
