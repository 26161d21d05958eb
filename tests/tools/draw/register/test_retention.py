"""When names, addresses and extracts are deleted, and that somebody hears of it."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from pyramid.router import Router
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fdplattform.events.models import Event
from fdplattform.events.over import UNDATED
from fdplattform.files.models import FileChunk, StoredFile
from fdplattform.jobs.registry import JobContext
from fdplattform.journal.models import JournalEntry
from fdplattform.testing.clock import Clock
from fdplattform.testing.registers import register_csv
from fdplattform.tools.draw.criteria.services import locked_plan
from fdplattform.tools.draw.register.models import ExtractState, Invitee, InviteeCategory
from fdplattform.tools.draw.register.retention import KEEP_AFTER_CANCEL, deletion_dates, run
from fdplattform.tools.draw.replies.forgetting import forget_person
from fdplattform.tools.draw.replies.models import Answer, Channel, Reply
from fdplattform.workflow import CANCELLED
from tests.tools.draw.register.conftest import Coordinator, csv_of, extract_of, invitees, row


@pytest.fixture
def drawn(coordinator: Coordinator, event: Event, session: Session) -> Sequence[Invitee]:
    """Six people who were drawn from the register; the first two replied, and only the first said yes."""
    coordinator.read(coordinator.upload(register_csv(100)))
    coordinator.sample(6)
    found = invitees(session, event)
    for invitee, answer in zip(found, (Answer.YES, Answer.NO), strict=False):
        session.add(
            Reply(
                invitee_id=invitee.id,
                event_id=event.id,
                answer=answer,
                channel=Channel.ONLINE,
                entered_at=invitee.sampled_at,
            )
        )
    session.commit()
    return found


def nightly(app: Router) -> None:
    """The worker's nightly job."""
    run(JobContext(registry=app.registry, now=app.registry.clock(), key="nightly"))


def known(session: Session, event: Event) -> list[int]:
    return [each.number for each in invitees(session, event) if each.family_name is not None]


def draw_panel(session: Session, event: Event, clock: Clock) -> None:
    locked_plan(session, event.id).drawn_at = clock()
    session.commit()


def test_four_weeks_after_the_draw_only_the_willing_are_known(
    drawn: Sequence[Invitee], event: Event, session: Session, clock: Clock, app: Router
) -> None:
    # The event is far away.
    event.dates[0].ends_at += timedelta(days=300)
    draw_panel(session, event, clock)
    clock.advance(days=27)
    nightly(app)
    assert known(session, event) == [1, 2, 3, 4, 5, 6]
    clock.advance(days=2)
    nightly(app)
    assert known(session, event) == [1]
    gone = invitees(session, event)[2]
    assert (gone.street, gone.person, gone.household, gone.code_hash) == (None, None, None, None)
    assert gone.shredded_at is not None
    assert session.scalar(select(func.count()).select_from(InviteeCategory)) == 3
    entry = session.scalars(select(JournalEntry).where(JournalEntry.tag == "register:shred")).one()
    assert entry.payload is not None
    assert entry.payload["people"] == 5


def test_nobody_is_known_when_the_event_is_over(
    drawn: Sequence[Invitee], event: Event, session: Session, clock: Clock, app: Router
) -> None:
    clock.advance(days=29)
    nightly(app)
    assert len(known(session, event)) == 6
    clock.advance(days=2)
    nightly(app)
    assert known(session, event) == []


def test_nobody_is_known_four_weeks_after_an_event_was_cancelled(
    drawn: Sequence[Invitee], event: Event, session: Session, clock: Clock, app: Router
) -> None:
    event.dates[0].ends_at += timedelta(days=300)
    event.state, event.entered_at = CANCELLED, clock()
    session.commit()
    clock.advance(days=27)
    nightly(app)
    assert len(known(session, event)) == 6
    clock.advance(days=2)
    nightly(app)
    assert known(session, event) == []


def test_nobody_is_known_a_year_after_the_sample_of_an_event_without_a_date(
    drawn: Sequence[Invitee], event: Event, session: Session, clock: Clock, app: Router
) -> None:
    session.delete(event.dates[0])
    session.commit()
    clock.advance(days=364)
    nightly(app)
    assert len(known(session, event)) == 6
    assert deletion_dates(session, event.id).all == drawn[0].sampled_at + UNDATED
    clock.advance(days=2)
    nightly(app)
    assert known(session, event) == []


def test_people_stay_invited_to_the_new_date_of_a_postponed_event(
    drawn: Sequence[Invitee], event: Event, session: Session, clock: Clock, app: Router
) -> None:
    event.postponed_at = clock()
    session.commit()
    clock.advance(days=364)
    nightly(app)
    assert len(known(session, event)) == 6
    assert deletion_dates(session, event.id).all == event.postponed_at + UNDATED
    clock.advance(days=2)
    nightly(app)
    assert known(session, event) == []


def test_the_date_shown_for_a_cancelled_event_is_the_one_that_counts(
    drawn: Sequence[Invitee], event: Event, session: Session, clock: Clock
) -> None:
    event.dates[0].ends_at += timedelta(days=300)
    event.state, event.entered_at = CANCELLED, clock()
    session.commit()
    assert deletion_dates(session, event.id).all == event.entered_at + KEEP_AFTER_CANCEL


def test_a_person_who_stood_where_titles_belong_goes_with_the_extract(
    coordinator: Coordinator, event: Event, session: Session
) -> None:
    coordinator.upload(csv_of(row(), titles=row(family="Geheim")))
    assert "Geheim" in extract_of(session, event).columns
    page = coordinator.staff.get(f"{coordinator.path}/register/loeschen")
    next(form for form in page.forms.values() if form.action.endswith("loeschen")).submit(status=303)
    assert extract_of(session, event).columns == []


def test_an_extract_goes_in_the_night_after_its_event_was_cancelled(
    coordinator: Coordinator, event: Event, session: Session, clock: Clock, app: Router
) -> None:
    coordinator.read(coordinator.upload(csv_of(row())))
    event.state, event.entered_at = CANCELLED, clock()
    session.commit()
    nightly(app)
    assert extract_of(session, event).state is ExtractState.EXPIRED
    assert session.query(StoredFile).count() == 0


def test_an_extract_is_deleted_after_two_weeks(
    coordinator: Coordinator, event: Event, session: Session, clock: Clock, app: Router
) -> None:
    coordinator.read(coordinator.upload(csv_of(row(), "kaputt")))
    clock.advance(days=13)
    nightly(app)
    assert extract_of(session, event).state is ExtractState.READ
    clock.advance(days=2)
    nightly(app)
    extract = extract_of(session, event)
    assert (extract.state, extract.active_key, extract.found, extract.problems) == (ExtractState.EXPIRED, None, {}, [])
    assert (extract.columns, extract.mapping, extract.meanings) == ([], {}, {})
    assert session.scalar(select(func.count()).select_from(FileChunk)) == 0


def test_the_dates_of_deletion_are_shown(
    drawn: Sequence[Invitee], coordinator: Coordinator, event: Event, session: Session, clock: Clock
) -> None:
    page = coordinator.staff.get(f"{coordinator.path}/stichprobe/")
    assert "4 Wochen nach der Auslosung" in page.html.get_text()
    draw_panel(session, event, clock)
    page = coordinator.staff.get(f"{coordinator.path}/stichprobe/")
    assert "4 Wochen nach der Auslosung" not in page.html.get_text()


@pytest.mark.parametrize("ended", ["drawn", "over"])
def test_the_fingerprint_of_who_wanted_to_be_forgotten_goes_when_nobody_is_drawn_from_the_register_any_more(
    drawn: Sequence[Invitee], event: Event, session: Session, clock: Clock, app: Router, ended: str
) -> None:
    assert drawn[0].person is not None
    forget_person(session, drawn[0], [], clock())
    if ended == "drawn":
        event.dates[0].ends_at += timedelta(days=300)
        draw_panel(session, event, clock)
    session.commit()
    clock.advance(days=27)
    nightly(app)
    gone = invitees(session, event)[0]
    assert gone.person is not None
    assert (gone.family_name, gone.street, gone.household, gone.code_hash) == (None,) * 4
    clock.advance(days=4)
    nightly(app)
    assert invitees(session, event)[0].person is None
