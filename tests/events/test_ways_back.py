"""Steps back are offered after those forward, and "my week" never recommends one."""

from datetime import timedelta

import pytest

from fdplattform.security.permissions import Role


@pytest.fixture
def invited(make, client):
    municipality = make.municipality()
    event = make.event(make.dialogue(municipality), format_id="grossgruppenforum", state="invited")
    client.login(make.account(Role.COORDINATOR, municipality))
    return event


def test_the_step_back_comes_last_and_is_no_primary_button(client, make, invited):
    page = client.get(make.path(invited, "schritte"))
    titles = [title.get_text() for title in page.html.select("section[aria-labelledby=next] h3")]
    assert titles == ["Die Veranstaltung ist vorbei", "Zurück in die Vorbereitung"]
    assert page.html.select(".kern-btn--primary") == []


def test_only_a_postponed_event_can_go_on(client, make, invited):
    path = make.path(invited)
    assert "Veranstaltung weitergehen lassen" not in client.get(f"{path}/schritte")
    invited.postponed_at = make.registry.clock()
    make.session.commit()
    page = client.get(f"{path}/schritte")
    assert "Veranstaltung weitergehen lassen" in page
    assert "Veranstaltung verschieben" not in page


def test_my_week_recommends_the_step_forward(client, invited):
    page = client.get("/verwaltung")
    assert "Die Veranstaltung ist vorbei" in page
    assert "Zurück in die Vorbereitung" not in page


def test_advice_is_told_apart_from_what_is_missing(client, make):
    municipality = make.municipality()
    soon = make.registry.clock() + timedelta(days=3)
    event = make.event(make.dialogue(municipality), starts_at=soon)
    client.login(make.account(Role.COORDINATOR, municipality))
    card = client.get(make.path(event, "schritte")).html.select_one("section[aria-labelledby=next] .card")
    assert "Bitte bedenken Sie:" in card.get_text()
    assert "Was noch fehlt:" not in card.get_text()
