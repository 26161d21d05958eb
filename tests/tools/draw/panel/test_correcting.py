"""A number that was entered by mistake: corrected in public, until anybody is told."""

import json

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from fdplattform.events.models import Event
from fdplattform.journal.models import JournalEntry
from fdplattform.testing.client import Client
from fdplattform.testing.clock import Clock
from fdplattform.testing.draws import post_letters
from fdplattform.tools.draw.criteria.models import Plan
from fdplattform.tools.draw.engine.verify import verify
from fdplattform.tools.draw.panel.members import everybody_of, members_of
from fdplattform.tools.draw.panel.models import Run
from tests.tools.draw.panel.conftest import newest

PAGE = "auslosung/nummer-berichtigen"


def correct(staff: Client, path: str, number: str, status: int = 303) -> None:
    form = staff.get(f"{path}/{PAGE}").forms["form"]
    form["number"], form["reason"] = number, "Zwei Ziffern vertauscht"
    form.submit("submit").forms["confirm"].submit("sure", status=status)


def test_the_panel_of_the_right_number_sits_and_the_mistake_stays_public(
    staff: Client, path: str, session: Session, event: Event, drawn: Run
) -> None:
    assert PAGE in staff.get(f"{path}/auslosung/")
    correct(staff, path, "14")
    run = newest(session)
    record = json.loads(run.sealed or "")
    assert (run.number, run.drawn_at) == (14, drawn.drawn_at)
    assert session.get_one(Plan, event.id).drawn_at == drawn.drawn_at
    register = record["sections"]["register"]["people"]
    sits = {register[number - 1]["id"] for number in record["sections"]["lottery"][13]}
    assert {str(member.invitee_id) for member in everybody_of(session, event.id)} == sits
    assert verify(record) == []
    staff.logout()
    for view in ("", "abend"):
        page = staff.get(f"{path}/auslosung-nachweis/{view}").html.find("main").get_text(" ", strip=True)
        for said in ("14", "41", "Zwei Ziffern vertauscht"):
            assert said in page
    public = json.loads(staff.get(f"{path}/auslosung-nachweis/protokoll.json").body)
    assert public["afterwards"] == [{"event": "drawn", "panel": 14}]
    assert (verify(public), public["commitment"]) == ([], drawn.commitment)
    entry = session.scalars(select(JournalEntry).where(JournalEntry.tag == "draw:correct")).one()
    assert entry.public
    assert "41" in staff.get(f"{path}/transparenz")


def test_a_member_of_the_right_panel_is_replaced(
    staff: Client, path: str, session: Session, event: Event, drawn: Run
) -> None:
    correct(staff, path, "14")
    ill = members_of(session, event.id)[0]
    staff.get(f"{path}/gremium/{ill.id}/ersetzen").forms["confirm"].submit(status=303)
    assert verify(json.loads(newest(session).sealed or "")) == []
    assert "Es wurde eine andere Nummer" not in staff.get(f"{path}/auslosung/")
    staff.get(f"{path}/{PAGE}", status=409)


@pytest.mark.parametrize("told", ["letters", "a day later", "somebody left"])
def test_afterwards_nothing_is_corrected(
    staff: Client, path: str, session: Session, event: Event, drawn: Run, clock: Clock, told: str
) -> None:
    form = staff.get(f"{path}/{PAGE}").forms["form"]
    form["number"], form["reason"] = "14", "Zu spät"
    form = form.submit("submit").forms["confirm"]
    if told == "letters":
        post_letters(session, event, 6, clock(), "drawn")
    elif told == "a day later":
        clock.advance(days=1, minutes=1)
    else:
        member = members_of(session, event.id)[0]
        staff.get(f"{path}/gremium/{member.id}/austragen").forms["confirm"].submit(status=303)
    assert PAGE not in staff.get(f"{path}/auslosung/")
    form.submit("sure", status=409)
    staff.get(f"{path}/{PAGE}", status=409)
    assert newest(session).number == 41


def test_the_right_number_exists_and_is_another_one(staff: Client, path: str, session: Session, drawn: Run) -> None:
    form = staff.get(f"{path}/{PAGE}").forms["form"]
    form["number"], form["reason"] = "101", "Zahlendreher"
    assert form.submit("submit", status=422).forms["form"]["reason"].value == "Zahlendreher"
    correct(staff, path, "41", status=422)
    assert newest(session).mistakes is None


def test_before_a_number_is_drawn_there_is_nothing_to_correct(staff: Client, path: str, committed: Run) -> None:
    assert PAGE not in staff.get(f"{path}/auslosung/")
    staff.get(f"{path}/{PAGE}", status=409)
