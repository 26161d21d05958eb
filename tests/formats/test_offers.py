"""What a municipality offers: the coordinator decides, and it is on record."""

import pytest

from fdplattform.security.permissions import Role


@pytest.fixture
def municipality(make):
    return make.municipality()


@pytest.fixture
def team(client, make, municipality):
    client.login(make.account(Role.COORDINATOR, municipality))
    return client


def press(team, make, municipality, action, format_id="probe"):
    page = team.get(make.path(municipality, "formate/"))
    form = next(form for form in page.forms.values() if form.action.endswith(f"/{format_id}/{action}"))
    return form.submit().follow()


def test_every_format_is_offered_at_first(team, make, municipality, app):
    page = team.get(make.path(municipality, "formate/")).html
    assert len(page.select("li.card")) == len(app.registry.plugins.formats)
    assert not [form for form in page.select("form") if form["action"].endswith("/anbieten")]


def test_a_withdrawn_format_cannot_be_chosen_and_its_events_stay(team, make, municipality):
    dialogue = make.dialogue(municipality)
    event = make.event(dialogue)
    press(team, make, municipality, "zurueckziehen")
    address = make.path(dialogue, "veranstaltung-anlegen?format=probe")
    assert team.get(address, status=403)
    assert "Probe" not in team.get(make.path(dialogue, "format-waehlen")).html.main.text
    assert team.get(make.path(event, "schritte")).status_int == 200
    press(team, make, municipality, "anbieten")
    assert team.get(address).status_int == 200


def test_another_municipality_decides_for_itself(team, client, make, municipality):
    press(team, make, municipality, "zurueckziehen")
    other = make.municipality()
    client.login(make.account(Role.COORDINATOR, other))
    assert client.get(make.path(make.dialogue(other), "veranstaltung-anlegen?format=probe")).status_int == 200


def test_decisions_are_in_the_journal(team, make, municipality):
    press(team, make, municipality, "zurueckziehen")
    press(team, make, municipality, "anbieten")
    journal = team.get(make.path(municipality, "protokoll"), headers={"Accept-Language": "en"})
    assert "Format withdrawn: Probe" in journal
    assert "Format offered: Probe" in journal


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.PROGRAMME_OFFICE])
def test_others_do_not_decide(client, make, municipality, role):
    client.login(make.account(role, None if role is Role.PROGRAMME_OFFICE else municipality))
    assert client.get(make.path(municipality, "formate/"), status=403)


def test_a_format_that_is_not_installed_has_no_page(team, make, municipality):
    assert team.get(make.path(municipality, "formate", "ghost"), status=404)


def test_the_formats_page_says_what_is_declared(team, make, municipality):
    page = team.get(make.path(municipality, "formate", "grossgruppenforum/"), headers={"Accept-Language": "en"}).html
    text = page.main.get_text(" ", strip=True)
    assert "30 to 300" in text
    assert "Everybody sees the event." in text
    assert "So that the hosts of the tables can be found on the day." in text
    assert "90 days after the event" in text
    assert "by itself, when its time has come" in text
    assert page.select_one(".diagram svg title")
    steps = [row.get_text(" ", strip=True) for row in page.select("table tbody tr")]
    assert "Invite Invited Coordination and Deputy" in steps


def test_facilitators_may_read_it(client, make, municipality):
    client.login(make.account(Role.FACILITATOR, municipality))
    assert client.get(make.path(municipality, "formate", "probe/")).status_int == 200
