"""Moments are stored in UTC and come back aware; a write lock lets writers queue."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import select
from sqlalchemy.exc import StatementError

from fdplattform.events.models import EventDate


def test_a_moment_comes_back_in_utc(make, session):
    summer = timezone(timedelta(hours=2))
    event = make.event(starts_at=datetime(2030, 7, 1, 18, tzinfo=summer))
    session.expire_all()
    stored = session.scalar(select(EventDate.starts_at).where(EventDate.event_id == event.id))
    assert stored == datetime(2030, 7, 1, 16, tzinfo=UTC)
    assert stored.tzinfo is UTC


def test_a_moment_without_a_zone_is_refused(make, session):
    event = make.event()
    date = session.scalar(select(EventDate).where(EventDate.event_id == event.id))
    date.starts_at = datetime(2030, 7, 1, 18)  # noqa: DTZ001 - the very mistake
    with pytest.raises(StatementError, match="naive"):
        session.commit()
    session.rollback()
