"""A statement for the demo."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from fdplattform.events.models import Event
from fdplattform.tools.statement.models import PointStatus, Statement, StatementDraft, StatementPoint, Unanimity
from fdplattform.translation.services import save

#: Between two drafts.
PAUSE = timedelta(minutes=40)


def fill(session: Session, event: Event, now: datetime, values: Mapping[str, Any]) -> None:
    """`drafts` (the last one holds), `unanimity`, `points` (mappings of a point's columns) and `translations`
    (language → text), of the statement and of each point.
    """
    drafts = list(values["drafts"])
    statement = Statement(
        event_id=event.id, language=event.language, text=drafts[-1], unanimity=Unanimity(values["unanimity"])
    )
    session.add(statement)
    session.flush()
    for number, text in enumerate(drafts, start=1):
        saved_at = event.entered_at - PAUSE * (len(drafts) - number)
        session.add(StatementDraft(statement_id=statement.id, number=number, text=text, saved_at=saved_at))
    _translate(session, statement, values.get("translations", {}), now)
    for number, point in enumerate(values.get("points", ()), start=1):
        _add_point(session, event, number, dict(point), now)


def _add_point(session: Session, event: Event, number: int, columns: dict[str, Any], now: datetime) -> None:
    translations = columns.pop("translations", {})
    status = PointStatus(columns.pop("status", PointStatus.OPEN))
    point = StatementPoint(event_id=event.id, position=number, language=event.language, status=status, **columns)
    session.add(point)
    session.flush()
    _translate(session, point, translations, now)


def _translate(session: Session, thing: Any, translations: Mapping[str, str], now: datetime) -> None:
    for language, text in translations.items():
        save(session, thing, language, {"text": text}, now=now)
