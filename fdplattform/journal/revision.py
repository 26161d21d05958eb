"""Has anybody changed anything? Every change that a person makes is in the journal, so the journal knows."""

from sqlalchemy import Connection, func, select

from fdplattform.journal.models import JournalEntry

#: PostgreSQL gives ids before it commits: an entry may appear below the newest one. Among so many it is noticed.
LOOK_BACK = 200

_newest = select(func.max(JournalEntry.id)).scalar_subquery()
_QUERY = select(func.max(JournalEntry.id), func.count()).where(JournalEntry.id > _newest - LOOK_BACK)

Revision = tuple[int, int]


def revision(connection: Connection) -> Revision:
    """Two numbers that differ from those before as soon as a change has been committed, by whichever process."""
    newest, number = connection.execute(_QUERY).one()
    return newest or 0, number
