"""A sample is thrown away as long as nobody who was drawn can have heard of it; afterwards the page says why not."""

from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fdplattform.events.models import Event
from fdplattform.journal.models import JournalEntry
from fdplattform.testing.client import Client
from fdplattform.testing.clock import Clock
from fdplattform.testing.registers import register_csv
from fdplattform.tools.draw.criteria.services import locked_plan, plan_of
from fdplattform.tools.draw.register.models import ExtractState, InviteeCategory, letter_key
from fdplattform.tools.draw.replies.models import Answer, Channel, Reply
from fdplattform.tools.letters.models import LetterFile, LetterItem, LetterRun, RunState
from tests.tools.draw.register.conftest import Coordinator, extract_of, invitees

DISCARD, WHY_NOT = "Diese Stichprobe verwerfen", "kann nicht mehr verworfen werden"


@pytest.fixture
def sampled(coordinator: Coordinator) -> Coordinator:
    """Twelve people are drawn."""
    coordinator.read(coordinator.upload(register_csv(100)))
    coordinator.sample(12)
    return coordinator


def discard(coordinator: Coordinator, reason: str, status: int = 303) -> Any:
    form = coordinator.staff.get(f"{coordinator.path}/stichprobe/").click(DISCARD).forms["form"]
    form["reason"] = reason
    return form.submit("submit", status=status)


def make_letters(session: Session, event: Event, now: datetime, state: RunState, *, to: int | None = None) -> LetterRun:
    """Letters in this state; one of them goes to the person with the id `to`."""
    run = LetterRun(event_id=event.id, kind="invitation", state=state, total=1, done=0, problems=[], created_at=now)
    session.add(run)
    session.flush()
    if to is not None:
        session.add(LetterFile(run_id=run.id, number=1, letters=1, made_at=now))
        session.flush()
        session.add(LetterItem(run_id=run.id, key=letter_key(to), number=1))
    session.commit()
    return run


def why_not(coordinator: Coordinator, event: Event, session: Session) -> str:
    """What the page says instead of offering it; the address that offered it refuses."""
    page = coordinator.staff.get(f"{coordinator.path}/stichprobe/")
    assert DISCARD not in page
    sample = extract_of(session, event)
    coordinator.staff.get(f"{coordinator.path}/stichprobe/verwerfen?id={sample.id}", status=409)
    return str(page.html.find(id="drawn").find_parent("section").select_one("li .meta").get_text(strip=True))


def test_a_sample_is_discarded_with_a_reason_that_everybody_reads(
    sampled: Coordinator, client: Client, event: Event, session: Session
) -> None:
    page = discard(sampled, "Ein Ortsteil fehlte im Auszug.").follow()
    assert "Niemand daraus bekommt einen Brief." in page
    assert invitees(session, event) == []
    assert session.scalar(select(func.count()).select_from(InviteeCategory)) == 0
    assert extract_of(session, event).state is ExtractState.DISCARDED
    entry = session.scalars(select(JournalEntry).where(JournalEntry.tag == "register:discard_sample")).one()
    assert (entry.payload["people"], entry.public) == (12, True)
    client.logout()
    assert "Ein Ortsteil fehlte im Auszug." in client.get(f"{sampled.path}/transparenz")


def test_afterwards_criteria_can_be_changed_and_another_sample_drawn(
    sampled: Coordinator, event: Event, session: Session
) -> None:
    assert plan_of(session, event.id).sampled_at is not None
    discard(sampled, "Falsch.")
    session.expire_all()
    assert plan_of(session, event.id).sampled_at is None
    sampled.read(sampled.upload(register_csv(100)))
    sampled.sample(5)
    assert [each.number for each in invitees(session, event)] == [1, 2, 3, 4, 5]


def test_a_second_sample_can_go_while_the_first_stays(sampled: Coordinator, event: Event, session: Session) -> None:
    first = [each.id for each in invitees(session, event)]
    sampled.read(sampled.upload(register_csv(100)))
    sampled.sample(5)
    sample = extract_of(session, event)
    form = sampled.staff.get(f"{sampled.path}/stichprobe/verwerfen?id={sample.id}").forms["form"]
    form["reason"] = "Doch nicht nötig."
    form.submit("submit", status=303)
    assert [each.id for each in invitees(session, event)] == first
    session.expire_all()
    assert plan_of(session, event.id).sampled_at is not None


def test_without_a_reason_nothing_is_discarded(sampled: Coordinator, event: Event, session: Session) -> None:
    discard(sampled, " ", status=422)
    assert len(invitees(session, event)) == 12


def test_not_while_letters_are_made_nor_afterwards(
    sampled: Coordinator, event: Event, session: Session, clock: Clock
) -> None:
    run = make_letters(session, event, clock(), RunState.QUEUED)
    assert "Briefe werden gerade erstellt" in why_not(sampled, event, session)
    session.delete(session.get_one(LetterRun, run.id))
    session.commit()
    made = make_letters(session, event, clock(), RunState.DONE, to=invitees(session, event)[0].id)
    assert "Briefe an diese Menschen sind erstellt" in why_not(sampled, event, session)
    # Once the letters are discarded nobody will have heard of it.
    session.delete(session.get_one(LetterRun, made.id))
    session.commit()
    discard(sampled, "Falsch.")


def test_not_once_somebody_has_answered(sampled: Coordinator, event: Event, session: Session, clock: Clock) -> None:
    person = invitees(session, event)[0]
    session.add(
        Reply(invitee_id=person.id, event_id=event.id, answer=Answer.NO, channel=Channel.CARD, entered_at=clock())
    )
    session.commit()
    assert "schon jemand geantwortet" in why_not(sampled, event, session)


def test_not_once_the_draw_is_committed(sampled: Coordinator, event: Event, session: Session, clock: Clock) -> None:
    locked_plan(session, event.id).locked_at = clock()
    session.commit()
    assert "Auslosung ist festgelegt" in why_not(sampled, event, session)


def test_letters_that_are_made_meanwhile_are_not_overtaken(
    sampled: Coordinator, event: Event, session: Session, clock: Clock
) -> None:
    form = sampled.staff.get(f"{sampled.path}/stichprobe/").click(DISCARD).forms["form"]
    form["reason"] = "Falsch."
    make_letters(session, event, clock(), RunState.DONE, to=invitees(session, event)[0].id)
    form.submit("submit", status=409)
    assert len(invitees(session, event)) == 12


def test_only_a_sample_of_this_event_can_be_discarded(sampled: Coordinator, event: Event, session: Session) -> None:
    for wrong in ("0", "x", str(extract_of(session, event).id + 1)):
        sampled.staff.get(f"{sampled.path}/stichprobe/verwerfen?id={wrong}", status=404)
