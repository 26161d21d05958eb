"""The public café and the resonance group."""

from datetime import timedelta

from fdplattform.events.time import take_all_due_steps
from fdplattform.jobs.registry import JobContext
from fdplattform.testing.registration import sign_up
from fdplattform.testing.steps import attempt, reasons, take


def test_everybody_registers_for_the_cafe_until_it_is_full(client, team, make, dialogue, council):
    cafe = make.event(dialogue, format_id="buergercafe", follows_id=council("stated").id, capacity=1)
    take(team, make.path(cafe), "announce")
    assert "Warteliste" not in sign_up(client, make.path(cafe))
    assert "Warteliste" in sign_up(client, make.path(cafe), name="Bert")


def test_the_cafe_ends_by_the_calendar_and_closes_with_findings(
    team, make, dialogue, clock, session, coordinator, council
):
    cafe = make.event(dialogue, format_id="buergercafe", state="announced", starts_at=clock() + timedelta(days=2))
    session.commit()
    clock.advance(days=3)
    take_all_due_steps(JobContext(registry=make.registry, now=clock(), key="test"))
    session.refresh(cafe)
    assert cafe.state == "held"
    team.login(coordinator)
    assert reasons(attempt(team, make.path(cafe), "close"))
    make.finding(cafe)
    take(team, make.path(cafe), "close")


def test_the_resonance_group_answers_every_point_before_it_is_public(team, make, dialogue, add, clock, coordinator):
    group = make.event(dialogue, format_id="resonanzgruppe", starts_at=clock() + timedelta(hours=1))
    path = make.path(group)
    assert reasons(attempt(team, path, "invite"))
    add(group, "points", text="Ein Treffpunkt in der Gartenstraße")
    take(team, path, "invite")
    clock.advance(hours=2)
    take(team, path, "hold")
    assert reasons(attempt(team, path, "close"))

    team.logout()
    assert team.get(path, expect_errors=True).status_int != 200
    team.login(coordinator)
    form = team.get(path + "/listen/points").click(href="eintrag/points/").forms["form"]
    form["decision"] = "taken_up"
    form["reason"] = "Die Stadt mietet den Laden."
    assert form.submit().status_int == 303
    take(team, path, "close")
    team.logout()
    page = team.get(path)
    assert "Die Stadt mietet den Laden." in page
    assert "Wird aufgegriffen" in page


def test_the_resonance_group_is_not_open_to_everybody(client, team, make, dialogue):
    group = make.event(dialogue, format_id="resonanzgruppe", state="invited")
    client.logout()
    assert client.get(make.path(group, "anmelden"), expect_errors=True).status_int != 200
