"""Before an event its page begins with when and where, after it with what came of it; no format is named for that."""

from datetime import timedelta

import pytest

from fdplattform.tools.statement.models import Statement


@pytest.fixture
def headings(client, make, session, clock):
    """The headings of the page of a council that has made its statement, when its dates lie so many days ahead."""

    def read(days):
        event = make.event(
            format_id="buergerinnenrat", state="stated", starts_at=clock() + timedelta(days=days), dates=2
        )
        session.add(Statement(event_id=event.id, text="Wir wünschen uns einen Treffpunkt.", language="de"))
        make.finding(event)
        session.commit()
        return [heading.get_text(strip=True) for heading in client.get(make.path(event)).html.select("main section h2")]

    return read


def order(headings):
    wanted = ("Wann und wo", "Gemeinsame Erklärung", "Ablauf", "Was dabei herauskam")
    return sorted(wanted, key=headings.index)


def test_after_the_last_date_the_results_come_first(headings):
    assert order(headings(-10)) == ["Gemeinsame Erklärung", "Was dabei herauskam", "Wann und wo", "Ablauf"]


def test_until_the_last_date_has_ended_when_and_where_come_first(headings):
    assert order(headings(-1)) == ["Wann und wo", "Ablauf", "Gemeinsame Erklärung", "Was dabei herauskam"]


def test_what_is_over_is_not_offered_for_the_calendar(client, make, clock):
    past, ahead = (make.event(state="open", starts_at=clock() + timedelta(days=days)) for days in (-3, 3))
    assert "termin.ics" not in str(client.get(make.path(past)).html.main)
    assert "termin.ics" in str(client.get(make.path(ahead)).html.main)
