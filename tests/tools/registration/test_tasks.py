"""My week says when somebody has to be called."""

from datetime import timedelta

import pytest

from fdplattform.journal.services import SYSTEM, record
from fdplattform.security.permissions import Role
from fdplattform.testing.clock import morning
from fdplattform.testing.html import soup
from fdplattform.testing.registration import registrations, sign_up
from fdplattform.workflow import POSTPONE


@pytest.fixture
def event(make):
    return make.event(make.dialogue(make.municipality()), state="open")


def calls(client, make, event) -> list[str]:
    """The links to call lists on the page of the coordinator."""
    client.reset()
    make.session.refresh(event, ["dialogue"])
    make.session.refresh(event.dialogue, ["municipality"])
    client.login(make.account(Role.COORDINATOR, event.dialogue.municipality))
    links = [link["href"] for link in soup(client.get("/verwaltung")).select(".tasks a")]
    return [link for link in links if link.endswith("/anrufliste")]


@pytest.mark.parametrize(("email", "expected"), [("", 1), ("a@example.org", 0)])
def test_who_has_no_e_mail_is_called_when_the_event_changed(client, make, session, event, email, expected):
    sign_up(client, make.path(event), email=email)
    assert calls(client, make, event) == []
    later = morning() + timedelta(minutes=5)
    record(session, "event:step", actor=SYSTEM, event_id=event.id, payload={"transition": POSTPONE}, at=later)
    session.commit()
    assert calls(client, make, event) == [f"{make.path(event)}/anrufliste"] * expected


def test_other_steps_are_no_news(client, make, session, event):
    sign_up(client, make.path(event))
    later = morning() + timedelta(minutes=5)
    record(session, "event:step", actor=SYSTEM, event_id=event.id, payload={"transition": "announce"}, at=later)
    session.commit()
    assert calls(client, make, event) == []


def test_news_of_a_registration_are_told(client, make, session, event):
    sign_up(client, make.path(event))
    registrations(session)[0].news_at = morning()
    session.commit()
    assert len(calls(client, make, event)) == 1
