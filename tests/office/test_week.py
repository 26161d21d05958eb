"""My week: what there is to do, by when, and only what one may do."""

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from fdplattform.dialogues.models import Phase, PhaseStatus
from fdplattform.events.models import EventSeries
from fdplattform.groups.services import Leadership, create_working_groups, name_leaders
from fdplattform.journal.services import SYSTEM
from fdplattform.security.permissions import Role
from fdplattform.testing.html import soup
from fdplattform.testing.queries import queries

#: The day of a moment is the day here: late in the evening it is tomorrow already.
HERE = ZoneInfo("Europe/Berlin")


@pytest.fixture
def today(clock):
    return clock().astimezone(HERE).date()


def plan(make, dialogue, block: int, **values) -> None:
    phase = make.session.scalars(select(Phase).where(Phase.dialogue_id == dialogue.id, Phase.block == block)).one()
    for name, value in values.items():
        setattr(phase, name, value)
    make.session.commit()


def tasks(client) -> dict[str, list[str]]:
    """The tasks' links by section."""
    page = soup(client.get("/verwaltung"))
    return {
        section.find("h2")["id"]: [link["href"] for link in section.select(".tasks a")]
        for section in page.select("main section")
    }


def test_without_tasks_the_page_is_friendly(staff, make, dialogue):
    page = soup(staff.get("/verwaltung"))
    assert page.select_one(".empty") is not None
    assert page.find("a", string=dialogue.municipality.name) is not None


def test_a_coordinator_begins_with_a_dialogue(client, make):
    place = make.municipality("Neustadt")
    client.login(make.account(Role.COORDINATOR, place))
    assert tasks(client) == {"later": [make.path(place, "dialog-anlegen")]}
    assert "None" not in client.get("/verwaltung").html.select_one(".tasks").get_text()
    make.dialogue(place, public=False)
    assert make.path(place, "dialog-anlegen") not in tasks(client)["later"]


def test_who_may_not_start_a_dialogue_is_not_told_to(client, make):
    client.login(make.account(Role.FACILITATOR, make.municipality()))
    assert tasks(client) == {}


def test_a_new_dialogue_says_how_to_begin(staff, make, dialogue):
    new = make.path(make.dialogue(dialogue.municipality, public=False))
    assert tasks(staff) == {"later": [f"{new}/format-waehlen", f"{new}/phasen", f"{new}/"]}


def test_a_public_dialogue_with_dates_and_an_event_says_nothing_more(staff, make, dialogue, today):
    other = make.dialogue(dialogue.municipality)
    plan(make, other, 1, starts_on=today + timedelta(days=90))
    assert tasks(staff) == {"later": [f"{make.path(other)}/format-waehlen"]}
    make.event(other)
    assert f"{make.path(other)}/format-waehlen" not in tasks(staff)["later"]


@pytest.mark.parametrize(
    ("entered", "due", "section"), [(-40, None, "overdue"), (-3, 25, "later"), (-25, 3, "week"), (-35, -7, "overdue")]
)
def test_what_follows_an_event_has_four_weeks(staff, make, session, dialogue, clock, entered, due, section):
    event = make.event(dialogue, state="held", starts_at=clock() - timedelta(days=36))
    event.entered_at = clock() + timedelta(days=entered)
    session.commit()
    page = soup(staff.get("/verwaltung"))
    assert [each.find("h2")["id"] for each in page.select("main section")] == [section]
    since = clock() + timedelta(days=-36 if due is None else entered)
    expected = since.astimezone(HERE).date() + timedelta(days=0 if due is None else due - entered)
    assert page.select_one(".tasks time")["datetime"] == expected.isoformat()


def test_a_format_says_how_long_an_event_may_stay_in_a_state(staff, make, app, session, dialogue, clock, monkeypatch):
    event = make.event(dialogue, state="held", starts_at=clock() - timedelta(days=36))
    event.entered_at = clock() - timedelta(days=3)
    session.commit()
    probe = app.registry.plugins.formats["probe"]
    workflow = probe.conduct.workflow
    states = tuple(replace(each, leave_within=timedelta(days=5)) for each in workflow.states)
    conduct = replace(probe.conduct, workflow=replace(workflow, states=states))
    formats = {**app.registry.plugins.formats, "probe": replace(probe, conduct=conduct)}
    monkeypatch.setattr(type(app.registry.plugins), "formats", formats)
    due = soup(staff.get("/verwaltung")).select_one(".tasks time")["datetime"]
    assert due == (clock() + timedelta(days=2)).astimezone(HERE).date().isoformat()


@pytest.fixture
def series(make, session, dialogue, clock):
    """Three events of a series, the last of which lies ahead."""
    made = EventSeries(dialogue_id=dialogue.id, format_id="probe", title="Reihe", created_at=clock())
    session.add(made)
    session.flush()
    days = (-30, -10, 5)
    events = [make.event(dialogue, state="closed", starts_at=clock() + timedelta(days=each)) for each in days]
    for event in events:
        event.series_id = made.id
    session.commit()
    return made, events


@pytest.mark.parametrize(("cancelled", "asked"), [((), False), ((2,), True), ((1, 2), False), ((0,), False)])
def test_a_series_whose_last_event_was_cancelled_still_wants_its_synthesis(staff, session, series, cancelled, asked):
    made, events = series
    for number in cancelled:
        events[number].state = "cancelled"
    session.commit()
    found = [href for hrefs in tasks(staff).values() for href in hrefs if f"/reihe/{made.id}/bearbeiten" in href]
    assert bool(found) is asked
    if asked:
        assert staff.get(found[0]).status_int == 200
        made.synthesis = "Alle wollen einen Treffpunkt."
        session.commit()
        assert not any("/reihe/" in href for hrefs in tasks(staff).values() for href in hrefs)


def test_everybody_who_works_here_finds_their_week_in_the_menu(staff, client):
    assert soup(staff.get("/")).select_one('nav a[href="/verwaltung"]') is not None
    client.logout()
    assert soup(staff.get("/")).select_one('nav a[href="/verwaltung"]') is None


def test_phases_are_announced_when_they_begin_and_end(staff, make, dialogue, today):
    plan(make, dialogue, 1, status=PhaseStatus.RUNNING, ends_on=today - timedelta(days=2))
    plan(make, dialogue, 2, starts_on=today + timedelta(days=3))
    plan(make, dialogue, 3, starts_on=today + timedelta(days=12))
    plan(make, dialogue, 4, starts_on=today + timedelta(days=40))
    plan(make, dialogue, 5, status=PhaseStatus.SKIPPED, starts_on=today)
    phases = f"{make.path(dialogue)}/phasen"
    assert tasks(staff) == {"overdue": [phases], "week": [phases], "later": [phases]}


@pytest.mark.parametrize(("days", "section"), [(-1, "overdue"), (0, "week"), (6, "week"), (7, "later")])
def test_the_week_is_today_and_six_days(staff, make, dialogue, today, days, section):
    plan(make, dialogue, 2, starts_on=today + timedelta(days=days))
    assert list(tasks(staff)) == [section]


def test_findings_wait_to_be_published(staff, make, session, dialogue):
    finding = make.finding(make.event(dialogue, state="held"))
    assert f"{make.path(dialogue)}/ergebnisse" not in tasks(staff).get("later", [])
    finding.published = False
    session.commit()
    assert f"{make.path(dialogue)}/ergebnisse" in tasks(staff)["later"]


def test_a_group_waits_for_somebody_responsible_until_it_meets(staff, make, session, dialogue, clock):
    make.field(dialogue)
    group = create_working_groups(session, dialogue, now=clock(), actor=SYSTEM)[0]
    group.first_meeting_at = clock() + timedelta(days=2)
    session.commit()
    assert tasks(staff)["week"] == [f"{make.path(dialogue)}/gruppen"]
    leaders = Leadership(lead_name="Amal", deputy_name="Jo", consented=True)
    name_leaders(session, dialogue, group, leaders, version=group.version, now=clock(), actor=SYSTEM)
    session.commit()
    assert "week" not in tasks(staff)


def test_one_sees_only_the_tasks_of_ones_own_municipalities(client, make, dialogue, today):
    plan(make, dialogue, 2, starts_on=today)
    place = make.municipality()
    client.login(make.account(Role.COORDINATOR, place))
    assert tasks(client) == {"later": [make.path(place, "dialog-anlegen")]}


def test_one_sees_only_what_one_may_do(client, make, session, dialogue, today):
    plan(make, dialogue, 2, starts_on=today)
    finding = make.finding(make.event(dialogue, state="held"))
    finding.published = False
    session.commit()
    session.refresh(dialogue, ["municipality"])
    client.login(make.account(Role.FACILITATOR, dialogue.municipality))
    assert tasks(client) == {"later": [f"{make.path(dialogue)}/ergebnisse"]}


def test_who_is_not_signed_in_is_asked_to(client):
    assert "/anmelden" in client.get("/verwaltung", status=303).location


def test_the_number_of_queries_does_not_grow(staff, make, session, engine, dialogue, today, clock):
    def fill(count: int) -> None:
        for _number in range(count):
            another = make.dialogue(dialogue.municipality)
            plan(make, another, 2, starts_on=today)
            make.finding(make.event(another, state="held")).published = False
            make.field(another)
            create_working_groups(session, another, now=clock(), actor=SYSTEM)
            session.commit()

    fill(1)
    with queries(engine) as few:
        staff.get("/verwaltung")
    fill(6)
    with queries(engine) as many:
        staff.get("/verwaltung")
    assert len(many) == len(few)
