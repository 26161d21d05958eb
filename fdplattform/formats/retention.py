"""The nightly deletion of personal fields in plugins' tables. It needs only the tables: it runs without the plugin."""

import logging
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, MetaData, Select, Table, and_, inspect, or_, select, update
from sqlalchemy.orm import Session

from fdplattform.db import UtcDateTime
from fdplattform.db.sql import affected
from fdplattform.dialogues.models import Dialogue, DialogueState
from fdplattform.events.models import Event, EventDate
from fdplattform.events.over import over_or_cancelled_by, waiting_at
from fdplattform.jobs.registry import JobContext
from fdplattform.journal.services import SYSTEM, record
from fdplattform.plugins.format import RetentionStart
from fdplattform.plugins.models import PluginPersonalField
from fdplattform.plugins.personal import remember

log = logging.getLogger(__name__)


def run(context: JobContext) -> None:
    """The periodic job: remember what the active plugins declare, then delete what is over, table by table."""
    with context.transaction() as session:
        remember(session, context.registry)
    with context.registry.sessions() as session:
        ids = session.scalars(select(PluginPersonalField.id).order_by(PluginPersonalField.id)).all()
    for field_id in ids:
        try:
            with context.transaction() as session:
                forget(session, session.get_one(PluginPersonalField, field_id), context.now)
        except Exception:
            # One plugin's odd table must not keep the data of the others alive; the next run tries it again.
            log.exception("the personal field %s could not be deleted", field_id)


def forget(session: Session, field: PluginPersonalField, now: datetime) -> int:
    """Empty the field wherever its time is over. Returns the number of rows; none when the table is gone."""
    table = _table(session.connection(), field.table_name)
    if table is None:
        return 0
    column = table.c[field.column_name]
    empty = None if column.nullable else ""
    known = column.is_not(None) if column.nullable else column != ""
    over = _over(table, field.start, now - timedelta(days=field.keep_days))
    values: dict[Any, Any] = {column: empty}
    if "version" in table.c:
        # An edit form that was opened before must not write the old value back.
        values[table.c.version] = table.c.version + 1
    changed = affected(session, update(table).where(known, over).values(values))
    if changed:
        payload = {"table": field.table_name, "column": field.column_name, "rows": changed}
        record(session, "plugin:forget", actor=SYSTEM, payload=payload, at=now)
    return changed


def _table(connection: Connection, name: str) -> Table | None:
    if not inspect(connection).has_table(name):
        return None
    return Table(name, MetaData(), autoload_with=connection, resolve_fks=False)


def _over(table: Table, start: RetentionStart, before: datetime) -> Any:
    """The rows whose period began at `before` or earlier."""
    if start is RetentionStart.ENTRY:
        entered = table.c.created_at
        entered.type = UtcDateTime()
        return entered <= before
    ended = _ended_events(before) if start is RetentionStart.EVENT_END else _events_of_ended_dialogues(before)
    return table.c.event_id.in_(ended)


def _ended_events(before: datetime) -> Select[Any]:
    """Events that were over or cancelled before; one that never got a date counts from its last step."""
    without_date = Event.id.not_in(select(EventDate.event_id)) & (Event.entered_at <= before) & ~waiting_at(before)
    return select(Event.id).where(or_(Event.id.in_(over_or_cancelled_by(before)), without_date))


def _events_of_ended_dialogues(before: datetime) -> Select[Any]:
    """A closed dialogue without a last day counts as ended with its events."""
    closed = and_(Dialogue.ends_on.is_(None), Dialogue.state == DialogueState.CLOSED)
    undated = and_(closed, Event.id.in_(_ended_events(before)))
    return select(Event.id).join(Dialogue).where(or_(Dialogue.ends_on <= before.date(), undated))
