"""The way of a citizens' council from the mandate to the written reply, as the coordinator leads it in the browser."""

import pytest
from sqlalchemy import select

from fdp_buergerinnenrat.models import Criterion
from fdplattform.events.models import Event
from fdplattform.findings.models import FindingKind
from fdplattform.testing.html import choose
from fdplattform.testing.steps import attempt, reasons, take

DRAW = {
    "willing": "34",
    "drawn_on": "2026-11-20",
    "drawn_by": "Stabsstelle",
    "draw_method": "pots",
    "witnesses": "Zwei Mitglieder des Gemeinderats",
}


def name_members(add, event, number):
    for each in range(1, number + 1):
        add(event, "members", name=f"Mitglied {each}", contact=f"geheim{each}@example.org")


def count_quota(make, event, reached):
    for row in make.session.scalars(select(Criterion).where(Criterion.event_id == event.id)):
        row.reached = reached
    make.session.commit()


def in_state(session, event, state):
    session.expire_all()
    event.state = state
    session.commit()


def test_from_the_mandate_to_the_reply(team, make, council, add, session, clock, coordinator, dialogue):
    event = council()
    path = make.path(event)
    take(team, path, "give_mandate", mandated_on="2026-11-01", mandate_reference="Vorlage 27")
    add(event, "criteria", attribute="Alter", value="16 bis 29", least="3", most="5")
    take(team, path, "publish")
    session.commit()
    clock.advance(days=22)
    team.login(coordinator)
    take(team, path, "invite", letters="300")
    name_members(add, event, 12)
    count_quota(make, event, 4)
    take(team, path, "select", **DRAW)
    clock.advance(days=9)
    team.login(coordinator)
    take(team, path, "begin")
    make.finding(event, "Man kennt sich nicht.", FindingKind.CHALLENGE)

    form = team.get(f"{path}/schritt?transition=make_statement").forms["form"]
    form["details_statement"] = "Wir wünschen uns einen Treffpunkt."
    choose(form, "unanimous")
    assert form.submit().status_int == 303

    for format_id, step in (("buergercafe", "present"), ("resonanzgruppe", "respond")):
        assert reasons(attempt(team, path, step))
        follower = make.event(dialogue, format_id=format_id, state="held", follows_id=event.id)
        assert follower.state == "held"
        if step == "present":
            take(team, path, step)
    take(team, path, "respond", response_on="2027-01-10", response="Die Stadt mietet den Laden.")
    take(team, path, "reply", replied_on="2027-01-12")
    take(team, path, "close")

    team.logout()
    page = team.get(path)
    for shown in ("Wir wünschen uns einen Treffpunkt.", "Die Stadt mietet den Laden.", "Einstimmig", "16 bis 29"):
        assert shown in page
    for hidden in ("Mitglied 1", "geheim1@example.org"):
        assert hidden not in page


def test_question_and_mandate_come_first(team, make, council):
    event = council(details={"mandate": None})
    assert "form" not in attempt(team, make.path(event), "give_mandate").forms


def test_nothing_is_published_without_criteria(team, make, council):
    assert "form" not in attempt(team, make.path(council("mandated")), "publish").forms


def test_limits_of_a_criterion_must_make_sense(team, make, council, add):
    event = council("mandated")
    add(event, "criteria", attribute="Alter", value="16 bis 29", least="6", most="5")
    assert "16 bis 29" in reasons(attempt(team, make.path(event), "publish"))


@pytest.mark.parametrize(("places", "dates", "warned"), [(15, 2, False), (30, 2, True), (11, 2, True), (15, 1, True)])
def test_size_and_length_are_guide_values(team, make, council, add, places, dates, warned):
    event = council("mandated", dates=dates, details={"places": places})
    add(event, "criteria", attribute="Alter", value="16 bis 29", least="3", most="5")
    assert (attempt(team, make.path(event), "publish").status_int == 422) is warned
    if warned:
        take(team, make.path(event), "publish", justification="So hat es der Gemeinderat beschlossen.")


@pytest.mark.parametrize(("days", "early"), [(20, True), (21, False)])
def test_three_weeks_lie_between_publication_and_invitation(team, make, published, days, early):
    event = published(days)
    assert (attempt(team, make.path(event), "invite", letters="300").status_int == 422) is early


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
    assert attempt(team, make.path(event), "invite", letters="300").status_int == 422


def test_the_draw_needs_its_record(team, make, council, add):
    event = council("invited")
    path = make.path(event)
    assert "form" not in attempt(team, path, "select").forms
    name_members(add, event, 12)
    assert attempt(team, path, "select", **{**DRAW, "witnesses": ""}).status_int == 422
    take(team, path, "select", **DRAW)
    team.logout()
    assert "Zwei Mitglieder des Gemeinderats" in team.get(path)


@pytest.mark.parametrize(("reached", "status"), [(2, 422), (3, 303), (5, 303), (6, 422)])
def test_quotas_that_are_missed_want_a_reason(team, make, council, add, reached, status):
    event = council("invited")
    add(event, "criteria", attribute="Alter", value="16 bis 29", least="3", most="5")
    name_members(add, event, 12)
    assert "form" not in attempt(team, make.path(event), "select").forms
    count_quota(make, event, reached)
    assert attempt(team, make.path(event), "select", **DRAW).status_int == status


@pytest.mark.parametrize(("number", "status"), [(11, 422), (20, 303), (21, 422)])
def test_a_council_of_unusual_size_wants_a_reason(team, make, council, add, number, status):
    event = council("invited")
    name_members(add, event, number)
    assert attempt(team, make.path(event), "select", **DRAW).status_int == status


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
    assert "form" not in client.get(make.path(event, "anmelden")).forms


def test_members_and_reserve_are_for_the_team_only(client, team, make, council, add, session):
    event = council("invited")
    name_members(add, event, 1)
    add(event, "reserve", position="1", name="Ersatz 1")
    in_state(session, event, "selected")
    client.logout()
    for view in ("", "listen/members", "listen/reserve", "listen-export/members"):
        page = client.get(make.path(event, view), expect_errors=True)
        assert "Mitglied 1" not in page
        assert "Ersatz 1" not in page


@pytest.mark.parametrize("format_id", ["buergercafe", "resonanzgruppe"])
def test_what_follows_is_created_from_the_council(team, make, council, session, format_id):
    event = council("stated")
    form = team.get(make.path(event, "schritte")).click(href=f"format={format_id}").forms["form"]
    form["starts_at"], form["ends_at"], form["place"] = "2090-05-04T18:00", "2090-05-04T20:00", "Bücherei"
    assert form.submit().status_int == 303
    follower = session.scalars(select(Event).where(Event.format_id == format_id)).one()
    assert follower.follows_id == event.id
