"""What is asked weeks after a step: in my week, by one mail, and ticked off."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, select

from fdplattform.dialogues.models import Dialogue
from fdplattform.events.follow_ups import asked, tell_all
from fdplattform.jobs.models import Job
from fdplattform.jobs.registry import JobContext
from fdplattform.journal.models import JournalEntry
from fdplattform.municipalities.models import Municipality
from fdplattform.plugins.format import BadFormat, FollowUp
from fdplattform.security.permissions import Role
from fdplattform.testing.html import soup
from fdplattform.testing.queries import queries
from fdplattform.testing.steps import take


@pytest.fixture
def event(make, clock):
    event = make.event(state="held", starts_at=clock() - timedelta(days=3))
    make.finding(event)
    return event


@pytest.fixture
def municipality(session, event):
    return session.get_one(Municipality, session.get_one(Dialogue, event.dialogue_id).municipality_id)


@pytest.fixture
def coordinator(make, municipality):
    return make.account(Role.COORDINATOR, municipality, name="Ayşe Öz")


@pytest.fixture
def staff(client, coordinator):
    client.login(coordinator)
    return client


@pytest.fixture
def closed(staff, make, event, session, clock, coordinator):
    """The event was closed so many days ago."""

    def ago(days):
        take(staff, make.path(event), "close")
        session.commit()
        clock.advance(days=days)
        staff.login(coordinator)

    return ago


@pytest.fixture
def work(app, clock):
    """The worker's hour."""

    def once():
        tell_all(JobContext(registry=app.registry, now=clock(), key="test"))

    return once


def mails(session):
    session.rollback()
    return [job.payload for job in session.scalars(select(Job).where(Job.kind == "mail:send"))]


def test_nothing_is_asked_before_the_step(staff, app, session, event):
    assert asked(session, app.registry, event_id=event.id) == []
    assert "Ask what became of it" not in staff.get("/verwaltung")


def test_it_is_in_my_week_from_the_step_until_it_is_ticked_off(staff, make, event, closed, clock, session):
    closed(30)
    page = soup(staff.get("/verwaltung"))
    assert page.select_one("#overdue") is not None
    assert page.find("a", string="Ask what became of it") is not None
    page = staff.get(make.path(event, "schritte"))
    assert page.html.find("a", href=make.path(event, "erklaerung/punkte")) is not None
    form = next(form for form in page.forms.values() if form.action.endswith("/nachgefragt"))
    form.submit(status=303)
    assert "Ask what became of it" not in staff.get("/verwaltung")
    assert "Erledigt am" in staff.get(make.path(event, "schritte"))
    assert session.scalars(select(JournalEntry).where(JournalEntry.tag == "event:follow_up")).one()
    form.submit(status=409)


@pytest.mark.parametrize(("days", "number"), [(27, 0), (28, 1), (200, 1)])
def test_one_mail_tells_the_team_when_it_is_due_also_after_downtime(
    staff, make, municipality, session, closed, work, clock, days, number
):
    make.account(Role.DEPUTY, municipality, email="vertretung@example.org")
    make.account(Role.FACILITATOR, municipality, email="moderation@example.org")
    closed(days)
    for _hour in range(3):
        work()
        clock.advance(hours=1)
    sent = mails(session)
    assert len(sent) == 2 * number
    assert all("moderation" not in mail["to"] for mail in sent)


def test_nobody_is_told_again_when_the_old_mails_are_cleared_away(closed, work, session, clock):
    closed(28)
    work()
    session.execute(delete(Job))
    session.commit()
    clock.advance(days=30)
    work()
    assert mails(session) == []


def test_the_mail_says_what_and_where(make, event, closed, work, session, coordinator):
    closed(28)
    work()
    (mail,) = mails(session)
    assert mail["subject"]["mapping"]["title"] == event.title
    assert make.path(event, "schritte") in str(mail["body"])
    assert "Write it down for everybody." in str(mail["body"])
    assert mail["to"] == coordinator.email


def test_what_was_dealt_with_early_needs_no_mail(staff, make, event, closed, work, session, clock, coordinator):
    closed(3)
    page = staff.get(make.path(event, "schritte"))
    next(form for form in page.forms.values() if form.action.endswith("/nachgefragt")).submit(status=303)
    clock.advance(days=60)
    work()
    assert mails(session) == []


def test_a_cancelled_event_asks_nothing(staff, make, event, closed, session, work):
    closed(30)
    session.expire_all()
    event.state = "cancelled"
    session.commit()
    work()
    assert mails(session) == []
    assert "Ask what became of it" not in staff.get("/verwaltung")


def test_strangers_tick_nothing_off(client, make, event, closed, session):
    closed(30)
    client.login(make.account(Role.COORDINATOR, make.municipality()))
    client.post(make.path(event, "nachgefragt"), {"id": "four_weeks"}, expect_errors=True)
    session.rollback()
    assert session.scalars(select(JournalEntry).where(JournalEntry.tag == "event:follow_up")).all() == []


def test_an_event_asks_only_for_what_its_format_declares(staff, make, event, closed):
    closed(30)
    token = staff.get(make.path(event, "schritte")).forms[0]["csrf_token"].value
    answer = staff.post(make.path(event, "nachgefragt"), {"id": "nonsense", "csrf_token": token}, expect_errors=True)
    assert answer.status_int == 409


def test_my_week_asks_as_often_for_ten_events_as_for_one(staff, app, make, municipality, session, event, closed, clock):
    closed(30)
    with queries(app.registry.engine) as few:
        staff.get("/verwaltung")
    dialogue = make.dialogue(municipality)
    for _each in range(9):
        other = make.event(dialogue, state="held", starts_at=clock() - timedelta(days=3))
        make.finding(other)
        take(staff, make.path(other), "close")
    with queries(app.registry.engine) as many:
        staff.get("/verwaltung")
    assert len(many) <= len(few)


def test_a_follow_up_is_due_later_and_counts_from_a_step_that_exists(app):
    with pytest.raises(BadFormat, match="some time after"):
        FollowUp(id="now", title="x", from_step="close", after=timedelta(0))
    with pytest.raises(BadFormat, match="not the id"):
        FollowUp(id="Not an id", title="x", from_step="close", after=timedelta(1))
    conduct = app.registry.plugins.formats["probe"].conduct
    lost = FollowUp(id="lost", title="x", from_step="vanish", after=timedelta(1))
    with pytest.raises(BadFormat, match="vanish"):
        type(conduct)(workflow=conduct.workflow, follow_ups=(lost,))
    good = conduct.follow_ups[0]
    with pytest.raises(BadFormat, match="twice"):
        type(conduct)(workflow=conduct.workflow, follow_ups=(good, good))
