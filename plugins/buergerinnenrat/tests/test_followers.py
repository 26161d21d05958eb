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


def test_the_resonance_group_is_not_open_to_everybody(client, team, make, dialogue):
    group = make.event(dialogue, format_id="resonanzgruppe", state="invited")
    client.logout()
    assert client.get(make.path(group, "anmelden"), expect_errors=True).status_int != 200
