"""The demo tells a story that could have happened: steps in order, by the coordination, readable in any language."""

import pytest
from sqlalchemy import func, select

from fdplattform.cli.support.sample import make_demo
from fdplattform.events.models import Event, EventDate
from fdplattform.journal.models import JournalEntry
from fdplattform.testing.html import soup


@pytest.fixture
def steps(session, client, clock):
    make_demo(session, client.registry, clock())
    session.commit()
    return session.query(JournalEntry).filter_by(tag="event:step").order_by(JournalEntry.id).all()


def test_events_are_led_step_by_step_after_they_were_created(session, steps, clock):
    created = {entry.event_id: entry.at for entry in session.query(JournalEntry).filter_by(tag="event:create")}
    last = dict(created)
    for entry in steps:
        assert last[entry.event_id] < entry.at <= clock()
        last[entry.event_id] = entry.at
    for event in session.query(Event):
        assert event.entered_at == last.get(event.id, event.created_at)


def test_nothing_is_over_before_its_day(session, steps):
    starts = select(EventDate.event_id, func.min(EventDate.starts_at)).group_by(EventDate.event_id)
    first = {event_id: starts_at.date() for event_id, starts_at in session.execute(starts)}
    over = [entry for entry in steps if entry.payload["transition"] in {"hold", "begin", "release_minutes"}]
    assert len(over) >= 4
    assert all(entry.at.date() >= first[entry.event_id] for entry in over)


def test_the_public_journal_is_readable_in_german(client, steps):
    page = soup(client.get("/kommunen/musterstadt-beispiel/wie-leben-wir-zukuenftig-zusammen/transparenz"))
    rows = [row.get_text() for row in page.select("tbody th")]
    assert "Forum: Zusammen leben in Musterstadt: Einladen" in rows
    assert not any("give_mandate" in row or "invite" in row for row in rows)
