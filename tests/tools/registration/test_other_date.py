"""A registration goes to another date of the same event."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import select

from fdplattform.db import begin_immediate
from fdplattform.errors import Conflict, DomainError
from fdplattform.events.transitions import take_step
from fdplattform.jobs.models import Job
from fdplattform.journal.models import JournalEntry
from fdplattform.journal.services import RESIDENT, SYSTEM
from fdplattform.security.permissions import Role
from fdplattform.testing.html import choose
from fdplattform.testing.registration import registrations
from fdplattform.tools.registration.codes import codes_of
from fdplattform.tools.registration.models import Registration, Source, Status
from fdplattform.tools.registration.moving import move
from fdplattform.tools.registration.services import Entry, cancel, register


@pytest.fixture
def place(make):
    return make.municipality()


@pytest.fixture
def event(make, place):
    """Two dates with two seats each."""
    return make.event(make.dialogue(place), state="open", capacity=2, dates=2)


@pytest.fixture
def dates(event):
    return [date.id for date in event.dates]


@pytest.fixture
def enter(session, clock):
    def enter(date_id, name, people=1, email=None):
        entry = Entry(name=name, people=people, email=email)
        found = register(session, date_id, entry, source=Source.ONLINE, actor=RESIDENT, now=clock())
        session.commit()
        return found

    return enter


def go(session, registration, date_id, now, **how):
    moved = move(session, registration, date_id, actor=RESIDENT, now=now, **how)
    session.commit()
    return moved


def path_of(app, registration):
    with app.registry.sessions() as session:
        return codes_of(session).path(registration.code_seed)


def test_a_resident_goes_to_another_date_by_code(app, client, session, dates, enter):
    mine, waiting = enter(dates[0], "Amal", people=2, email="amal@example.org"), enter(dates[0], "Bo")
    page = client.get(path_of(app, mine)).click("Anderer Termin")
    choose(page.forms["form"], str(dates[1]))
    shown = page.forms["form"].submit().follow()
    assert "Sie sind angemeldet" in shown.text
    moved, promoted = session.get_one(Registration, mine.id), session.get_one(Registration, waiting.id)
    session.refresh(moved)
    session.refresh(promoted)
    assert (moved.event_date_id, moved.status, moved.number) == (dates[1], Status.CONFIRMED, 1)
    assert promoted.status is Status.CONFIRMED
    mail = session.scalars(select(Job).where(Job.kind == "mail:send").order_by(Job.id.desc())).first()
    assert "registered for another date" in str(mail.payload["subject"])
    assert [attachment["name"] for attachment in mail.payload["attachments"]] == ["termin.ics"]
    assert session.scalars(select(JournalEntry).where(JournalEntry.tag == "registration:move")).one()


def test_where_it_is_full_the_group_waits(session, clock, dates, enter):
    enter(dates[1], "Da sitzt wer", people=2)
    moved = go(session, enter(dates[0], "Amal"), dates[1], clock())
    assert (moved.status, moved.number) == (Status.WAITING, 2)


def test_who_waits_there_is_not_overtaken(session, clock, dates, enter):
    enter(dates[1], "Eine", people=1)
    enter(dates[1], "Große Gruppe", people=2)
    assert go(session, enter(dates[0], "Amal"), dates[1], clock()).status is Status.WAITING


def test_staff_move_somebody_too(client, make, place, event, session, dates, enter):
    person = enter(dates[0], "Amal")
    client.login(make.account(Role.COORDINATOR, place))
    page = client.get(make.path(event, f"teilnehmende/{person.id}/")).click("Anderer Termin")
    choose(page.forms["form"], str(dates[1]))
    assert page.forms["form"].submit().status_int == 303
    session.refresh(person)
    assert person.event_date_id == dates[1]


def test_an_old_page_moves_nobody_back(app, client, session, clock, dates, enter):
    mine = enter(dates[0], "Amal")
    old = client.get(f"{path_of(app, mine)}/anderer-termin").forms["form"]
    choose(old, str(dates[1]))
    old["version"] = "0"
    assert old.submit(status=409)
    session.refresh(mine)
    assert mine.event_date_id == dates[0]


def test_only_dates_that_are_open_are_offered(app, client, session, clock, event, dates, enter):
    mine = enter(dates[0], "Amal")
    event.dates[1].registration_until = clock() - timedelta(minutes=1)
    session.commit()
    assert "anderer-termin" not in client.get(path_of(app, mine))
    assert client.get(f"{path_of(app, mine)}/anderer-termin").status_int == 303
    with pytest.raises(Conflict, match="is over"):
        move(session, mine, dates[1], actor=RESIDENT, now=clock())
    assert go(session, mine, dates[1], clock(), by_staff=True).event_date_id == dates[1]


def test_a_date_of_another_event_is_none(session, clock, make, dates, enter):
    other = make.event(state="open")
    with pytest.raises(DomainError, match="not a date of the same event"):
        move(session, enter(dates[0], "Amal"), other.dates[0].id, actor=RESIDENT, now=clock())


def test_who_has_cancelled_goes_nowhere(session, clock, dates, enter):
    mine = enter(dates[0], "Amal")
    cancel(session, mine, actor=RESIDENT, now=clock())
    with pytest.raises(Conflict, match="cancelled"):
        move(session, mine, dates[1], actor=RESIDENT, now=clock())


def test_after_the_start_only_staff_move_somebody(session, clock, event, dates, enter):
    mine = enter(dates[0], "Amal")
    begun = event.dates[0].starts_at
    with pytest.raises(Conflict, match="already begun"):
        move(session, mine, dates[1], actor=RESIDENT, now=begun)
    assert go(session, mine, dates[1], begun, by_staff=True).status is Status.CONFIRMED


def test_the_event_that_is_off_takes_nobody(app, session, clock, event, dates, enter):
    mine = enter(dates[0], "Amal")
    format_ = app.registry.plugins.formats["probe"]
    take_step(
        session,
        app.registry,
        event,
        format_,
        "postpone",
        answers={"public_notice": "Sturm"},
        has=lambda _permission: True,
        actor=SYSTEM,
        now=clock(),
    )
    session.commit()
    with pytest.raises(Conflict, match="postponed"):
        move(session, mine, dates[1], actor=RESIDENT, now=clock())


def test_people_who_change_places_at_once(app, session, clock, dates, enter):
    """Each goes where the others come from: nobody waits for ever, nobody is lost, no date is overbooked."""
    people = [(enter(dates[side], f"Mensch {side}-{number}").id, side) for side in (0, 1) for number in range(4)]
    start = Barrier(len(people))

    def change_places(person):
        registration_id, side = person
        start.wait()
        with app.registry.sessions.begin() as own:
            begin_immediate(own)
            found = own.get_one(Registration, registration_id)
            move(own, found, dates[1 - side], actor=RESIDENT, now=clock())

    with ThreadPoolExecutor(len(people)) as pool:
        list(pool.map(change_places, people))
    found = registrations(session)
    assert sorted((item.name, item.event_date_id) for item in found) == sorted(
        (f"Mensch {side}-{number}", dates[1 - side]) for side in (0, 1) for number in range(4)
    )
    for date_id in dates:
        there = [item for item in found if item.event_date_id == date_id]
        assert sum(item.people for item in there if item.status is Status.CONFIRMED) == 2
        assert len({item.number for item in there}) == 4
