"""Personal data goes when its time is over; the numbers stay."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fdplattform.events.models import Event
from fdplattform.events.over import UNDATED
from fdplattform.jobs.periodic import run_due
from fdplattform.journal.models import JournalEntry
from fdplattform.journal.services import SYSTEM
from fdplattform.testing.client import Client
from fdplattform.testing.clock import Clock
from fdplattform.testing.factories import Make
from fdplattform.testing.registration import registrations, sign_up
from fdplattform.testing.steps import take
from fdplattform.tools.registration.counts import counts_by_date
from fdplattform.tools.registration.retention import KEEP_CONTACT, KEEP_NEEDS, shred_due
from fdplattform.tools.registration.staff import promote

PERSONAL = ("name", "email", "phone", "language", "interpreter", "access_needs", "code_hash", "token")


@pytest.fixture
def event(client: Client, make: Make, session: Session) -> Event:
    """An event of two days with two people, one of whom waits."""
    event = make.event(state="open", dates=2, capacity=3)
    path = make.path(event)
    page = client.get(f"{path}/anmelden")
    radio = page.html.find("input", type="radio")["name"]
    for name, people in (("Amal", 3), ("Basim", 2)):
        form = client.get(f"{path}/anmelden").forms["form"]
        form[radio].force_value(str(event.dates[0].id))
        for field, value in {"name": name, "people": str(people), "email": "a@example.org", "phone": "0711 1"}.items():
            form[field] = value
        form["interpreter"], form["children"], form["access_needs"] = "ar", "2", "Rollstuhl"
        form.submit("submit", status=303)
    return event


def last_end(event: Event) -> datetime:
    return max(date.ends_at for date in event.dates)


@pytest.mark.parametrize(
    ("after", "needs", "contact"),
    [
        (KEEP_NEEDS - timedelta(seconds=1), True, True),
        (KEEP_NEEDS, False, True),
        (KEEP_CONTACT - timedelta(seconds=1), False, True),
        (KEEP_CONTACT, False, False),
    ],
)
def test_each_field_goes_at_its_time(
    event: Event, session: Session, after: timedelta, needs: bool, contact: bool
) -> None:
    shred_due(session, last_end(event) + after)
    session.commit()
    for found in registrations(session):
        assert bool(found.interpreter) == bool(found.access_needs) == bool(found.children) == needs
        assert bool(found.name) == bool(found.email) == bool(found.phone) == bool(found.code_hash) == contact


def test_people_stay_registered_for_the_new_date_of_a_postponed_event(
    event: Event, client: Client, session: Session, clock: Clock
) -> None:
    event.postponed_at = clock()
    session.commit()
    for moment, kept in (
        (last_end(event) + KEEP_CONTACT, True),
        (event.postponed_at + UNDATED + KEEP_CONTACT - timedelta(seconds=1), True),
        (event.postponed_at + UNDATED + KEEP_CONTACT, False),
    ):
        shred_due(session, moment)
        session.commit()
        assert all(bool(found.name) == kept for found in registrations(session))


def test_of_a_cancelled_event_the_cancellation_counts(
    event: Event, client: Client, make: Make, session: Session, clock: Clock
) -> None:
    planned_end = last_end(event)
    client.login(make.coordinator_of(event))
    take(client, make.path(event), "cancel", public_notice="Zu wenige Anmeldungen")
    session.refresh(event)
    cancelled_at = event.entered_at
    assert cancelled_at < planned_end
    for moment, needs, contact in (
        (cancelled_at + KEEP_NEEDS - timedelta(seconds=1), True, True),
        (cancelled_at + KEEP_NEEDS, False, True),
        (cancelled_at + KEEP_CONTACT, False, False),
    ):
        shred_due(session, moment)
        session.commit()
        for found in registrations(session):
            assert (bool(found.access_needs), bool(found.name)) == (needs, contact)


def test_needs_too_are_kept_for_the_new_date(event: Event, session: Session, clock: Clock) -> None:
    event.postponed_at = clock()
    session.commit()
    for moment, kept in ((last_end(event) + KEEP_NEEDS, True), (event.postponed_at + UNDATED + KEEP_NEEDS, False)):
        shred_due(session, moment)
        session.commit()
        assert all(bool(found.access_needs) == kept for found in registrations(session))


def test_numbers_stay_right(event: Event, session: Session) -> None:
    before = counts_by_date(session, event.dates)
    shred_due(session, last_end(event) + KEEP_CONTACT)
    session.commit()
    assert counts_by_date(session, event.dates) == before
    assert all(getattr(found, name) is None for found in registrations(session) for name in PERSONAL)


def test_nothing_personal_is_left_in_the_journal(event: Event, session: Session, clock: Clock) -> None:
    waiting = registrations(session)[1]
    promote(session, waiting, reason="Ist die Schwester von Amal", actor=SYSTEM, now=clock(), let_in=True)
    session.commit()
    shred_due(session, last_end(event) + KEEP_CONTACT)
    session.commit()
    payloads = session.scalars(select(JournalEntry.payload).where(JournalEntry.tag.startswith("registration:"))).all()
    assert "Schwester" not in str(payloads)
    assert session.scalar(select(func.count()).where(JournalEntry.tag == "registration:promote_early")) == 1


def test_the_worker_does_it_every_day(event: Event, client: Client, session: Session, clock: Clock) -> None:
    clock.set(last_end(event) + KEEP_CONTACT + timedelta(hours=1))
    assert "registration:shred" in run_due(client.registry, clock(), only_before_opening=True)
    assert all(found.name is None for found in registrations(session))


def test_a_code_stops_working(client: Client, make: Make, session: Session) -> None:
    event = make.event(state="open")
    own = sign_up(client, make.path(event)).request.path
    shred_due(session, last_end(event) + KEEP_CONTACT)
    session.commit()
    client.get(own, status=404)


def test_everything_personal_is_declared(client: Client) -> None:
    declared = {name for name in client.registry.personal_fields if name.startswith("registration.")}
    assert declared == {
        f"registration.{name}" for name in ("name", "contact", "language", "interpreter", "children", "access_needs")
    }
