"""Plugins that are broken at the start: each is quarantined with its reason, and everything else works."""

import json
import re
from dataclasses import replace

import pytest
from click.testing import CliRunner
from menagerie import point, zoo

from fdplattform.cli import plugins, readonly
from fdplattform.cli.support.deployment import Deployment
from fdplattform.config import core
from fdplattform.plugins import loader
from fdplattform.plugins.loader import include_plugins, load_plugins
from fdplattform.security.permissions import Role
from fdplattform.testing.shell import write_ini

#: What is wrong → what the admin reads.
BROKEN = {
    "broken_mapper": "expression 'Nobody' failed to locate a name",
    "broken_revision": "this revision is not finished",
    "takes_from_good": "Conflicting configuration actions",
    "exits": "It ended with SystemExit(3): importing zoo_exits.",
    "failing_migration": "Its tables are not up to date",
    "foreign_permission": "a permission of the plugin is called zoo_foreign_permission:…, not site:administer",
    "formats_raise": "no formats today",
    "half_includeme": "RuntimeError: half-way",
    "import_error": "RuntimeError: secret of the import",
    "misspelt": "fdplattform_event_format",
    "no_cascade": "refers to event without ON DELETE CASCADE",
    "no_format": "'a format, honestly', which is not an EventFormat",
    "no_version": "zoo_no_version does not say FDPLATTFORM_API = (major, minor).",
    "other_major": "It was written for version 2.0 of the plugin API; this is 1.1.",
    "pending_migration": "Run `fdplattform db upgrade`",
    "sleeps_in_formats": "It takes more than 1 seconds: event_formats.",
    "sleeps_in_import": "It takes more than 1 seconds: importing zoo_sleeps_in_import.",
    "syntax_error": "invalid syntax",
    "taken_id": "the format probe exists already",
    "too_new": "It was written for version 1.2 of the plugin API; this is 1.1.",
    "undeletable": "can be neither NULL nor empty, so it could not be deleted",
    "unknown_grant": "the workflow grants account:manage, which is no permission of an event",
    "unknown_option": "Text has no option maximum; it knows at_creation, autocomplete",
    "unknown_tool": "there is no tool called crystal_ball",
    "view_clash": "Conflicting configuration actions",
    "wrong_prefix": "the table zoo_thing must begin with fdp_zoo_wrong_prefix_",
}
#: Whose fault shows itself later, or not at all.
WORKING = {
    "breaks_the_transaction",
    "fails_after_step",
    "fails_in_guard",
    "fails_in_menu",
    "fails_in_sample",
    "fails_in_view",
    "good",
    "old_words",
    "sleeps_in_menu",
    "wrong_menu",
}
#: Faults that are in the database and not in the plugin: they never stop the start.
IN_THE_DATABASE = {"failing_migration", "pending_migration"}


def state_of(found, name):
    return next(each for each in found if each["id"] == f"zoo_{name}")["state"]


def test_every_animal_of_the_zoo_is_listed():
    assert {each.name for each in zoo()} == {"probe", *(f"zoo_{name}" for name in [*BROKEN, *WORKING])}


def test_broken_plugins_are_quarantined_and_the_others_are_not(client):
    states = {each["id"]: each["state"] for each in client.get("/-/plugins.json").json}
    expected = dict.fromkeys(BROKEN, "quarantined") | dict.fromkeys(WORKING, "active")
    assert states == {"probe": "active", **{f"zoo_{name}": state for name, state in expected.items()}}


@pytest.mark.parametrize(("name", "reason"), BROKEN.items())
def test_the_admin_reads_what_is_wrong(app, client, make, name, reason):
    plugin = next(each for each in app.registry.plugins.all if each.id == f"zoo_{name}")
    assert reason in plugin.reason
    client.login(make.account(Role.ADMIN))
    page = client.get("/verwaltung/plugins").html
    card = next(card for card in page.select("li.card") if card.h2.bdi.text == f"zoo_{name}")
    assert reason in card.text
    assert name in IN_THE_DATABASE or "Traceback (most recent call last)" in card.select_one("details pre").text


def test_nobody_else_reads_what_is_wrong(client, make):
    client.login(make.account(Role.COORDINATOR, make.municipality()))
    assert client.get("/verwaltung/plugins", status=403)
    for address in ("/-/plugins.json", "/-/health"):
        text = client.get(address, status="*").text
        assert "secret" not in text
        assert "Traceback" not in text


def test_the_health_page_names_states_and_survives_unreadable_revisions(client):
    health = client.get("/-/health").json
    assert health["database"] == "ok"
    assert health["status"] == "degraded"
    assert state_of(health["plugins"], "import_error") == "quarantined"
    assert state_of(health["plugins"], "good") == "active"
    assert health["migrations"]["zoo_failing_migration"] == {"current": None, "head": "0001"}
    assert "zoo_broken_revision" not in health["migrations"]


def test_pages_work_and_offer_only_what_works(app, client, make):
    municipality = make.municipality()
    event = make.event(make.dialogue(municipality), format_id="zoo_good", state="open")
    for address in ("/", "/kommunen", "/datenschutz", make.path(municipality), make.path(event), "/zoo/gut"):
        assert client.get(address).status_int == 200
    client.login(make.account(Role.COORDINATOR, municipality))
    titles = [link.text for link in client.get(make.path(municipality, "formate/")).html.select("li.card h2 a")]
    assert titles.count("Probe") == 4
    assert "Good" in titles
    assert "A cuckoo" not in titles


def test_what_a_failed_includeme_added_is_not_there(client):
    assert client.get("/zoo/halb", status=404)
    assert client.get("/zoo/anders", status=404)


def test_a_page_of_the_core_cannot_be_replaced(client, make):
    event = make.event(state="open")
    client.login(make.account(Role.ADMIN))
    assert "hijacked" not in client.get(make.path(event, "schritte"))


def test_a_failing_revision_leaves_no_half_table(migration_faults, reflected):
    assert list(migration_faults) == ["zoo_failing_migration"]
    assert "fdp_zoo_failing_migration_thing" not in reflected.tables


@pytest.mark.parametrize("name", sorted(BROKEN.keys() - IN_THE_DATABASE - {"taken_id"}))
def test_strict_stops_at_the_first_fault(settings, impatient, name):
    with pytest.raises(Exception, match=re.escape(BROKEN[name].removeprefix("RuntimeError: "))) as raised:
        load_strictly(replace(settings, strict=True), [point("zoo_good"), point(f"zoo_{name}")])
    assert raised.type is not AssertionError


@pytest.mark.parametrize(
    ("name", "line"), [("unknown_option", "zoo_unknown_option.py:9"), ("syntax_error", "zoo_syntax_error.py:5")]
)
def test_a_command_says_in_one_sentence_who_stops_the_start(settings, tmp_path, monkeypatch, name, line):
    monkeypatch.setattr(loader, "installed", lambda: [point(f"zoo_{name}")])
    ini = write_ini(tmp_path, settings.database_url)
    ini.write_text(ini.read_text().replace("plugins =", "plugins = *\nfdplattform.strict = true", 1))
    outcome = CliRunner().invoke(readonly.command, ["status"], obj=Deployment(str(ini)))
    assert outcome.exit_code == 1
    sentence = outcome.output.strip()
    assert sentence.startswith(f"Error: The plugin zoo_{name} cannot be used: ")
    assert sentence.endswith(f"/{line})")
    assert "\n" not in sentence


def load_strictly(settings, points):
    loaded = load_plugins(("*",), strict=True, scratch=lambda: core(settings), found=points)
    include_plugins(core(settings), loaded)


def test_a_plugin_that_is_named_and_not_installed_is_quarantined(settings):
    found = load_plugins(("ghost",), strict=False, scratch=lambda: core(settings), found=[point("zoo_good")])
    assert found.states() == [("zoo_good", "", "not_loaded"), ("ghost", "", "quarantined")]
    assert "not installed" in found.all[1].reason


def test_the_command_shows_the_same(migrated_app, settings, impatient, monkeypatch, tmp_path):
    monkeypatch.setattr(loader, "installed", zoo)
    ini = write_ini(tmp_path, settings.database_url)
    ini.write_text(ini.read_text().replace("fdplattform.plugins =", "fdplattform.plugins = *"))
    deployment = Deployment(str(ini))
    as_json = CliRunner().invoke(plugins.command, ["--json"], obj=deployment)
    assert as_json.exit_code == 1, as_json.output
    found = json.loads(as_json.stdout)
    assert {each["id"]: each["state"] for each in found} == {
        each.id: each.state.value for each in migrated_app.registry.plugins.all
    }
    broken = next(each for each in found if each["id"] == "zoo_import_error")
    assert broken["reason"] == "RuntimeError: secret of the import"
    assert "Traceback" in broken["traceback"]
    plain = CliRunner().invoke(plugins.command, obj=deployment)
    deployment.registry.engine.dispose()
    assert "zoo_good" in plain.output
    assert "  RuntimeError: half-way" in plain.output
