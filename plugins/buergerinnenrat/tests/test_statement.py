"""From the statement to the follow-up: what is public when, and what each step waits for."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from fdp_buergerinnenrat.council import FIRST_DAY, SECOND_DAY
from fdplattform.events.follow_ups import tell_all
from fdplattform.events.models import Event
from fdplattform.jobs.models import Job
from fdplattform.jobs.registry import JobContext
from fdplattform.testing.html import choose
from fdplattform.testing.steps import attempt, reasons, take

WORDS = "Wir wünschen uns einen Treffpunkt."


@pytest.fixture
def write(team, make):
    """Writes the statement, as the scribe does."""

    def written(council, text=WORDS, unanimity="unanimous"):
        form = team.get(make.path(council, "erklaerung", "bearbeiten")).forms["form"]
        form["text"] = text
        if unanimity:
            choose(form, unanimity)
        form.submit("submit", status=303)

    return written


@pytest.fixture
def list_point(team, make):
    """Takes a point from the statement."""

    def listed(event, text="Ein Treffpunkt"):
        page = team.get(make.path(event, "erklaerung", "punkte")).forms["form"].submit("__rows__", value="add")
        page.forms["form"].fields["text"][-1].value = text
        page.forms["form"].submit("submit", status=303)

    return listed


@pytest.fixture
def respond(team, make):
    """Writes the response to the first point."""

    def responded(event, text="Die Stadt mietet den Laden."):
        page = team.get(make.path(event, "erklaerung", "punkte")).click("Antwort eintragen", index=0)
        form = page.forms["form"]
        choose(form, "taken_up")
        form["response"] = text
        form.submit("submit", status=303)

    return responded


def test_the_day_fits_into_the_two_dates():
    assert sum(line.minutes for line in FIRST_DAY) == 4.5 * 60
    assert sum(line.minutes for line in SECOND_DAY) == 7 * 60


def test_nobody_sits_for_more_than_two_hours_without_a_break():
    for day in (FIRST_DAY, SECOND_DAY):
        sitting = 0
        for line in day:
            pause = any(word in str(line.title) for word in ("Break", "lunch", "Lunch"))
            sitting = 0 if pause else sitting + line.minutes
            assert sitting <= 120, line.title


def test_the_statement_is_written_and_its_unanimity_noted_before_it_is_public(team, make, council, write):
    event = council("sitting")
    make.finding(event)
    path = make.path(event)
    assert "noch nicht geschrieben" in reasons(attempt(team, path, "make_statement"))
    write(event, unanimity=None)
    assert "mittragen" in reasons(attempt(team, path, "make_statement"))
    write(event)
    team.logout()
    assert WORDS not in team.get(path)


def test_everybody_reads_it_from_the_step_on(team, make, council, write):
    event = council("sitting")
    make.finding(event)
    write(event)
    take(team, make.path(event), "make_statement")
    team.logout()
    page = team.get(make.path(event))
    assert WORDS in page
    assert "Einstimmig" in page


@pytest.mark.parametrize("format_id", ["buergercafe", "resonanzgruppe"])
def test_what_follows_shows_the_statement_as_its_input(team, make, council, write, dialogue, session, format_id):
    event = council("sitting")
    write(event)
    follower = make.event(dialogue, format_id=format_id, state="held", follows_id=event.id)
    assert WORDS not in team.get(make.path(follower))
    event.state = "stated"
    session.commit()
    page = team.get(make.path(follower))
    assert WORDS in page
    assert page.html.find("a", href=make.path(event) + "/") is not None
    assert WORDS in team.get(make.path(follower, "erklaerung"))


def test_a_statement_that_was_taken_off_the_public_pages_is_nowhere_public(
    team, make, council, write, dialogue, session
):
    event = council("sitting")
    write(event)
    cafe = make.event(dialogue, format_id="buergercafe", state="held", follows_id=event.id)
    event.state, event.hidden = "stated", True
    session.commit()
    assert WORDS in team.get(make.path(cafe))
    team.logout()
    assert WORDS not in team.get(make.path(cafe))


def test_the_resonance_group_decides_on_the_points_of_the_council(
    team, make, council, write, list_point, respond, dialogue, clock, coordinator, session
):
    event = council("sitting")
    write(event)
    event.state = "presented"
    session.commit()
    group = make.event(
        dialogue, format_id="resonanzgruppe", follows_id=event.id, starts_at=clock() + timedelta(hours=1)
    )
    path = make.path(group)
    assert "Punkte" in reasons(attempt(team, path, "invite"))
    list_point(group)
    take(team, path, "invite")
    clock.advance(hours=3)
    team.login(coordinator)
    take(team, path, "hold")
    assert reasons(attempt(team, path, "close"))
    respond(group)
    take(team, path, "close")
    team.logout()
    for shown in (make.path(event), path):
        page = team.get(shown)
        assert "Die Stadt mietet den Laden." in page
        assert "Wird aufgegriffen" in page


def test_a_response_that_leaves_points_open_wants_a_reason(team, make, council, list_point, respond, dialogue):
    event = council("presented")
    make.event(dialogue, format_id="resonanzgruppe", state="held", follows_id=event.id)
    list_point(event)
    answers = {"response_on": "2027-01-10", "response": "Danke."}
    assert attempt(team, make.path(event), "respond", **answers).status_int == 422
    respond(event)
    take(team, make.path(event), "respond", **answers)


def test_the_team_is_asked_twice_what_became_of_it(team, make, app, council, dialogue, clock, session, coordinator):
    event = council("presented")
    make.event(dialogue, format_id="resonanzgruppe", state="held", follows_id=event.id)
    take(team, make.path(event), "respond", response_on="2027-01-10", response="Danke.", justification="Es eilt.")
    session.commit()

    def mails_after(days):
        clock.advance(days=days)
        tell_all(JobContext(registry=app.registry, now=clock(), key="test"))
        session.rollback()
        return len(session.scalars(select(Job).where(Job.kind == "mail:send")).all())

    assert [mails_after(27), mails_after(2), mails_after(61), mails_after(2)] == [0, 1, 1, 2]
    team.login(coordinator)
    assert "Vier Wochen nach der Stellungnahme" in team.get("/verwaltung")


def test_what_came_of_a_point_is_written_down_when_all_is_closed(team, make, council, list_point, respond):
    event = council("closed")
    list_point(event)
    respond(event)
    page = team.get(make.path(event, "erklaerung", "punkte")).click("Antwort eintragen", index=0)
    page.forms["form"]["outcome"] = "Der Laden ist offen."
    page.forms["form"].submit("submit", status=303)
    team.logout()
    assert "Der Laden ist offen." in team.get(make.path(event))


def test_both_followers_are_one_click_away(team, make, council, session):
    event = council("stated")
    page = team.get(make.path(event, "schritte"))
    for format_id in ("buergercafe", "resonanzgruppe"):
        form = next(form for form in page.forms.values() if f"format={format_id}" in form.action)
        assert form.submit(status=303).location.endswith("/termin")
    followers = session.scalars(select(Event).where(Event.follows_id == event.id)).all()
    assert {each.format_id for each in followers} == {"buergercafe", "resonanzgruppe"}
