"""The demo tells a story that could have happened: steps in order, by the coordination, readable in any language."""

from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select

from fdplattform.cli.support.sample import make_demo
from fdplattform.events.models import Event, EventDate
from fdplattform.jobs.models import Job
from fdplattform.journal.models import JournalEntry
from fdplattform.security.permissions import Role
from fdplattform.testing.html import soup
from fdplattform.tools.registration.models import Registration, Source, Status

HERE = ZoneInfo("Europe/Berlin")


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
    first = {event_id: starts_at.astimezone(HERE).date() for event_id, starts_at in session.execute(starts)}
    over = [entry for entry in steps if entry.payload["transition"] in {"hold", "begin", "release_minutes"}]
    assert len(over) >= 4
    assert all(entry.at.astimezone(HERE).date() >= first[entry.event_id] for entry in over)


def test_the_public_journal_is_readable_in_german(client, steps):
    page = soup(client.get("/kommunen/musterstadt-beispiel/wie-leben-wir-zukuenftig-zusammen/transparenz"))
    rows = [row.get_text() for row in page.select("tbody th")]
    assert "Forum: Zusammen leben in Musterstadt: Einladen" in rows
    assert not any("give_mandate" in row or "invite" in row for row in rows)


def test_there_are_registrations_of_every_kind(session, steps, clock):
    found = session.scalars(select(Registration)).all()
    assert {each.status for each in found} >= {Status.CONFIRMED, Status.WAITING}
    assert {each.source for each in found} >= {Source.ONLINE, Source.PAPER, Source.TELEPHONE}
    assert [each for each in found if each.news_at and not each.email]
    assert [each for each in found if each.people > 1 and each.attended and each.attended < each.people]
    assert [each for each in found if each.interpreter and each.children]
    assert [each for each in found if each.access_needs]
    assert all(each.entered_at < clock() for each in found)
    assert session.scalar(select(func.count()).select_from(Job).where(Job.kind == "mail:send")) == 0


def test_nothing_in_the_journal_happened_before_its_event_or_will_happen(session, steps, clock):
    entries = session.scalars(select(JournalEntry).where(JournalEntry.tag.startswith("registration:"))).all()
    assert len(entries) >= 15
    created = dict(session.execute(select(Event.id, Event.created_at)).all())
    assert all(created[entry.event_id] < entry.at <= clock() for entry in entries)


def test_the_staff_lists_show_them(client, make, session, steps):
    client.login(make.account(Role.ADMIN))
    path = "/kommunen/musterstadt-beispiel/wie-leben-wir-zukuenftig-zusammen"
    assert "Familie Haddad" in client.get(f"{path}/forum-zusammen-leben-in-musterstadt/teilnehmende/")
    cafe = session.scalars(select(Event.slug).where(Event.slug.startswith("buergercafe"))).one()
    assert "Rosa Weiß" in client.get(f"{path}/{cafe}/anrufliste")
    assert "Otto Fink" in client.get(f"{path}/{cafe}/teilnehmende/?stand=waiting")
