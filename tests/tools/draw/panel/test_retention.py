"""Names and attributes go when their time is over; the public record and the numbers stay."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from fdplattform.events.models import Event, EventDate
from fdplattform.events.over import UNDATED
from fdplattform.jobs.periodic import run_due
from fdplattform.journal.models import JournalEntry
from fdplattform.testing.client import Client
from fdplattform.testing.clock import Clock
from fdplattform.testing.draws import post_letters
from fdplattform.testing.factories import Make
from fdplattform.tools.draw.panel.members import everybody_of, members_of
from fdplattform.tools.draw.panel.models import Member, Run
from fdplattform.tools.draw.panel.retention import KEEP_MEMBERS, shred_due
from fdplattform.tools.draw.register.models import InviteeCategory
from fdplattform.tools.letters.models import LetterFile, LetterItem, LetterRun
from tests.tools.draw.panel.conftest import fresh, newest

PERSONAL = ("name", "street", "postal_code", "city", "email", "phone", "language", "invitee_id")
SECOND = timedelta(seconds=1)


def end_of(session: Session, event: Event) -> datetime:
    return max(date.ends_at for date in session.scalars(select(EventDate).where(EventDate.event_id == event.id)))


def known(member: Member) -> bool:
    return any(getattr(member, name) is not None for name in PERSONAL)


@pytest.mark.parametrize(
    ("after", "sealed", "members"),
    [
        (-SECOND, True, True),
        (timedelta(0), False, True),
        (KEEP_MEMBERS - SECOND, False, True),
        (KEEP_MEMBERS, False, False),
    ],
)
def test_each_thing_goes_at_its_time(
    session: Session, event: Event, drawn: Run, after: timedelta, sealed: bool, members: bool
) -> None:
    shred_due(session, end_of(session, event) + after)
    session.commit()
    run = newest(session)
    assert (run.sealed is not None) == (run.seed is not None) == sealed
    assert bool(run.public)
    assert all(known(member) == members for member in members_of(session, event.id))
    assert len(members_of(session, event.id)) == 6


def test_who_left_is_forgotten_when_the_event_is_over(
    staff: Client, path: str, session: Session, event: Event, drawn: Run
) -> None:
    ill = members_of(session, event.id)[0]
    staff.get(f"{path}/gremium/{ill.id}/ersetzen").forms["confirm"].submit(status=303)
    fresh(session)
    shred_due(session, end_of(session, event))
    session.commit()
    session.expire_all()
    assert {member.id for member in everybody_of(session, event.id) if not known(member)} == {ill.id}


def test_a_cancelled_event_keeps_no_sealed_record(session: Session, event: Event, drawn: Run, clock: Clock) -> None:
    event.state, event.entered_at = "cancelled", clock()
    session.commit()
    shred_due(session, clock())
    session.commit()
    assert newest(session).sealed is None
    assert session.query(InviteeCategory).count() == 0


def test_a_postponed_event_keeps_panel_and_record_for_its_new_date(
    session: Session, event: Event, drawn: Run, clock: Clock
) -> None:
    event.postponed_at = clock()
    session.commit()
    shred_due(session, event.postponed_at + UNDATED - SECOND)
    session.commit()
    assert newest(session).sealed is not None
    assert all(known(member) for member in members_of(session, event.id))
    shred_due(session, event.postponed_at + UNDATED)
    session.commit()
    assert newest(session).sealed is None


def test_an_event_without_a_date_does_not_keep_everything_for_ever(
    session: Session, event: Event, drawn: Run, clock: Clock
) -> None:
    for date in session.scalars(select(EventDate).where(EventDate.event_id == event.id)).all():
        session.delete(date)
    session.commit()
    shred_due(session, drawn.started_at + UNDATED - SECOND)
    session.commit()
    assert newest(session).sealed is not None
    shred_due(session, drawn.started_at + UNDATED)
    session.commit()
    assert newest(session).sealed is None


def test_the_worker_does_it_at_night_and_journals_it(
    session: Session, event: Event, drawn: Run, clock: Clock, make: Make
) -> None:
    over = end_of(session, event) + KEEP_MEMBERS
    session.commit()
    run_due(make.registry, over)
    session.expire_all()
    assert not any(known(member) for member in members_of(session, event.id))
    found = set(session.scalars(select(JournalEntry.tag).where(JournalEntry.actor_type == "system")))
    assert {"draw:unseal", "panel:shred"} <= found


def test_the_coordinator_reads_the_dates(staff: Client, path: str, session: Session, event: Event, drawn: Run) -> None:
    end = end_of(session, event)
    desk, members = staff.get(f"{path}/auslosung/"), staff.get(f"{path}/gremium/")
    assert str(end.year) in desk.html.find(id="kept").find_parent("section").get_text()
    shown = members.html.find("dl", class_="facts").get_text(" ", strip=True)
    assert str((end + KEEP_MEMBERS).year) in shown


def test_rare_combinations_go_with_the_sealed_record(
    staff: Client, path: str, session: Session, event: Event, drawn: Run
) -> None:
    run = session.get_one(Run, drawn.id)
    run.fairness = {**(run.fairness or {}), "combinations": [[1, ["jung", "w"]]]}
    session.commit()
    shred_due(session, end_of(session, event))
    session.commit()
    assert (newest(session).fairness or {})["combinations"] == []


def test_letters_to_who_is_forgotten_go_too(session: Session, event: Event, drawn: Run, clock: Clock) -> None:
    members = members_of(session, event.id)
    post_letters(session, event, 6, clock(), "drawn")
    run_id = session.scalars(select(LetterRun.id)).one()
    session.add(LetterFile(run_id=run_id, number=1, letters=6, made_at=clock()))
    session.flush()
    session.add_all(LetterItem(run_id=run_id, key=f"member:{member.id}", number=1) for member in members)
    session.commit()
    shred_due(session, end_of(session, event) + KEEP_MEMBERS)
    session.commit()
    assert session.scalars(select(LetterItem)).all() == []
