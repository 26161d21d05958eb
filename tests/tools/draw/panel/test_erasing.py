"""Whoever wants to be forgotten is forgotten at once, also on the panel; the seat stays and can be filled."""

from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from fdplattform.events.models import Event
from fdplattform.journal.models import JournalEntry
from fdplattform.testing.client import Client
from fdplattform.testing.clock import Clock
from fdplattform.testing.draws import post_letters
from fdplattform.testing.html import token_on
from fdplattform.tools.draw.panel.members import everybody_of, members_of
from fdplattform.tools.draw.panel.models import Member, Run
from fdplattform.tools.draw.panel.retention import shred_due
from fdplattform.tools.draw.register.models import Invitee
from fdplattform.tools.draw.replies.forgetting import forget_person
from fdplattform.tools.draw.replies.models import Reply
from fdplattform.tools.letters.models import LetterFile, LetterItem, LetterRun
from tests.tools.draw.panel.conftest import fresh
from tests.tools.draw.panel.test_members import enter

PERSONAL = ("name", "street", "postal_code", "city", "email", "phone", "language", "invitee_id")

Where = Callable[[Member], str]
AT_THE_REPLY: Where = lambda member: f"antworten/{member.invitee_id}"  # noqa: E731
AT_THE_SEAT: Where = lambda member: f"gremium/{member.id}"  # noqa: E731


@pytest.mark.parametrize("where", [AT_THE_REPLY, AT_THE_SEAT])
def test_a_member_is_forgotten_at_once_and_the_seat_filled(
    staff: Client, path: str, session: Session, event: Event, drawn: Run, clock: Clock, where: Where
) -> None:
    member = members_of(session, event.id)[0]
    invitee_id, name = member.invitee_id, member.name or ""
    post_letters(session, event, 6, clock(), "drawn")
    run_id = session.scalars(select(LetterRun.id)).one()
    session.add(LetterFile(run_id=run_id, number=1, letters=6, made_at=clock()))
    session.flush()
    session.add(LetterItem(run_id=run_id, key=f"member:{member.id}", number=1))
    session.commit()
    page = staff.get(f"{path}/{where(member)}/").click(href="daten-loeschen")
    page.forms["confirm"].submit(status=303)
    fresh(session)
    first, *others = members_of(session, event.id)
    assert [getattr(first, field) for field in PERSONAL] == [None] * len(PERSONAL)
    assert all(other.name and other.email for other in others)
    assert session.get_one(Invitee, invitee_id).family_name is None
    assert session.get_one(Reply, invitee_id).email is None
    assert session.scalars(select(LetterItem)).all() == []
    panel = staff.get(f"{path}/gremium/")
    assert name not in panel
    assert "zurückgezogen" in panel
    panel.click(href=f"{first.id}/ersetzen").forms["confirm"].submit(status=303)
    fresh(session)
    assert len(members_of(session, event.id)) == 6
    assert "zurückgezogen" not in staff.get(f"{path}/gremium/")


def test_the_page_says_what_happens_when(staff: Client, path: str, session: Session, event: Event, drawn: Run) -> None:
    page = staff.get(f"{path}/antworten/{members_of(session, event.id)[0].invitee_id}/daten-loeschen")
    said = page.html.find("main").get_text(" ", strip=True)
    for words in ("im Gremium", "versiegelten Protokoll", "Prüfsumme"):
        assert words in said


def test_who_was_entered_by_hand_leaves_a_seat_and_who_waits_nothing(
    staff: Client, path: str, session: Session, event: Event
) -> None:
    enter(staff, path, "hand", "Amal")
    enter(staff, path, "reserve", "Basim")
    fresh(session)
    for member in everybody_of(session, event.id):
        page = staff.get(f"{path}/gremium/{member.id}/").click(href="daten-loeschen")
        page.forms["confirm"].submit(status=303)
    fresh(session)
    assert [(member.name, member.sits) for member in everybody_of(session, event.id)] == [(None, True)]
    tags = session.scalars(select(JournalEntry.tag).where(JournalEntry.tag == "panel:erase")).all()
    assert len(tags) == 2


def test_members_of_a_closed_event_are_forgotten_on_request(
    staff: Client, path: str, session: Session, event: Event, drawn: Run, clock: Clock
) -> None:
    member = members_of(session, event.id)[0]
    forget_person(session, session.get_one(Invitee, member.invitee_id), [], clock())
    event.state = "closed"
    session.commit()
    page = staff.get(f"{path}/gremium/{member.id}/").click(href="daten-loeschen")
    page.forms["confirm"].submit(status=303)
    fresh(session)
    assert members_of(session, event.id)[0].name is None


def test_nobody_is_forgotten_twice(staff: Client, path: str, session: Session, event: Event, drawn: Run) -> None:
    address = f"{path}/gremium/{members_of(session, event.id)[0].id}/daten-loeschen"
    page = staff.get(address)
    page.forms["confirm"].submit(status=303)
    staff.post(address, token_on(page), status=409)


def test_who_was_drawn_while_being_forgotten_is_forgotten_at_night(
    session: Session, event: Event, drawn: Run, clock: Clock
) -> None:
    member = members_of(session, event.id)[0]
    forget_person(session, session.get_one(Invitee, member.invitee_id), [], clock())
    session.commit()
    shred_due(session, clock())
    session.commit()
    fresh(session)
    assert [each.name is None for each in members_of(session, event.id)] == [True, *[False] * 5]
