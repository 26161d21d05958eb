"""Who sits: replacements, seats outside the sample, panels that were drawn elsewhere, letters, facts."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from fdplattform.events.models import Event
from fdplattform.events.tools import tools
from fdplattform.journal.models import JournalEntry
from fdplattform.plugins.format import ToolUse
from fdplattform.testing.client import Client
from fdplattform.testing.clock import Clock
from fdplattform.testing.draws import set_criteria
from fdplattform.testing.factories import Make
from fdplattform.testing.html import token_on
from fdplattform.tools.draw.criteria.services import criteria_of, plan_of
from fdplattform.tools.draw.engine.record import pool_of
from fdplattform.tools.draw.engine.verify import verify
from fdplattform.tools.draw.panel.letters import KINDS
from fdplattform.tools.draw.panel.members import everybody_of, members_of
from fdplattform.tools.draw.panel.models import Member, Origin, Run
from fdplattform.tools.draw.register.retention import KEEP_AFTER_DRAW, deletion_dates
from fdplattform.tools.draw.replies.models import Answer, Reply
from tests.tools.draw.panel.conftest import fresh, newest


def confirm(staff: Client, address: str, status: int = 303) -> Any:
    return staff.get(address).forms["confirm"].submit(status=status)


def enter(staff: Client, path: str, kind: str, name: str, status: int = 303) -> Any:
    form = staff.get(f"{path}/gremium/eintragen?art={kind}").forms["form"]
    form["name"] = name
    return form.submit("submit", status=status)


def facts(make: Make, event: Event) -> dict[str, Any]:
    fresh(make.session)
    return dict(tools(make.registry)["draw"].facts(make.session, event, ToolUse(tool="draw")))


@pytest.mark.parametrize("state", ["closed", "cancelled"])
def test_as_long_as_members_are_known_they_are_told_what_is_kept(
    staff: Client, path: str, session: Session, event: Event, drawn: Run, state: str
) -> None:
    event.state = state
    session.commit()
    member = members_of(session, event.id)[0]
    page = staff.get(f"{path}/gremium/")
    assert "ersetzen" not in page
    assert member.email.encode() in page.click(href="liste.csv").body
    page = page.click(member.name)
    assert "form" not in page.forms
    for known in (member.street, member.city, member.email, member.phone):
        assert known in page
    for view in ("eintragen?art=hand", f"{member.id}/", f"{member.id}/ersetzen", f"{member.id}/austragen"):
        staff.post(f"{path}/gremium/{view}", token_on(page), status=403)


def test_ill_on_the_morning_two_clicks(staff: Client, path: str, session: Session, event: Event, drawn: Run) -> None:
    ill = members_of(session, event.id)[0]
    page = staff.get(f"{path}/gremium/")
    answer = page.click(href=f"{ill.id}/ersetzen").forms["confirm"].submit(status=303)
    fresh(session)
    present = members_of(session, event.id)
    joined = next(member for member in present if member.origin is Origin.REPLACEMENT)
    assert len(present) == 6
    assert ill.id not in {member.id for member in present}
    assert joined.name in answer.follow()
    run = newest(session)
    record = json.loads(run.sealed or "")
    assert verify(record) == verify(json.loads(run.public or "")) == []
    assert record["afterwards"][1] == {
        "event": "replaced",
        "leaving": [ill.person],
        "joining": [joined.person],
        "declined": [],
    }
    pool, size = pool_of(record)
    assert pool.faults([member.person - 1 for member in present if member.person], size) == []
    staff.logout()
    assert "neu besetzt wurden: 1" in staff.get(f"{path}/auslosung-nachweis/").html.get_text(" ", strip=True)


def test_who_was_replaced_or_withdrew_is_not_drawn_again(
    staff: Client, path: str, session: Session, event: Event, drawn: Run
) -> None:
    sat = {member.invitee_id for member in members_of(session, event.id)}
    others = [
        reply for reply in session.scalars(select(Reply).order_by(Reply.invitee_id)) if reply.invitee_id not in sat
    ]
    # Of the 18 others two withdraw: for whoever is replaced first, somebody alike is left.
    for reply in others[:2]:
        reply.answer = Answer.NO
    withdrew = {reply.invitee_id for reply in others[:2]}
    session.commit()
    gone = set()
    for turn in range(4):
        first = members_of(session, event.id)[0]
        form = staff.get(f"{path}/gremium/{first.id}/ersetzen").forms["confirm"]
        if form.submit(expect_errors=True).status_int == 409:
            # So few are left that whoever is drawn decides whether somebody fits the next time.
            assert turn
            break
        gone.add(first.invitee_id)
        fresh(session)
        present = {member.invitee_id for member in members_of(session, event.id)}
        assert not present & (gone | withdrew)


def test_when_nobody_fits_it_says_why_and_nothing_changes(
    staff: Client, path: str, session: Session, event: Event, drawn: Run
) -> None:
    sat = {member.invitee_id for member in members_of(session, event.id)}
    session.execute(delete(Reply).where(Reply.invitee_id.not_in(sat)))
    session.commit()
    before = newest(session).sealed
    ill = members_of(session, event.id)[0]
    page = confirm(staff, f"{path}/gremium/{ill.id}/ersetzen", status=409)
    assert "Niemand aus der Reserve" in page
    assert "zur Wahl steht niemand" in page
    assert newest(session).sealed == before
    assert len(members_of(session, event.id)) == 6


def test_somebody_is_replaced_once(staff: Client, path: str, session: Session, event: Event, drawn: Run) -> None:
    ill = members_of(session, event.id)[0]
    first, second = (staff.get(f"{path}/gremium/{ill.id}/ersetzen").forms["confirm"] for _ in range(2))
    first.submit(status=303)
    second.submit(status=409)
    assert len(json.loads(newest(session).sealed or "")["afterwards"]) == 2


def test_after_the_period_nobody_is_replaced(
    staff: Client, path: str, session: Session, event: Event, drawn: Run
) -> None:
    confirm(staff, f"{path}/auslosung/nachruecken-beenden")
    run = newest(session)
    assert (run.sealed, run.seed) == (None, None)
    assert run.public is not None
    ill = members_of(session, event.id)[0]
    assert f"{ill.id}/ersetzen" not in staff.get(f"{path}/gremium/")
    confirm(staff, f"{path}/gremium/{ill.id}/ersetzen", status=409)
    confirm(staff, f"{path}/gremium/{ill.id}/austragen")
    fresh(session)
    assert len(members_of(session, event.id)) == 5


def test_who_erased_the_data_before_the_number_was_drawn_leaves_an_empty_seat(
    staff: Client, path: str, session: Session, event: Event, committed: Run
) -> None:
    session.execute(delete(Reply))
    session.commit()
    form = staff.get(f"{path}/auslosung/nummer").forms["form"]
    form["number"], form["witnesses"] = "3", "Rat"
    form.submit("submit").forms["confirm"].submit("sure", status=303)
    fresh(session)
    assert [member.email for member in members_of(session, event.id)] == [None] * 6


def test_seats_outside_the_sample(staff: Client, path: str, session: Session, event: Event) -> None:
    set_criteria(session, event, seats=8, outside_seats=2)
    for name in ("Amal", "Basim"):
        enter(staff, path, "benannt", name)
    page = enter(staff, path, "benannt", "Cem", status=409)
    assert page.forms["form"]["name"].value == "Cem"
    fresh(session)
    assert [member.origin for member in members_of(session, event.id)] == [Origin.NOMINATED] * 2


def test_a_panel_that_was_drawn_elsewhere(staff: Client, path: str, session: Session, event: Event, make: Make) -> None:
    set_criteria(session, event)
    for number in range(1, 7):
        enter(staff, path, "hand", f"Mitglied {number}")
    known = facts(make, event)
    assert (known["members"], known["drawn"], known["counted"], known["quotas_ok"]) == (6, False, False, True)

    form = staff.get(f"{path}/gremium/quoten").forms["form"]
    categories = {c.title: c for criterion in criteria_of(session, event.id) for c in criterion.categories}
    for title, number in {"jung": 1, "alt": 5, "w": 3, "m": 3}.items():
        form[f"category_{categories[title].id}"] = str(number)
    form.submit("submit", status=303)
    known = facts(make, event)
    assert known["counted"]
    assert not known["quotas_ok"]
    assert known["missed"] == ("Alter: jung", "Alter: alt")

    mistaken = members_of(session, event.id)[0]
    page = staff.get(f"{path}/gremium/{mistaken.id}/")
    next(form for form in page.forms.values() if "entfernen" in form.action).submit(status=303)
    fresh(session)
    assert len(members_of(session, event.id)) == 5


def test_nobody_is_entered_as_drawn_elsewhere_beside_a_draw(staff: Client, path: str, committed: Run) -> None:
    enter(staff, path, "hand", "Amal", status=409)


def test_who_was_drawn_cannot_be_removed(staff: Client, path: str, session: Session, event: Event, drawn: Run) -> None:
    member = members_of(session, event.id)[0]
    page = staff.get(f"{path}/gremium/{member.id}/")
    assert "entfernen" not in page
    token = page.forms["form"]["csrf_token"].value
    staff.post(f"{path}/gremium/{member.id}/entfernen", {"csrf_token": token}, status=409)


def test_contact_is_changed_and_a_stale_form_noticed(
    staff: Client, path: str, session: Session, event: Event, drawn: Run
) -> None:
    member = members_of(session, event.id)[0]
    first, second = (staff.get(f"{path}/gremium/{member.id}/").forms["form"] for _ in range(2))
    first["phone"] = "0711 99"
    first.submit("submit", status=303)
    second["phone"] = "0711 98"
    second.submit("submit", status=409)
    fresh(session)
    assert session.get_one(Member, member.id).phone == "0711 99"


def test_the_facts_of_a_drawn_panel(make: Make, event: Event, drawn: Run) -> None:
    known = facts(make, event)
    assert {name: known[name] for name in ("criteria", "seats", "invited", "replies", "willing", "members")} == {
        "criteria": 2,
        "seats": 6,
        "invited": 24,
        "replies": 24,
        "willing": 24,
        "members": 6,
    }
    assert known["quotas_ok"]
    assert known["counted"]
    assert known["record"]
    assert known["committed"]
    assert known["drawn"]


def test_members_are_told_of_changes_and_get_letters(session: Session, event: Event, drawn: Run, make: Make) -> None:
    contacts = tools(make.registry)["draw"].contacts(session, event)
    assert len(contacts) == 6
    assert all(contact.email for contact in contacts)
    for kind in KINDS:
        addresses = {(r.name, r.street, r.postal_code, r.city) for r in kind.recipients(session, event)}
        assert addresses == {(m.name, m.street, m.postal_code, m.city) for m in members_of(session, event.id)}


def test_the_list_as_a_table(staff: Client, path: str, session: Session, event: Event, drawn: Run) -> None:
    lines = staff.get(f"{path}/gremium/liste.csv").text.splitlines()
    assert len(lines) == 7
    assert all(member.email in "".join(lines) for member in members_of(session, event.id))


@pytest.mark.parametrize(("view", "tag"), [("", "panel:read"), ("liste.csv", "panel:export")])
def test_each_look_at_members_is_journalled(
    staff: Client, path: str, session: Session, drawn: Run, view: str, tag: str
) -> None:
    def looks() -> int:
        fresh(session)
        return len(session.scalars(select(JournalEntry.id).where(JournalEntry.tag == tag)).all())

    before = looks()
    staff.get(f"{path}/gremium/{view}")
    assert looks() == before + 1


def test_everybody_reads_the_criteria_and_the_numbers(
    client: Client, path: str, session: Session, event: Event, drawn: Run
) -> None:
    client.logout()
    page = client.get(path).html.find("section", class_="draw").get_text(" ", strip=True)
    for shown in ("Alter", "jung", "Wollen mitmachen 24", "Mitglieder 6"):
        assert shown in page
    assert "Vorname" not in page


def test_the_reserve_of_a_panel_that_was_drawn_elsewhere(
    staff: Client, path: str, session: Session, event: Event
) -> None:
    enter(staff, path, "hand", "Amal")
    enter(staff, path, "reserve", "Basim")
    fresh(session)
    assert [member.name for member in members_of(session, event.id)] == ["Amal"]
    page = staff.get(f"{path}/gremium/")
    rise = next(form for form in page.forms.values() if "einruecken" in form.action)
    rise.submit(status=303)
    fresh(session)
    assert [member.name for member in members_of(session, event.id)] == ["Amal", "Basim"]
    rise.submit(status=409)


def test_a_panel_that_was_drawn_elsewhere_is_drawn_with_its_first_member(
    staff: Client, path: str, session: Session, event: Event, people: list[int], clock: Clock
) -> None:
    plan_of(session, event.id).outside_seats = 1
    session.commit()
    enter(staff, path, "benannt", "Amal")
    fresh(session)
    assert plan_of(session, event.id).drawn_at is None
    enter(staff, path, "hand", "Basim")
    fresh(session)
    drawn_at = plan_of(session, event.id).drawn_at
    assert drawn_at is not None
    clock.advance(days=1)
    enter(staff, path, "reserve", "Carla")
    fresh(session)
    assert plan_of(session, event.id).drawn_at == drawn_at
    assert deletion_dates(session, event.id).rest == drawn_at + KEEP_AFTER_DRAW
    first, second = (member.id for member in everybody_of(session, event.id) if member.origin is Origin.BY_HAND)
    for member_id, drawn in ((first, True), (second, False)):
        staff.post(f"{path}/gremium/{member_id}/entfernen", token_on(staff.get(f"{path}/gremium/")), status=303)
        fresh(session)
        assert (plan_of(session, event.id).drawn_at is not None) == drawn


def test_taking_an_entry_back_does_not_undo_a_draw(
    staff: Client, path: str, session: Session, event: Event, people: list[int], start: Callable[..., Run]
) -> None:
    enter(staff, path, "hand", "Amal")
    start()
    confirm(staff, f"{path}/auslosung/annehmen")
    form = staff.get(f"{path}/auslosung/nummer").forms["form"]
    form["number"], form["witnesses"] = "41", "Zwei"
    form.submit("submit").forms["confirm"].submit("sure", status=303)
    fresh(session)
    amal = everybody_of(session, event.id)[0]
    staff.post(f"{path}/gremium/{amal.id}/entfernen", token_on(staff.get(f"{path}/gremium/")), status=303)
    fresh(session)
    assert plan_of(session, event.id).drawn_at is not None
