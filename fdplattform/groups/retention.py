"""When the names of those who lead groups are deleted, and the nightly job that does it. The groups stay."""

from datetime import datetime, timedelta

from pyramid.config import Configurator
from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from fdplattform.db.sql import affected
from fdplattform.dialogues.models import Dialogue, DialogueState
from fdplattform.groups.models import Group
from fdplattform.jobs.registry import JobContext
from fdplattform.journal.models import JournalEntry

#: After the dialogue was closed.
KEEP = timedelta(days=365)

_NOBODY = {
    "lead_name": None,
    "lead_contact": None,
    "lead_consented_at": None,
    "lead_public": False,
    "deputy_name": None,
    "deputy_contact": None,
}


def forget_leaders(session: Session, now: datetime) -> int:
    """Delete the names in groups of dialogues that were closed more than KEEP ago. Returns the number of groups."""
    closed_at = (
        select(func.max(JournalEntry.at))
        .where(JournalEntry.dialogue_id == Dialogue.id, JournalEntry.tag == "dialogue:close")
        .scalar_subquery()
    )
    over = select(Dialogue.id).where(Dialogue.state == DialogueState.CLOSED, closed_at <= now - KEEP)
    known = or_(*(getattr(Group, name).is_not(None) for name, value in _NOBODY.items() if value is None))
    statement = update(Group).where(known, Group.dialogue_id.in_(over))
    return affected(session, statement.values(**_NOBODY, version=Group.version + 1))


def forget(context: JobContext) -> None:
    """The nightly job."""
    with context.transaction() as session:
        forget_leaders(session, context.now)


def includeme(config: Configurator) -> None:
    config.add_periodic_job("groups:forget", every=timedelta(days=1), handler=forget, before_opening=True)
