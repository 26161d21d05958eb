"""The way of a citizens' council from the mandate to the written reply, as the coordinator leads it in the browser."""

from datetime import date, timedelta

import pytest
from sqlalchemy import delete, select

from fdplattform.dialogues.models import Dialogue
from fdplattform.findings.models import FindingKind
from fdplattform.journal.models import JournalEntry
from fdplattform.legal.models import LegalPage, LegalText
from fdplattform.testing.draws import (
    add_invited,
    add_willing,
    count_members,
    draw_panel,
    enter_members,
    post_letters,
    set_criteria,
    work,
)
from fdplattform.testing.html import choose
from fdplattform.testing.steps import attempt, reasons, take
from fdplattform.tools.letters.models import LetterHead, LetterRun, RunState

QUOTAS = {"Alter": {"jung": (3, 5), "alt": (7, 9)}}
DRAW = {
    "letters": "300",
    "willing": "34",
    "drawn_on": "2026-11-20",
    "drawn_by": "Stabsstelle",
    "draw_method": "pots",
    "witnesses": "Zwei Mitglieder des Gemeinderats",
}


def in_state(session, event, state):
    session.expire_all()
    event.state = state
    session.commit()


def test_from_the_mandate_to_the_reply(team, make, council, session, clock, coordinator, dialogue):
    event = council()
    path = make.path(event)
    take(team, path, "give_mandate", mandated_on="2026-11-01", mandate_reference="Vorlage 27")
    set_criteria(session, event, QUOTAS, seats=12)
    take(team, path, "publish")
    session.commit()
    clock.advance(days=22)
    post_letters(session, event, 300, clock())
    team.login(coordinator)
    take(team, path, "invite")
    add_willing(session, event, 34, (("jung",), ("alt",)))
    assert reasons(attempt(team, path, "select"))
    draw_panel(make.registry, session, event)
    assert "form" not in attempt(team, path, "select_elsewhere").forms
    take(team, path, "select")
    clock.advance(days=9)
    team.login(coordinator)
    take(team, path, "begin")
    make.finding(event, "Man kennt sich nicht.", FindingKind.CHALLENGE)

    form = team.get(f"{path}/erklaerung/bearbeiten").forms["form"]
    form["text"] = "Wir wünschen uns einen Treffpunkt."
    choose(form, "unanimous")
    assert form.submit().status_int == 303
    take(team, path, "make_statement")

    for format_id, step in (("buergercafe", "present"), ("resonanzgruppe", "respond")):
        assert reasons(attempt(team, path, step))
        follower = make.event(dialogue, format_id=format_id, state="held", follows_id=event.id)
        assert follower.state == "held"
        if step == "present":
            take(team, path, step)
    late = "Die Punkte folgen."
    take(team, path, "respond", response_on="2027-01-10", response="Die Stadt mietet den Laden.", justification=late)
    post_letters(session, event, 12, clock(), "members_reply")
    take(team, path, "reply", replied_on="2027-01-12")
    take(team, path, "close")

    team.logout()
    page = team.get(path)
    for shown in ("Wir wünschen uns einen Treffpunkt.", "Die Stadt mietet den Laden.", "Einstimmig", "jung"):
        assert shown in page
    for hidden in ("Mitglied 1", "geheim1@example.org"):
        assert hidden not in page


def test_question_and_mandate_come_first(team, make, council):
    event = council(details={"mandate": None})
    assert "form" not in attempt(team, make.path(event), "give_mandate").forms


def test_nothing_is_published_without_criteria(team, make, council):
    assert "form" not in attempt(team, make.path(council("mandated")), "publish").forms


@pytest.mark.parametrize(("places", "dates", "warned"), [(15, 2, False), (30, 2, True), (11, 2, True), (15, 1, True)])
def test_size_and_length_are_guide_values(team, make, council, session, places, dates, warned):
    event = council("mandated", dates=dates)
    set_criteria(session, event, QUOTAS, seats=places)
    assert (attempt(team, make.path(event), "publish").status_int == 422) is warned
    if warned:
        take(team, make.path(event), "publish", justification="So hat es der Gemeinderat beschlossen.")


@pytest.mark.parametrize(("days", "early"), [(20, True), (21, False)])
def test_three_weeks_lie_between_publication_and_invitation(team, make, published, days, early):
    event = published(days)
    assert (attempt(team, make.path(event), "invite").status_int == 422) is early


def test_a_municipality_may_want_to_be_stopped(team, make, published, municipality):
    event = published(20)
    form = team.get(make.path(municipality, "formate", "buergerinnenrat", "einstellungen")).forms["form"]
    form["publication_severity"] = "block"
    assert form.submit().status_int == 303
    assert "form" not in attempt(team, make.path(event), "invite").forms


def test_a_withdrawn_publication_begins_anew(team, make, published, clock, session, coordinator):
    event = published(30)
    take(team, make.path(event), "withdraw")
    take(team, make.path(event), "publish")
    assert attempt(team, make.path(event), "invite").status_int == 422


def test_letters_that_are_not_noted_as_posted_want_a_reason(team, make, published, session):
    event = published(30)
    session.execute(delete(LetterRun))
    session.commit()
    assert attempt(team, make.path(event), "invite").status_int == 422
    take(team, make.path(event), "invite", justification="Die Druckerei hat sie verschickt.")


def test_a_draw_elsewhere_needs_its_record(team, make, council, session):
    event = council("invited")
    path = make.path(event)
    assert "form" not in attempt(team, path, "select_elsewhere").forms
    enter_members(make.registry, session, event, 12)
    assert "form" not in attempt(team, path, "select").forms
    assert attempt(team, path, "select_elsewhere", **{**DRAW, "witnesses": ""}).status_int == 422
    take(team, path, "select_elsewhere", **DRAW)
    team.logout()
    assert "Zwei Mitglieder des Gemeinderats" in team.get(path)


@pytest.mark.parametrize(("counted", "status"), [(2, 422), (3, 303), (5, 303), (6, 422)])
def test_quotas_that_are_missed_want_a_reason(team, make, council, session, counted, status):
    event = council("invited")
    set_criteria(session, event, {"Alter": {"jung": (3, 5)}}, seats=12)
    enter_members(make.registry, session, event, 12)
    path = make.path(event)
    assert "form" not in attempt(team, path, "select_elsewhere").forms
    count_members(make.registry, session, event, counted)
    assert attempt(team, path, "select_elsewhere", **DRAW).status_int == status


@pytest.mark.parametrize(("number", "status"), [(11, 422), (20, 303), (21, 422)])
def test_a_council_of_unusual_size_wants_a_reason(team, make, council, session, number, status):
    event = council("invited")
    enter_members(make.registry, session, event, number)
    assert attempt(team, make.path(event), "select_elsewhere", **DRAW).status_int == status


def test_a_statement_rests_on_findings(team, make, council):
    assert "form" not in attempt(team, make.path(council("sitting")), "make_statement").forms


def test_a_missing_cafe_stops_unless_the_municipality_only_wants_a_warning(team, make, council, municipality):
    path = make.path(council("stated"))
    assert "form" not in attempt(team, path, "present").forms
    form = team.get(make.path(municipality, "formate", "buergerinnenrat", "einstellungen")).forms["form"]
    form["chain_severity"] = "warn"
    assert form.submit().status_int == 303
    take(team, path, "present", justification="Die Erklärung stand im Amtsblatt.")


def test_an_announced_cafe_is_not_enough(team, make, council, dialogue):
    event = council("stated")
    make.event(dialogue, format_id="buergercafe", state="announced", follows_id=event.id)
    assert "form" not in attempt(team, make.path(event), "present").forms


def test_nobody_registers_for_the_council(client, make, council):
    event = council("published")
    assert client.get(make.path(event)).status_int == 200
    assert client.get(make.path(event, "anmelden"), expect_errors=True).status_int == 404


def test_members_are_for_the_team_only(client, make, council, session):
    event = council("invited")
    enter_members(make.registry, session, event, 1)
    in_state(session, event, "selected")
    client.logout()
    for view in ("", "gremium/", "gremium/liste.csv", "auslosung-nachweis/"):
        page = client.get(make.path(event, view), expect_errors=True)
        assert "Mitglied 1" not in page


def test_days_on_which_nobody_saw_the_intention_do_not_count(team, make, published, dialogue, clock, coordinator):
    event = published(21)
    path = make.path(event)
    press(team, f"{make.path(dialogue)}/", "zurueckziehen")
    assert attempt(team, path, "invite").status_int == 422
    press(team, f"{make.path(dialogue)}/", "veroeffentlichen")
    clock.advance(days=20)
    team.login(coordinator)
    assert attempt(team, path, "invite").status_int == 422
    clock.advance(days=2)
    team.login(coordinator)
    press(team, f"{path}/schritte", "verbergen")
    press(team, f"{path}/schritte", "zeigen")
    assert "vor 0 Tagen" in reasons(attempt(team, path, "invite"))
    clock.advance(days=22)
    team.login(coordinator)
    take(team, path, "invite")


def press(team, page, view):
    form = next(form for form in team.get(page).forms.values() if form.action.endswith(view))
    assert form.submit().status_int == 303


@pytest.fixture
def to_invite(team, make, council, session, clock):
    """A council with people to write to, whose letters lack nothing; still in preparation."""
    event = council("mandated", starts_at=clock() + timedelta(days=90))
    set_criteria(session, event, QUOTAS, seats=12, reply_until=date(2999, 12, 31))
    add_invited(session, event, 3)
    session.add(LetterHead(event_id=event.id, sender="Stadt Musterstadt", contact="Frau Kurz"))
    gaps = {"controller": "Die Stadt", "officer": "Frau Schutz", "authority": "Der Landesbeauftragte"}
    municipality_id = session.get_one(Dialogue, event.dialogue_id).municipality_id
    session.add(LegalText(page=LegalPage.PRIVACY, municipality_id=municipality_id, gaps=gaps, updated_at=clock()))
    session.commit()
    return event


def blocks_early_letters(team, make, municipality):
    form = team.get(make.path(municipality, "formate", "buergerinnenrat", "einstellungen")).forms["form"]
    form["publication_severity"] = "block"
    assert form.submit().status_int == 303


def the_entry(session, tag):
    session.rollback()
    return session.scalars(select(JournalEntry).where(JournalEntry.tag == tag)).one().payload


def test_letters_before_the_intention_is_public_want_a_reason(team, make, to_invite, session, app):
    path = make.path(to_invite, "briefe", "invitation")
    page = team.get(f"{path}/", {"lang": "de"})
    assert "Die Absicht ist noch nicht veröffentlicht" in page
    assert "make" not in page.forms
    team.post(f"{path}/erstellen", {"csrf_token": page.html.find("input", {"name": "csrf_token"})["value"]}, status=303)
    assert session.scalars(select(LetterRun)).all() == []
    form = page.click(href="begruenden").forms["form"]
    form["justification"] = " "
    form.submit("submit", status=422)
    form["justification"] = "Die Druckerei braucht zwei Wochen."
    form.submit("submit", status=303)
    kept = the_entry(session, "letter:make")
    assert kept["reason"] == "Die Druckerei braucht zwei Wochen."
    assert len(kept["warnings"]) == 1
    work(app.registry, session)
    run = session.scalars(select(LetterRun)).one()
    form = team.get(f"{path}/{run.id}/").forms["form"]
    assert form.submit("submit", status=422).forms["form"]["posted_on"].value
    form["justification"] = "So hat es der Gemeinderat beschlossen."
    form.submit("submit", status=303)
    assert the_entry(session, "letter:post")["reason"] == "So hat es der Gemeinderat beschlossen."


def test_early_letters_leave_nobody_out_by_oversight(team, make, to_invite, session):
    add_invited(session, to_invite, 1, street="")
    form = team.get(make.path(to_invite, "briefe", "invitation", "begruenden")).forms["form"]
    form["justification"] = "Die Druckerei braucht zwei Wochen."
    form.submit("submit", status=422)
    form["leave_out"] = True
    form.submit("submit", status=303)
    assert the_entry(session, "letter:make")["letters"] == 3
    assert the_entry(session, "letter:leave_out")["people"] == 1


def test_a_municipality_may_forbid_early_letters(team, make, to_invite, session, app, municipality):
    path = make.path(to_invite, "briefe", "invitation")
    form = team.get(f"{path}/").click(href="begruenden").forms["form"]
    other = team.get(f"{path}/begruenden").forms["form"]
    form["justification"] = other["justification"] = "Es eilt."
    form.submit("submit", status=303)
    work(app.registry, session)
    run = session.scalars(select(LetterRun)).one()
    posting = team.get(f"{path}/{run.id}/").forms["form"]
    posting["justification"] = "Es eilt."
    blocks_early_letters(team, make, municipality)
    posting.submit("submit", status=422)
    assert "form" not in team.get(f"{path}/{run.id}/").forms
    team.get(f"{path}/{run.id}/verwerfen").forms["confirm"].submit(status=303)
    page = team.get(f"{path}/")
    assert "make" not in page.forms
    assert not page.html.select('a[href$="begruenden"]')
    other.submit("submit", status=303)
    team.post(f"{path}/erstellen", {"csrf_token": page.html.find("input", {"name": "csrf_token"})["value"]}, status=303)
    session.expire_all()
    assert [each.state for each in session.scalars(select(LetterRun))] == [RunState.CANCELLED]


def test_letters_are_free_three_weeks_after_the_publication(
    team, make, to_invite, session, app, clock, coordinator, municipality
):
    blocks_early_letters(team, make, municipality)
    take(team, make.path(to_invite), "publish")
    published_on = clock().date()
    session.commit()
    clock.advance(days=21, minutes=1)
    team.login(coordinator)
    path = make.path(to_invite, "briefe", "invitation")
    team.get(f"{path}/").forms["make"].submit(status=303)
    work(app.registry, session)
    run = session.scalars(select(LetterRun)).one()
    form = team.get(f"{path}/{run.id}/").forms["form"]
    form["posted_on"] = (published_on + timedelta(days=10)).isoformat()
    form.submit("submit", status=422)
    form["posted_on"] = (published_on + timedelta(days=21)).isoformat()
    form.submit("submit", status=303)
    assert "reason" not in the_entry(session, "letter:post")


def test_a_day_of_posting_that_was_too_early_wants_a_reason(team, make, to_invite, session, app, clock, coordinator):
    take(team, make.path(to_invite), "publish")
    published_on = clock().date()
    session.commit()
    clock.advance(days=22)
    team.login(coordinator)
    path = make.path(to_invite, "briefe", "invitation")
    team.get(f"{path}/").forms["make"].submit(status=303)
    work(app.registry, session)
    run = session.scalars(select(LetterRun)).one()
    form = team.get(f"{path}/{run.id}/").forms["form"]
    assert "justification" not in form.fields
    form["posted_on"] = (published_on + timedelta(days=10)).isoformat()
    again = form.submit("submit", status=422).forms["form"]
    again["justification"] = "Ein Versehen der Druckerei."
    again.submit("submit", status=303)
    assert the_entry(session, "letter:post")["reason"] == "Ein Versehen der Druckerei."


def test_only_the_invitation_waits_for_the_publication(team, make, to_invite, session):
    enter_members(make.registry, session, to_invite, 2)
    page = team.get(make.path(to_invite, "briefe", "members_reply") + "/")
    assert "Die Absicht" not in page


@pytest.mark.parametrize(
    ("state", "step", "before"),
    [
        ("mandated", "return_mandate", "preparing"),
        ("invited", "not_invited", "published"),
        ("sitting", "not_begun", "selected"),
        ("presented", "not_presented", "stated"),
        ("responded", "correct_response", "presented"),
        ("replied", "not_replied", "responded"),
    ],
)
def test_a_wrong_click_is_taken_back(team, make, council, session, state, step, before):
    event = council(state)
    take(team, make.path(event), step)
    session.refresh(event)
    assert event.state == before


def test_letters_that_were_posted_cannot_be_taken_back(team, make, council, session, clock):
    event = council("invited")
    post_letters(session, event, 300, clock())
    assert "form" not in attempt(team, make.path(event), "not_invited").forms


def test_a_council_that_sits_is_not_sent_back_before_its_first_day(team, make, council, clock):
    event = council("sitting", starts_at=clock() - timedelta(days=1))
    assert "form" not in attempt(team, make.path(event), "not_begun").forms
