"""Who is registered hears of another time or place: by e-mail, or by a call."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from webtest.forms import Radio

from fdplattform.jobs.models import Job
from fdplattform.testing.client import Client
from fdplattform.testing.registration import fill, form_of, registrations

SUBJECT = "New time or place: ${title}"


@pytest.fixture
def event(make):
    return make.event(state="open", capacity=2, dates=2)


@pytest.fixture
def staff(client, make, event):
    browser = Client(client.app)
    browser.login(make.coordinator_of(event))
    return browser


@pytest.fixture
def path(make, event, client):
    path = make.path(event)
    first, second = event.dates
    come(client, path, first, name="Mit Mail", email="mail@example.org")
    come(client, path, first, name="Ohne Mail")
    come(client, path, second, name="Am anderen Tag", email="other@example.org")
    return path


def come(client, path, date, **values):
    """Register for this date."""
    client.reset()
    form = form_of(client, path)
    choice = next(name for name, fields in form.fields.items() if isinstance(fields[0], Radio))
    form[choice] = str(date.id)
    fill(form, **values).submit("submit", status=303)


def told(session):
    """To whom the outbox says that something moved."""
    session.rollback()
    payloads = session.scalars(select(Job.payload).where(Job.kind == "mail:send").order_by(Job.id)).all()
    return [each["to"] for each in payloads if each["subject"].get("$text") == SUBJECT]


@pytest.fixture
def first(path, event):
    """The page on which the first date is changed."""
    return f"{path}/termin?id={event.dates[0].id}"


def edit(staff, first, **values):
    form = staff.get(first).forms["form"]
    for name, value in values.items():
        form[name] = value
    form.submit("submit", status=303)


@pytest.mark.parametrize(
    "change", [{"place": "Turnhalle"}, {"starts_at": "2030-05-04T18:00", "ends_at": "2030-05-04T20:00"}]
)
def test_everybody_of_this_date_is_told_each_time(staff, path, first, session, change):
    edit(staff, first, **change)
    assert told(session) == ["mail@example.org"]
    assert [item.name for item in registrations(session) if item.news_at is not None] == ["Ohne Mail"]
    assert "Ohne Mail" in staff.get(f"{path}/anrufliste")
    edit(staff, first, place="Doch im Rathaus")
    assert told(session) == ["mail@example.org"] * 2


def test_other_changes_are_not_worth_a_mail(staff, path, first, session):
    edit(staff, first, access="Bus 4", capacity="5")
    assert told(session) == []
    assert "Ohne Mail" not in staff.get(f"{path}/anrufliste")


def test_a_correction_afterwards_tells_nobody(staff, first, event, session, clock):
    event.dates[0].starts_at = clock() - timedelta(days=2)
    event.dates[0].ends_at = clock() - timedelta(days=1)
    session.commit()
    edit(staff, first, place="Turnhalle")
    assert told(session) == []


def test_while_the_event_is_off_nobody_is_told(staff, path, first, session):
    form = staff.get(f"{path}/schritt?transition=postpone").forms["form"]
    form["public_notice"] = "Ein neuer Termin folgt."
    form.submit(status=303)
    edit(staff, first, place="Turnhalle")
    assert told(session) == []
