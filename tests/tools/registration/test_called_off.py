"""Somebody registers in the very moment in which the event is called off: refused, or told. Never neither."""

import json
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from fdplattform.db import begin_immediate
from fdplattform.errors import Conflict
from fdplattform.events.models import Event
from fdplattform.events.transitions import take_step
from fdplattform.jobs.models import Job
from fdplattform.journal.services import RESIDENT, SYSTEM
from fdplattform.testing.platform import eventually
from fdplattform.testing.registration import form_of, registrations, sign_up
from fdplattform.tools.registration.models import Source
from fdplattform.tools.registration.services import Entry, register
from fdplattform.translation import services as translation


@pytest.fixture
def event(make):
    return make.event(state="open", capacity=10)


@pytest.fixture
def call_off(app, event, clock):
    event_id = event.id

    def call_off(session: Session, step: str) -> None:
        take_step(
            session,
            app.registry,
            session.get_one(Event, event_id),
            app.registry.plugins.formats["probe"],
            step,
            answers={"public_notice": "Sturm"},
            has=lambda _permission: True,
            actor=SYSTEM,
            now=clock(),
        )

    return call_off


@pytest.fixture
def come(event, clock):
    date_id = event.dates[0].id

    def come(session: Session) -> None:
        entry = Entry(name="Amal", email="amal@example.org")
        register(session, date_id, entry, source=Source.ONLINE, actor=RESIDENT, now=clock())

    return come


def at_the_same_time(app, first: Callable[[Session], None], second: Callable[[Session], None]) -> Future[None]:
    """`second` begins while `first` is done and not yet committed, and ends after it."""

    def run() -> None:
        with app.registry.sessions.begin() as session:
            begin_immediate(session)
            second(session)

    with ThreadPoolExecutor(1) as pool:
        with app.registry.sessions.begin() as session:
            begin_immediate(session)
            first(session)
            session.flush()
            later = pool.submit(run)
            if session.get_bind().dialect.name == "postgresql":
                eventually(lambda: later.done() or _somebody_waits(app))
        later.exception()
    return later


def _somebody_waits(app) -> bool:
    with app.registry.engine.connect() as connection:
        return bool(connection.scalar(text("SELECT count(*) FROM pg_locks WHERE NOT granted")))


def subjects(session):
    session.rollback()
    jobs = session.scalars(select(Job).where(Job.kind == "mail:send").order_by(Job.id))
    return [str(job.payload["subject"]) for job in jobs]


@pytest.mark.parametrize(("step", "word"), [("cancel", "cancelled"), ("postpone", "postponed")])
def test_who_was_in_time_is_told(app, session, come, call_off, step, word):
    at_the_same_time(app, come, lambda other: call_off(other, step)).result()
    assert len(registrations(session)) == 1
    told = subjects(session)
    assert len(told) == 2
    assert word in told[1].lower()


@pytest.mark.parametrize("step", ["cancel", "postpone"])
def test_who_was_too_late_is_refused(app, session, come, call_off, step):
    with pytest.raises(Conflict):
        at_the_same_time(app, lambda other: call_off(other, step), come).result()
    assert registrations(session) == []


def test_the_form_says_so(client, make, event, session, call_off):
    path = make.path(event)
    form = form_of(client, path)
    form["name"] = "Amal"
    call_off(session, "cancel")
    session.commit()
    assert form.submit("submit", status=409)
    assert registrations(session) == []


def test_a_format_without_registration_has_no_such_page(app, client, make):
    without = next(each for each in app.registry.plugins.formats.values() if each.conduct.tool("registration") is None)
    state = next(state.id for state in without.conduct.workflow.states if state.public)
    event = make.event(format_id=without.id, state=state)
    assert client.get(make.path(event)).status_int == 200
    assert client.get(make.path(event, "anmelden"), status=404)


def test_an_event_that_does_without_says_so(client, make, session, event):
    event.tools_off = ["registration"]
    session.commit()
    page = client.get(make.path(event, "anmelden?lang=de"))
    assert "form" not in page.forms
    assert "Sie müssen sich nicht anmelden: Kommen Sie einfach." in page.text


def test_who_reads_arabic_is_told_in_arabic(app, session, event, client, call_off, clock, make):
    sign_up(client, make.path(event), name="Amal", email="amal@example.org")
    registrations(session)[0].language = "ar"
    event.public_notice = "Glatteis"
    translation.save(session, event, "ar", {"title": "لقاء", "public_notice": "جليد"}, now=clock())
    call_off(session, "cancel")
    session.commit()
    told = session.scalars(select(Job).where(Job.kind == "mail:send").order_by(Job.id.desc())).first()
    said = json.dumps(told.payload, ensure_ascii=False)
    assert "لقاء" in said
    # What was translated is another notice than the one that was given now.
    assert "Sturm" in said
    assert "جليد" not in said


def test_the_page_behind_a_code_says_what_is_in_which_language(session, event, client, clock, make):
    own = sign_up(client, make.path(event)).request.path
    event.public_notice = "Glatteis"
    event.dates[0].address, event.dates[0].access = "Marktplatz 1", "Aufzug"
    translation.save(session, event, "ar", {"public_notice": "جليد"}, now=clock())
    session.commit()
    page = client.get(f"{own}?lang=ar").html
    assert page.select_one(".notice").get_text(strip=True) == "جليد"
    marked = [tag.get_text() for tag in page.select('main .facts [lang="de"][dir="ltr"]')]
    assert {"Rathaus", "Marktplatz 1", "Aufzug"} <= set(marked)
