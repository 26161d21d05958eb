"""The contract suite notices what is wrong: each rule fails on a format that breaks it."""

from dataclasses import replace
from itertools import count
from types import SimpleNamespace

import pytest
import zoo_fails_in_guard
import zoo_good
from translationstring import TranslationString

from fdp_grossgruppenforum.format import FORUM
from fdp_grossgruppenforum.models import ForumTable
from fdplattform.api import Data, FormSchema, Material, Output, Reason, Text, Transition
from fdplattform.security.permissions import Permission, Role
from fdplattform.testing.contract import FormatContract
from fdplattform.testing.probe import PROBE, WORKFLOW

CONTRACT = FormatContract()
PLUGIN = SimpleNamespace(module=__import__("fdp_grossgruppenforum"), id="grossgruppenforum")


def with_step(**changes):
    first, *rest = WORKFLOW.transitions
    workflow = replace(WORKFLOW, transitions=(replace(first, **changes), *rest))
    return replace(PROBE, conduct=replace(PROBE.conduct, workflow=workflow))


def with_details(*names):
    nodes = {name: Text(title=name, at_creation=True) for name in names}
    return replace(PROBE, data=Data(details=type("Details", (FormSchema,), nodes)))


def test_a_guard_that_answers_differently():
    numbers = count()
    guard = lambda facts, now: Reason(f"reason {next(numbers)}")  # noqa: E731
    with pytest.raises(AssertionError, match="announce"):
        CONTRACT.test_rules_are_pure_and_bear_missing_facts(with_step(guards=(guard,)))


def test_a_guard_that_wants_to_know_too_much():
    guard = lambda facts, now: None if facts.details["question"].strip() else Reason("no question")  # noqa: E731
    with pytest.raises(AttributeError):
        CONTRACT.test_rules_are_pure_and_bear_missing_facts(with_step(guards=(guard,)))


def test_too_many_needed_fields():
    CONTRACT.test_an_event_needs_few_answers(with_details("a"))
    with pytest.raises(AssertionError, match="needed fields"):
        CONTRACT.test_an_event_needs_few_answers(with_details("a", "b", "c"))


def test_two_answers_besides_those_of_the_core_are_not_too_many():
    CONTRACT.test_an_event_needs_few_answers(with_details("first", "second"))


def test_a_field_without_a_column():
    first, *rest = FORUM.data.lists
    wrong = replace(first, model=ForumTable)
    CONTRACT.test_forms_and_tables_have_the_same_names(FORUM)
    with pytest.raises(AssertionError, match="no column for category"):
        CONTRACT.test_forms_and_tables_have_the_same_names(
            replace(FORUM, data=replace(FORUM.data, lists=(wrong, *rest)))
        )


def test_a_due_date_that_nobody_asks():
    wrong = replace(FORUM.data.lists[0], due_field="due_on")
    with pytest.raises(AssertionError):
        CONTRACT.test_lists_name_fields_that_exist(replace(FORUM, data=replace(FORUM.data, lists=(wrong,))))


def test_a_step_that_asks_for_nothing_known():
    with pytest.raises(AssertionError, match="weather"):
        CONTRACT.test_steps_ask_for_fields_that_exist(with_step(asks=("weather",)))


def test_a_step_that_only_the_admin_may_take():
    states = tuple(
        replace(state, grants={**state.grants, Role.ADMIN: frozenset({"probe:bless"})}) for state in WORKFLOW.states
    )
    bless = Transition(id="bless", title="Bless", sources=("draft",), target=None, permission="probe:bless")
    workflow = replace(WORKFLOW, states=states, transitions=(*WORKFLOW.transitions, bless))
    with pytest.raises(AssertionError, match="nobody may take bless"):
        CONTRACT.test_somebody_may_take_every_step(replace(PROBE, conduct=replace(PROBE.conduct, workflow=workflow)))


def test_imports_past_the_api():
    with pytest.raises(AssertionError, match=r"imports fdplattform\.testing\.probe: use fdplattform\.api"):
        CONTRACT.test_only_the_api_is_imported(SimpleNamespace(module=zoo_good))


def test_words_of_a_later_api(migrated_app):
    old = SimpleNamespace(module=PLUGIN.module, api=(1, 0))
    with pytest.raises(AssertionError, match=r"format\.py uses BoardList, .*ToolUse\.off_at_first, .*tool board"):
        CONTRACT.test_it_says_which_api_it_needs(migrated_app, old)
    CONTRACT.test_it_says_which_api_it_needs(migrated_app, SimpleNamespace(module=PLUGIN.module, api=(1, 1)))


def test_a_permission_of_the_core_that_is_declared(migrated_app):
    wrong = replace(PROBE, conduct=replace(PROBE.conduct, permissions={str(Permission.SITE_ADMINISTER): "Be admin"}))
    with pytest.raises(ValueError, match="site:administer"):
        CONTRACT.test_the_declaration_is_valid(migrated_app, SimpleNamespace(id="probe", formats=(wrong,)))


@pytest.mark.parametrize(
    ("title", "complaint"),
    [
        ("Plain words", "cannot be translated"),
        (TranslationString("Great words", domain="fdp_other"), "the domain of"),
        (TranslationString("Unheard-of words", domain="fdp_grossgruppenforum"), "is not translated into de"),
    ],
)
def test_texts_that_are_not_translated(title, complaint):
    CONTRACT.test_texts_can_be_translated_and_are(PLUGIN, FORUM)
    with pytest.raises(AssertionError, match=complaint):
        CONTRACT.test_texts_can_be_translated_and_are(PLUGIN, replace(FORUM, title=title))


def test_a_revision_that_was_forgotten(backend, tmp_path, app):
    plugin = next(each for each in app.registry.plugins.all if each.id == "zoo_wrong_prefix")
    assert plugin.migrations is None
    pending = next(each for each in app.registry.plugins.all if each.id == "zoo_pending_migration")
    forgotten = replace(pending.migrations, versions=tmp_path / "none")
    forgotten.versions.mkdir()
    with pytest.raises(AssertionError):
        CONTRACT.test_the_tables_can_be_made_and_removed(
            backend, tmp_path, SimpleNamespace(migrations=forgotten), PROBE
        )


def test_a_page_that_fails(client, make):
    municipality = make.municipality()
    client.login(make.account(Role.COORDINATOR, municipality))
    format_ = zoo_fails_in_guard.fdplattform_event_formats()[0]
    event = make.event(make.dialogue(municipality), format_id=format_.id)
    with pytest.raises(AssertionError, match="'schritte' in draft"):
        CONTRACT.test_the_team_sees_every_page_in_every_state(client, make, event, municipality, format_, "de")


def test_a_printed_page_of_its_own_making(client, make, tmp_path):
    (tmp_path / "page.pt").write_text("<html><body><h1>Aushang</h1></body></html>", encoding="utf-8")
    municipality = make.municipality()
    client.login(make.account(Role.COORDINATOR, municipality))
    bare = Material(id="notice", title="Notice", template=str(tmp_path / "page.pt"))
    format_ = replace(zoo_good.fdplattform_event_formats()[0], output=Output(materials=(bare,)))
    plugin = next(each for each in client.registry.plugins.all if each.id == "zoo_good")
    event = make.event(make.dialogue(municipality), format_id=format_.id)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plugin, "formats", (format_,))
        with pytest.raises(AssertionError, match="notice: <html> has no lang; use the core's layout"):
            CONTRACT.test_printed_pages_are_pages_of_the_platform(client, make, event, format_)
