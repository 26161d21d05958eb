"""What people need and when they can come is read where it is needed: before the draw, and at those who were drawn."""

import csv
import io
import json
from collections.abc import Callable

import pytest
from pyramid.router import Router
from sqlalchemy import select
from sqlalchemy.orm import Session

from fdplattform.events.models import Event
from fdplattform.testing.client import Client
from fdplattform.testing.draws import add_willing, set_criteria, work
from fdplattform.testing.factories import Make
from fdplattform.testing.queries import queries
from fdplattform.tools.draw.engine.verify import verify
from fdplattform.tools.draw.panel.members import members_of
from fdplattform.tools.draw.panel.models import Member, Run
from fdplattform.tools.draw.replies.models import Reply
from tests.tools.draw.panel.conftest import newest


@pytest.fixture
def event(make: Make) -> Event:
    return make.event(state="open", dates=2)


@pytest.fixture
def people(session: Session, event: Event) -> list[int]:
    """24 people who are willing; each of them has needs, and can come on the first date only."""
    set_criteria(session, event)
    ids = add_willing(session, event, 24)
    first = min(event.dates, key=lambda date: date.starts_at)
    for reply in session.scalars(select(Reply)):
        reply.interpreter, reply.children, reply.dates = "ti", 2, [first.id]
        reply.access_needs = f"Rampe {reply.invitee_id}"
    session.commit()
    return ids


@pytest.fixture
def members(drawn: Run, session: Session, event: Event) -> list[Member]:
    return members_of(session, event.id)


def test_the_panel_shows_the_needs_of_each_member(
    members: list[Member], people: list[int], staff: Client, path: str
) -> None:
    rows = {row.th.get_text(strip=True): row.get_text(" ") for row in staff.get(f"{path}/gremium/").html.select("tr")}
    for member in members:
        text = rows[member.name or ""]
        assert f"Rampe {member.invitee_id}" in text
        assert "Tigrinya" in text
    shown = staff.get(f"{path}/gremium/").text
    assert all(f"Rampe {other} " not in shown for other in set(people) - {member.invitee_id for member in members})


def test_the_page_of_a_member_shows_needs_and_dates(members: list[Member], staff: Client, path: str) -> None:
    facts = staff.get(f"{path}/gremium/{members[0].id}/").html.select_one("dl.facts").get_text(" ", strip=True)
    for shown in (f"Rampe {members[0].invitee_id}", "Tigrinya", "Kinder", "Kann kommen am"):
        assert shown in facts


@pytest.mark.parametrize(("page", "people_in_it"), [("gremium/liste.csv", 6), ("antworten/liste.csv", 24)])
def test_the_tables_hold_needs_and_dates(
    members: list[Member], staff: Client, path: str, page: str, people_in_it: int
) -> None:
    text = staff.get(f"{path}/{page}").body.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert len(rows) == people_in_it
    for row in rows:
        assert row["Dolmetschen"] == "Tigrinya"
        assert row["Kinder zu betreuen"] == "2"
        assert "Rampe" in " ".join(row.values())
        assert row["Kann kommen am"]
        assert ";" not in row["Kann kommen am"]


def test_needs_cost_no_query_for_each_member(
    members: list[Member], staff: Client, path: str, engine: object, session: Session
) -> None:
    with queries(engine) as many:
        staff.get(f"{path}/gremium/")
    session.query(Member).filter(Member.id != members[0].id).delete()
    session.commit()
    with queries(engine) as few:
        staff.get(f"{path}/gremium/")
    assert len(many) == len(few)


def test_who_was_not_invited_has_no_needs(staff: Client, path: str, session: Session, event: Event) -> None:
    session.add(
        Member(
            event_id=event.id, origin="by_hand", name="Amal", entered_at=event.entered_at, joined_at=event.entered_at
        )
    )
    session.commit()
    assert "Bedarf" not in staff.get(f"{path}/gremium/").text


@pytest.mark.parametrize(("both", "warned"), [(24, False), (21, True)])
def test_before_the_draw_it_is_said_who_cannot_come_on_every_date(
    people: list[int], staff: Client, path: str, session: Session, event: Event, both: int, warned: bool
) -> None:
    for place, reply in enumerate(session.scalars(select(Reply).order_by(Reply.invitee_id))):
        # Nothing said is no reason to call anybody.
        reply.dates = [] if place == 0 else [date.id for date in event.dates] if place < both else reply.dates
    session.commit()
    page = staff.get(f"{path}/auslosung/starten")
    assert ("3 der Menschen, die Ja gesagt haben" in page.text) is warned
    assert ("anyway" in page.forms["form"].fields) is warned


def test_dates_that_were_moved_still_count(
    people: list[int], start: Callable[..., Run], staff: Client, path: str, session: Session, event: Event
) -> None:
    for reply in session.scalars(select(Reply)):
        reply.dates = [*(date.id for date in event.dates), 999_999]
    session.commit()
    assert "der Menschen, die Ja gesagt haben" not in staff.get(f"{path}/auslosung/").text


def test_who_cannot_come_on_every_date_can_be_left_out(
    people: list[int], staff: Client, path: str, app: Router, session: Session, event: Event
) -> None:
    partly = people[:4]
    for reply in session.scalars(select(Reply).where(Reply.invitee_id.not_in(partly))):
        reply.dates = [date.id for date in event.dates]
    session.commit()
    form = staff.get(f"{path}/auslosung/starten").forms["form"]
    form["every_date"] = form["anyway"] = True
    form.submit("submit", status=303)
    work(app.registry, session)
    staff.get(f"{path}/auslosung/annehmen").forms["confirm"].submit(status=303)
    run = newest(session)
    sealed = json.loads(run.sealed or "")
    assert {int(person["id"]) for person in sealed["sections"]["register"]["people"]} == set(people) - set(partly)
    assert json.loads(run.public or "")["sections"]["rules"]["excluded"] == {"cannot come on every date": 4}
    assert not verify(sealed)
    page = staff.get(f"{path}/auslosung-nachweis/").html.get_text(" ", strip=True)
    assert "nicht an jedem Termin kommen können: 4" in page


def test_nobody_is_left_out_unless_somebody_decides_so(drawn: Run, people: list[int]) -> None:
    sealed = json.loads(drawn.sealed or "")
    assert len(sealed["sections"]["register"]["people"]) == len(people)
    assert sealed["sections"]["rules"]["excluded"] == {}


def test_without_anybody_to_leave_out_nothing_is_asked(
    people: list[int], staff: Client, path: str, session: Session
) -> None:
    for reply in session.scalars(select(Reply)):
        reply.dates = []
    session.commit()
    assert "every_date" not in staff.get(f"{path}/auslosung/starten").forms["form"].fields


def test_nobody_is_drawn_when_all_are_left_out(people: list[int], staff: Client, path: str) -> None:
    form = staff.get(f"{path}/auslosung/starten").forms["form"]
    form["every_date"] = form["anyway"] = True
    form.submit("submit", status=422)


def test_an_answer_that_changes_meanwhile_stops_the_lottery(
    people: list[int], staff: Client, path: str, app: Router, session: Session, event: Event
) -> None:
    for reply in session.scalars(select(Reply).where(Reply.invitee_id.in_(people[4:]))):
        reply.dates = [date.id for date in event.dates]
    session.commit()
    form = staff.get(f"{path}/auslosung/starten").forms["form"]
    form["every_date"] = form["anyway"] = True
    form.submit("submit", status=303)
    work(app.registry, session)
    session.get_one(Reply, people[0]).dates = []
    session.commit()
    staff.get(f"{path}/auslosung/annehmen").forms["confirm"].submit(status=409)


def test_who_moves_a_date_hears_whom_nobody_has_asked_about_it(
    staff: Client, path: str, event: Event, people: list[int]
) -> None:
    first, second = sorted(event.dates, key=lambda date: date.starts_at)
    for date, asked in ((first, True), (second, False)):
        form = staff.get(f"{path}/termin?id={date.id}").forms["form"]
        form["place"] = "Turnhalle"
        assert ("Termin können: 24" in form.submit("submit", status=303).follow()) is asked
    form = staff.get(f"{path}/termin?id={first.id}").forms["form"]
    form["access"] = "Bus 4"
    assert "Termin können" not in form.submit("submit", status=303).follow()
