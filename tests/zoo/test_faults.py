"""Plugins that fail while people use the platform: the page says whose fault it is, and the rest goes on."""

from datetime import timedelta

import pytest

from fdplattform.cli.support.sample import make_demo
from fdplattform.events.models import Event
from fdplattform.journal.models import JournalEntry
from fdplattform.security.permissions import Role


@pytest.fixture
def admin(client, make):
    client.login(make.account(Role.ADMIN))
    return client


@pytest.mark.parametrize(("address", "secret"), [("/zoo/kaputt", "secret of the view"), ("/zoo/vorlage", "Unshowable")])
def test_a_failing_view_is_a_page_that_names_the_plugin(client, address, secret):
    answer = client.get(address, headers={"Accept-Language": "en"}, status=503)
    assert "zoo_fails_in_view" in answer
    assert secret not in answer
    assert client.get("/").status_int == 200
    assert client.get("/zoo/gut").text == "good"


def test_a_failing_guard_stops_only_its_own_page(admin, make):
    dialogue = make.dialogue()
    event = make.event(dialogue, format_id="zoo_fails_in_guard")
    answer = admin.get(make.path(event, "schritte"), status=503)
    assert "zoo_fails_in_guard" in answer
    assert "secret of the guard" not in answer
    assert event.title in admin.get(make.path(event))
    assert event.title in admin.get(make.path(dialogue))


def test_a_failing_printed_page_names_the_plugin(admin, make):
    event = make.event(format_id="zoo_fails_in_guard")
    assert "zoo_fails_in_guard" in admin.get(make.path(event, "unterlagen", "sheet"), status=503)


def test_a_fault_of_the_core_is_not_blamed_on_a_plugin(app, admin, make, monkeypatch):
    event = make.event(format_id="zoo_good")
    monkeypatch.setattr("fdplattform.events.step_views.draw", lambda *_args, **_rest: 1 / 0)
    assert "zoo" not in admin.get(make.path(event, "schritte"), status=500).html.main.text


def test_menu_hooks_that_fail_are_left_out_and_not_asked_again(app, admin, make):
    event = make.event(state="open")
    for _again in range(2):
        bar = admin.get(make.path(event)).html.select_one("nav.toolbar")
        assert bar.find("a", string="Zoo entry")["href"] == "/zoo/gut"
    suspended = {plugin.id: plugin.suspended for plugin in app.registry.plugins.all if plugin.suspended}
    assert suspended.keys() == {
        "zoo_breaks_the_transaction",
        "zoo_fails_in_menu",
        "zoo_sleeps_in_menu",
        "zoo_wrong_menu",
    }
    page = admin.get("/verwaltung/plugins")
    assert "fdplattform_menu_items: RuntimeError: no menu today" in page
    assert "is not a MenuItem" in page


def test_a_slow_menu_hook_is_asked_once(app, admin, make):
    event = make.event(state="open")
    assert "Slow entry" in admin.get(make.path(event))
    assert "Slow entry" not in admin.get(make.path(event))


def test_what_a_failing_hook_did_after_a_step_is_undone_and_the_step_stands(admin, make, clock, session):
    event = make.event(format_id="zoo_fails_after_step", starts_at=clock() + timedelta(days=30))
    title = event.title
    form = admin.get(make.path(event, "schritt?transition=announce")).forms["form"]
    form["details_decided_on"] = "2026-11-02"
    assert form.submit().status_int == 303
    session.refresh(event)
    assert (event.state, event.title) == ("open", title)
    fault = session.query(JournalEntry).filter_by(tag="plugin:fault").one()
    assert fault.payload == {"plugin": "zoo_fails_after_step", "fault": "RuntimeError"}


def test_failing_sample_data_leave_no_half_demo(app, session, clock):
    dialogue = make_demo(session, app.registry, clock())
    session.flush()
    assert session.query(Event).filter_by(dialogue_id=dialogue.id).count() == 0
    assert dialogue.title
