"""From the start of a draw to its panel, as the coordinator does it."""

import json
from collections.abc import Callable

import pytest
from pyramid.router import Router
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fdplattform.events.models import Event
from fdplattform.jobs.models import Job
from fdplattform.journal.models import JournalEntry
from fdplattform.testing.client import Client
from fdplattform.testing.draws import QUOTAS, add_willing, set_criteria, work
from fdplattform.tools.draw.criteria.models import Category, Plan
from fdplattform.tools.draw.criteria.services import criteria_of
from fdplattform.tools.draw.engine.verify import verify
from fdplattform.tools.draw.panel.models import Member, Origin, Run, RunState
from fdplattform.tools.draw.replies.models import Reply
from tests.tools.draw.panel.conftest import fresh, newest

Start = Callable[..., Run]


def tags(session: Session, prefix: str) -> list[str]:
    query = select(JournalEntry.tag).where(JournalEntry.tag.startswith(prefix)).order_by(JournalEntry.id)
    return list(session.scalars(query))


def desk(staff: Client, path: str) -> str:
    return str(staff.get(f"{path}/auslosung/").html.find("main").get_text(" ", strip=True))


def test_from_the_start_to_the_panel(
    staff: Client, path: str, start: Start, session: Session, event: Event, people: list[int]
) -> None:
    assert "24 Personen" in desk(staff, path)
    run = start()
    assert run.state is RunState.OFFERED
    assert run.outcome == "exact"
    assert run.public is None
    assert verify(json.loads(run.sealed or "")) == []

    assert "fairste" in desk(staff, path)
    staff.get(f"{path}/auslosung/annehmen").forms["confirm"].submit(status=303)
    run = newest(session)
    assert run.state is RunState.COMMITTED
    assert session.scalar(select(func.count()).select_from(Member)) == 0
    assert session.get_one(Plan, event.id).locked_at is not None

    form = staff.get(f"{path}/auslosung/nummer").forms["form"]
    form["number"], form["witnesses"] = "41", "Zwei Mitglieder des Gemeinderats"
    page = form.submit("submit").forms["confirm"].submit("sure", status=303).follow()
    run = newest(session)
    members = session.scalars(select(Member)).all()
    assert run.state is RunState.DRAWN
    assert len(members) == 6
    assert {member.origin for member in members} == {Origin.DRAWN}
    record = json.loads(run.sealed or "")
    register = record["sections"]["register"]["people"]
    drawn = {register[member - 1]["id"] for member in record["sections"]["lottery"][40]}
    assert {str(member.invitee_id) for member in members} == drawn
    for member in members:
        assert member.name in page
        assert member.phone in page
    plan = session.get_one(Plan, event.id)
    assert plan.drawn_at == run.drawn_at
    assert tags(session, "draw:") == ["draw:start", "draw:offer", "draw:commit", "draw:number"]


def test_the_quotas_hold_in_every_panel(start: Start, people: list[int]) -> None:
    sealed = json.loads(start().sealed or "")
    rules = sealed["sections"]["rules"]
    assert {(q["feature"], q["value"]): (q["min"], q["max"]) for q in rules["quotas"]} == {
        (title, category): limits for title, categories in QUOTAS.items() for category, limits in categories.items()
    }
    assert rules["households"]
    assert len(sealed["sections"]["lottery"]) == 100


def test_seats_outside_the_sample_are_not_drawn(
    start: Start, staff: Client, path: str, session: Session, event: Event
) -> None:
    set_criteria(session, event, seats=8, outside_seats=2)
    add_willing(session, event, 24)
    assert start().size == 6


@pytest.mark.parametrize(("least", "state"), [(3, RunState.OFFERED), (4, RunState.INFEASIBLE)])
def test_who_did_not_say_counts_in_no_category(
    start: Start, session: Session, event: Event, least: int, state: RunState
) -> None:
    set_criteria(session, event, {"Geschlecht": {"w": (3, 3), "m": (3, 3)}, "Herkunft": {"hier": (least, None)}})
    # All women are from here, no man has said where he is from.
    add_willing(session, event, 12, (("w", "hier"), ("m", None)))
    run = start()
    assert run.state is state
    if run.sealed:
        quotas = json.loads(run.sealed)["sections"]["rules"]["quotas"]
        assert {"feature": "Herkunft", "value": "–", "min": 0, "max": 6} in quotas


def test_a_criterion_without_quotas_does_not_matter(start: Start, session: Session, event: Event) -> None:
    set_criteria(session, event, {"Geschlecht": {"w": (3, 3), "m": (3, 3)}, "Alter": {"jung": (None, None)}})
    add_willing(session, event, 12, (("w", "jung"), ("m", None)))
    run = start()
    assert run.state is RunState.OFFERED
    assert {q["feature"] for q in json.loads(run.sealed or "")["sections"]["rules"]["quotas"]} == {"Geschlecht"}


def test_nothing_starts_without_people(staff: Client, path: str, session: Session, event: Event) -> None:
    set_criteria(session, event)
    page = staff.get(f"{path}/auslosung/")
    assert "Noch niemand" in page
    assert "starten" not in str(page.html.find("main"))
    form = staff.get(f"{path}/auslosung/starten").forms["form"]
    assert form.submit("submit", status=422)


def test_who_starts_early_is_warned(
    staff: Client, path: str, session: Session, event: Event, people: list[int]
) -> None:
    plan = session.get_one(Plan, event.id)
    plan.reply_until = event.entered_at.date()
    session.commit()
    form = staff.get(f"{path}/auslosung/starten").forms["form"]
    form.submit("submit", status=422)
    assert session.scalar(select(func.count()).select_from(Run)) == 0
    form["anyway"] = True
    form.submit("submit", status=303)


def test_two_coordinators_start_one_draw(
    staff: Client, path: str, session: Session, app: Router, people: list[int]
) -> None:
    first, second = (staff.get(f"{path}/auslosung/starten").forms["form"] for _ in range(2))
    first.submit("submit", status=303)
    answer = second.submit("submit", status=409)
    assert "schon eine Auslosung" in answer
    assert session.scalar(select(func.count()).select_from(Run)) == 1
    assert session.scalar(select(func.count()).where(Job.kind == "draw:run")) == 1


def test_a_stopped_draw_yields_nothing_and_another_can_begin(
    staff: Client, path: str, session: Session, app: Router, start: Start, people: list[int]
) -> None:
    start(computed=False)
    page = staff.get(f"{path}/auslosung/")
    next(form for form in page.forms.values() if "stoppen" in form.action).submit(status=303)
    work(app.registry, session)
    run = newest(session)
    assert run.state is RunState.CANCELLED
    assert run.sealed is None
    assert run.seed is None
    assert start().state is RunState.OFFERED


def test_a_lottery_that_was_turned_down_is_forgotten(
    staff: Client, path: str, session: Session, start: Start, people: list[int]
) -> None:
    start()
    page = staff.get(f"{path}/auslosung/")
    next(form for form in page.forms.values() if "stoppen" in form.action).submit(status=303)
    run = newest(session)
    assert (run.state, run.sealed, run.public, run.seed) == (RunState.CANCELLED, None, None, None)
    staff.get(f"{path}/auslosung/annehmen", status=409)


def test_what_contradicts_is_named_and_the_proposal_applied(
    staff: Client, path: str, session: Session, event: Event, start: Start
) -> None:
    set_criteria(session, event, {"Alter": {"jung": (5, 6), "alt": (0, 6)}, "Geschlecht": {"w": (5, 6), "m": (0, 6)}})
    add_willing(session, event, 16, (("jung", "m"), ("alt", "w"), ("alt", "m")))
    assert start().state is RunState.INFEASIBLE
    page = staff.get(f"{path}/auslosung/")
    assert "Diese Vorgaben lassen sich nicht zusammen erfüllen" in page
    assert "„Alter: jung“ mindestens 5" in page
    page.click("Quoten so ändern").forms["confirm"].submit(status=303)
    assert start().state is RunState.OFFERED
    assert "draw:relax" in tags(session, "draw:")


def test_a_panel_larger_than_the_pool_proposes_a_smaller_one(
    staff: Client, path: str, session: Session, event: Event, start: Start
) -> None:
    set_criteria(session, event, {"Geschlecht": {"w": (0, 9), "m": (0, 9)}}, seats=9)
    add_willing(session, event, 4, (("w",), ("m",)))
    run = start()
    assert run.state is RunState.INFEASIBLE
    page = staff.get(f"{path}/auslosung/")
    assert "4 statt 9 Plätze" in page
    page.click("Quoten so ändern").forms["confirm"].submit(status=303)
    fresh(session)
    assert session.get_one(Plan, event.id, populate_existing=True).seats == 4


def test_a_council_of_one_is_not_proposed(
    staff: Client, path: str, session: Session, event: Event, start: Start
) -> None:
    set_criteria(session, event, {"Geschlecht": {"w": (0, 9), "m": (0, 9)}}, seats=9)
    add_willing(session, event, 1, (("w",),))
    assert start().state is RunState.INFEASIBLE
    page = staff.get(f"{path}/auslosung/")
    assert "lockern" not in page
    assert "Warten Sie auf weitere Antworten" in page
    staff.get(f"{path}/auslosung/lockern", status=409)


def test_a_category_with_nobody_in_it(staff: Client, path: str, session: Session, event: Event, start: Start) -> None:
    set_criteria(session, event, {"Geschlecht": {"w": (2, 6), "m": (2, 6), "d": (1, 2)}})
    add_willing(session, event, 12, (("w",), ("m",)))
    start()
    page = staff.get(f"{path}/auslosung/")
    assert "Bei „Geschlecht: d“" in page
    page.click("Quoten so ändern").forms["confirm"].submit(status=303)
    fresh(session)
    least = {c.title: c.least for c in session.scalars(select(Category), execution_options={"populate_existing": True})}
    assert least == {"w": 2, "m": 2, "d": 0}


def test_minimum_equals_maximum_everywhere(start: Start, session: Session, event: Event) -> None:
    set_criteria(session, event, {"Alter": {"jung": (2, 2), "alt": (4, 4)}, "Geschlecht": {"w": (3, 3), "m": (3, 3)}})
    add_willing(session, event, 30, household_of=2)
    assert verify(json.loads(start().sealed or "")) == []


def test_the_proposal_is_not_applied_to_other_quotas(
    staff: Client, path: str, session: Session, event: Event, start: Start
) -> None:
    set_criteria(session, event, {"Geschlecht": {"w": (2, 6), "m": (2, 6), "d": (1, 2)}})
    add_willing(session, event, 12, (("w",), ("m",)))
    start()
    page = staff.get(f"{path}/auslosung/")
    criteria_of(session, event.id)[0].categories[0].least = 3
    session.commit()
    page.click("Quoten so ändern").forms["confirm"].submit(status=409)


def test_a_lottery_of_other_answers_is_not_accepted(
    staff: Client, path: str, session: Session, start: Start, people: list[int]
) -> None:
    start()
    session.delete(session.get_one(Reply, people[0]))
    session.commit()
    staff.get(f"{path}/auslosung/annehmen").forms["confirm"].submit(status=409)
    assert newest(session).state is RunState.OFFERED


def test_the_number_exists_and_is_entered_once(staff: Client, path: str, session: Session, committed: Run) -> None:
    for wrong in ("0", "101", ""):
        form = staff.get(f"{path}/auslosung/nummer").forms["form"]
        form["number"], form["witnesses"] = wrong, "Rat"
        page = form.submit("submit", status=422)
        assert page.forms["form"]["witnesses"].value == "Rat"
    first, second = (staff.get(f"{path}/auslosung/nummer").forms["form"] for _ in range(2))
    for form, number in ((first, "100"), (second, "99")):
        form["number"], form["witnesses"] = number, "Rat"
    first, second = (form.submit("submit").forms["confirm"] for form in (first, second))
    first.submit("sure", status=303)
    second.submit("sure", status=409)
    assert newest(session).number == 100
    assert session.scalar(select(func.count()).select_from(Member)) == 6


def test_the_number_is_shown_before_it_counts_and_can_be_changed(
    staff: Client, path: str, session: Session, committed: Run
) -> None:
    form = staff.get(f"{path}/auslosung/nummer").forms["form"]
    form["number"], form["witnesses"] = "14", "Rat"
    page = form.submit("submit", status=200)
    assert page.html.find(class_="evening-number").text == "14"
    assert newest(session).state is RunState.COMMITTED
    again = page.click("Nein, ändern").forms["form"]
    assert (again["number"].value, again["witnesses"].value) == ("14", "Rat")
    again["number"] = "41"
    again.submit("submit").forms["confirm"].submit("sure", status=303)
    assert newest(session).number == 41


def test_a_withdrawn_draw_stays_public_with_its_reason(
    staff: Client, path: str, session: Session, event: Event, committed: Run, start: Start
) -> None:
    form = staff.get(f"{path}/auslosung/zurueckziehen").forms["form"]
    form["reason"] = "Drei Karten lagen noch im Briefkasten."
    form.submit("submit", status=303)
    assert newest(session).state is RunState.WITHDRAWN
    assert session.get_one(Plan, event.id, populate_existing=True).locked_at is None
    start()
    staff.logout()
    page = staff.get(f"{path}/auslosung-nachweis/")
    assert "Drei Karten lagen noch im Briefkasten." in page
    assert (committed.commitment or "")[:4] in page


def test_a_drawn_panel_is_not_drawn_again(staff: Client, path: str, drawn: Run) -> None:
    for page in ("starten", "annehmen", "nummer", "zurueckziehen"):
        staff.get(f"{path}/auslosung/{page}", status=409)
    token = staff.get(f"{path}/auslosung/nachruecken-beenden").forms["confirm"]["csrf_token"].value
    staff.post(f"{path}/auslosung/stoppen", {"csrf_token": token}, status=409)


def test_both_methods_are_compared(staff: Client, path: str, start: Start, people: list[int]) -> None:
    assert start("random").outcome == "random"
    page = staff.get(f"{path}/auslosung/")
    next(form for form in page.forms.values() if "stoppen" in form.action).submit(status=303)
    start()
    page = staff.get(f"{path}/auslosung/")
    assert "Beide Verfahren im Vergleich" in page
    assert page.html.find("path", class_="other") is not None


def test_people_drawn_almost_surely_are_pointed_out(
    staff: Client, path: str, session: Session, event: Event, start: Start
) -> None:
    set_criteria(session, event, {"Geschlecht": {"w": (3, 3), "m": (3, 3)}})
    add_willing(session, event, 9, (("w",), ("m",), ("m",)))
    start()
    page = desk(staff, path)
    assert "fast sicher ausgelost" in page
    assert "3 × w" in page


@pytest.mark.parametrize("view", ["auslosung/", "auslosung/starten", "gremium/", "gremium/liste.csv"])
def test_only_the_team_draws(client: Client, path: str, view: str, drawn: Run) -> None:
    client.logout()
    assert client.get(f"{path}/{view}", expect_errors=True).status_int in (302, 303, 401, 403)
