"""What an author's test says when a step is refused: what is wrong, and not the whole page."""

from datetime import timedelta

import pytest

from fdplattform.security.permissions import Role
from fdplattform.testing.steps import take


@pytest.fixture
def event(client, make):
    place = make.municipality()
    client.login(make.account(Role.COORDINATOR, place))
    return make.event(make.dialogue(place))


def test_a_form_that_is_refused_shows_its_summary(client, make, event):
    with pytest.raises(AssertionError) as raised:
        take(client, make.path(event), "announce", decided_on="gestern")
    said = str(raised.value)
    assert "Decided on" in said
    assert len(said) < 500


def test_a_guard_that_refuses_shows_its_reason(client, make, clock, event):
    event.dates[0].starts_at = clock() - timedelta(hours=2)
    event.dates[0].ends_at = clock() - timedelta(hours=1)
    with pytest.raises(AssertionError) as raised:
        take(client, make.path(event), "announce", decided_on="2026-11-02")
    assert 0 < len(str(raised.value)) < 500
