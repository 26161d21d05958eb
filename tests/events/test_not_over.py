"""An event of several days is not over after the first: the step asks why, and then can be taken all the same."""

from datetime import UTC, datetime, timedelta

import pytest

from fdplattform.events.transitions import workflow_of
from fdplattform.journal.models import JournalEntry
from fdplattform.security.permissions import Role
from fdplattform.testing.steps import attempt, reasons, take


@pytest.fixture
def municipality(make):
    return make.municipality()


@pytest.fixture
def coming_at(client, make, municipality, clock):
    """The coordinator's browser at a moment."""
    coordinator = make.account(Role.COORDINATOR, municipality)

    def come(moment):
        clock.set(moment)
        client.login(coordinator)
        return client

    return come


def of_two_days(make, municipality, clock, format_id="handlungsfeld", source="announced"):
    """An event on the evenings of two days, at eight o'clock in Berlin."""
    starts = datetime(clock().year + 1, 1, 14, 19, tzinfo=UTC)
    return make.event(make.dialogue(municipality), format_id=format_id, state=source, starts_at=starts, dates=2)


def ways_to_hold(registry):
    """Each format with the step `hold`, and the state from which it starts."""
    formats = registry.plugins.formats.values()
    return [
        (each.id, step.sources[0]) for each in formats for step in workflow_of(each).transitions if step.id == "hold"
    ]


def test_after_the_first_day_the_step_warns_and_names_the_last_date(make, municipality, clock, coming_at, session):
    event = of_two_days(make, municipality, clock)
    team = coming_at(event.dates[0].ends_at + timedelta(minutes=5))
    path, last_end = make.path(event), event.dates[1].ends_at.isoformat()

    asked = attempt(team, path, "hold")
    assert asked.status_int == 422
    assert "15. Januar" in reasons(asked)
    assert "20:00 Uhr bis" in reasons(asked)
    assert "22:00 Uhr" in reasons(asked)
    assert "15. Januar" in team.get(f"{path}/schritte").text
    assert "January 15" in reasons(team.get(f"{path}/schritt?transition=hold&lang=en"))

    take(team, path, "hold", justification="Der zweite Tag fällt aus.")
    session.refresh(event)
    assert event.state == "held"
    noted = session.query(JournalEntry).filter(JournalEntry.tag == "event:step").one().payload
    assert noted["reason"] == "Der zweite Tag fällt aus."
    assert last_end in str(noted["warnings"])


def test_while_the_last_date_runs_it_warns_too(make, municipality, clock, coming_at):
    event = of_two_days(make, municipality, clock)
    team = coming_at(event.dates[1].ends_at - timedelta(minutes=1))
    assert "noch nicht vorbei" in reasons(attempt(team, make.path(event), "hold"))


def test_after_the_last_date_nothing_is_asked(make, municipality, clock, coming_at):
    event = of_two_days(make, municipality, clock)
    team = coming_at(event.dates[1].ends_at)
    take(team, make.path(event), "hold")


def test_every_format_with_this_step_warns(make, municipality, clock, coming_at, app):
    ways = ways_to_hold(app.registry)
    assert {"handlungsfeld", "grossgruppenforum", "einwohnerversammlung", "buergercafe"} <= {id_ for id_, _ in ways}
    events = [of_two_days(make, municipality, clock, *way) for way in ways]
    team = coming_at(events[0].dates[0].ends_at)
    for event in events:
        assert "noch nicht vorbei" in reasons(attempt(team, make.path(event), "hold")), event.format_id
