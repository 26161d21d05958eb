"""The declaration: what can be said of a format without making an event."""

import ast
from collections.abc import Iterator
from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import colander
from pyramid.router import Router
from translationstring import TranslationString

from fdplattform.events.schemas import creation_schema
from fdplattform.events.transitions import workflow_of
from fdplattform.plugins.checks import check_formats, check_tools
from fdplattform.plugins.format import EventFormat
from fdplattform.plugins.loader import API_VERSION, GROUP
from fdplattform.plugins.registry import LoadedPlugin
from fdplattform.security.permissions import Role
from fdplattform.testing.clock import morning
from fdplattform.testing.contract.base import Contract, package_of
from fdplattform.testing.contract.samples import empty_facts
from fdplattform.testing.contract.texts import catalogue, texts_of, variables
from fdplattform.testing.surface import released, surface, words
from fdplattform.workflow import Trigger, allowed_roles
from fdplattform.workflow.rules import reasons_against

#: How many answers an event may need before it exists.
MOST_QUESTIONS = 8


class DeclarationContract(Contract):
    """The format is declared well."""

    def test_the_declaration_is_valid(self, migrated_app: Router, plugin: LoadedPlugin) -> None:
        """Ids, permissions, tables and personal fields are as the loader demands, and every tool exists."""
        check_formats(plugin.id, plugin.formats, taken=set())
        check_tools(plugin.formats, migrated_app.registry.event_tools)

    def test_only_the_api_is_imported(self, plugin: LoadedPlugin) -> None:
        """The plugin knows `fdplattform.api` and nothing else of the core, and no other plugin."""
        package = package_of(plugin)
        others = {point.module.partition(".")[0] for point in entry_points(group=GROUP)} - {package}
        for path, module in _imports(package):
            top = module.partition(".")[0]
            assert top != "fdplattform" or module == "fdplattform.api", f"{path} imports {module}: use fdplattform.api"
            assert top not in others, f"{path} imports {module}, which is another plugin"

    def test_it_says_which_api_it_needs(self, migrated_app: Router, plugin: LoadedPlugin) -> None:
        """An older platform must refuse a plugin that uses what is only there since a later version of the API."""
        assert plugin.api is not None
        known = [names for version, names in released().items() if version <= plugin.api]
        there = frozenset() if plugin.api == API_VERSION else surface(migrated_app.registry.event_tools)
        for path in _sources(package_of(plugin)):
            later = sorted((words(path.read_text(encoding="utf-8")) & there).difference(*known))
            assert not later, f"{path} uses {', '.join(later)}: not there yet in version {plugin.api} of the API"

    def test_texts_can_be_translated_and_are(self, plugin: LoadedPlugin, format: EventFormat) -> None:
        """Each text of the declaration is a message of the plugin's own domain with a translation in each language."""
        package = package_of(plugin)
        known = {language: catalogue(_locale(package), language, package) for language in self.languages}
        for where, text in texts_of(format, morning()) if self.languages else ():
            assert isinstance(text, TranslationString), f"{where}: {text!r} cannot be translated"
            if text.domain == "fdplattform":
                continue
            assert text.domain == package, f"{where}: the domain of {text!r} is {package}, not {text.domain}"
            for language, messages in known.items():
                assert all(messages.get(str(text), [""])), f"{where}: {text!r} is not translated into {language}"

    def test_the_catalogues_are_complete(self, plugin: LoadedPlugin) -> None:
        """No message lacks its translation, and none loses one of its `${…}`."""
        package = package_of(plugin)
        for language in self.languages:
            for message, translations in catalogue(_locale(package), language, package).items():
                for translation in translations:
                    assert translation, f"{language}: {message!r} is not translated"
                    assert variables(translation) <= variables(message), f"{language}: {message!r} has other variables"
                assert len(translations) > 1 or variables(translations[0]) == variables(message), (
                    f"{language}: {message!r}"
                )

    def test_an_event_needs_few_answers(self, format: EventFormat) -> None:
        """At most eight needed fields, the core's own included. A date ahead needs no confirmation."""
        asked = (node for node in creation_schema(format).children if node.name != "in_the_past")
        needed = [node.name for node in asked if node.missing is colander.required]
        assert len(needed) <= MOST_QUESTIONS, f"{len(needed)} needed fields: {', '.join(needed)}"

    def test_forms_and_tables_have_the_same_names(self, format: EventFormat) -> None:
        """The core copies answers by name: a field without a column would be lost."""
        data = format.data
        pairs = [(data.details, data.model), *((each.schema, each.model) for each in data.lists)]
        for schema, model in pairs:
            if schema is not None and model is not None:
                lost = {node.name for node in schema().children} - set(column_names(model))
                assert not lost, f"{model.__name__} has no column for {', '.join(sorted(lost))}"

    def test_lists_name_fields_that_exist(self, format: EventFormat) -> None:
        """The due date and the field that says "done" are fields of the row."""
        for each in format.data.lists:
            names = {node.name for node in each.schema().children}
            assert {each.due_field, each.done_field, each.order_by} - {None} <= names, each.id

    def test_somebody_may_take_every_step(self, format: EventFormat) -> None:
        """For each step in each state there is a role besides the admin's that may take it."""
        workflow = workflow_of(format)
        for step in workflow.transitions:
            for source in step.sources if step.trigger is Trigger.USER else ():
                roles = allowed_roles(workflow, source, step.permission or "")
                assert set(roles) - {Role.ADMIN}, f"nobody may take {step.id} in {source}"

    def test_steps_ask_for_fields_that_exist(self, format: EventFormat) -> None:
        """What a step asks is a field of the format's own form."""
        names = {node.name for node in format.data.details().children} if format.data.details else set()
        for step in format.conduct.workflow.transitions:
            assert set(step.asks) <= names | {"public_notice"}, f"{step.id} asks for {set(step.asks) - names}"

    def test_rules_are_pure_and_bear_missing_facts(self, format: EventFormat) -> None:
        """Guards, due moments, notes and values answer the same twice, and do not fail when nothing is known yet."""
        now = morning()
        for step in format.conduct.workflow.transitions:
            facts = empty_facts(format, step.sources[0], now)
            assert _same(reasons_against(step, facts, now), reasons_against(step, facts, now)), step.id
            if step.due is not None:
                assert step.due(facts) == step.due(facts), step.id
        facts = empty_facts(format, format.conduct.workflow.initial, now)
        for name, rule in _computed(format):
            assert rule(facts) == rule(facts), name


def column_names(model: Any) -> list[str]:
    """The names of the attributes under which a model keeps its columns."""
    return [attribute.key for attribute in model.__mapper__.column_attrs]


def _computed(format_: EventFormat) -> Iterator[tuple[str, Any]]:
    named = [(f"defaults of {each.id}", each.defaults) for each in format_.data.lists]
    named += [(f"values of {each.id}", each.values) for each in format_.output.materials]
    return ((name, rule) for name, rule in [*named, ("notes", format_.output.notes)] if rule is not None)


def _same(first: Any, second: Any) -> bool:
    return [(str(r.message), r.severity) for r in first] == [(str(r.message), r.severity) for r in second]


def _imports(package: str) -> Iterator[tuple[Path, str]]:
    """(file, module) for each import in the package."""
    for path in _sources(package):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                yield from ((path, name.name) for name in node.names)
            elif isinstance(node, ast.ImportFrom) and node.level == 0:
                yield path, node.module or ""


def _sources(package: str) -> list[Path]:
    origin = _origin(package)
    return sorted(origin.parent.rglob("*.py")) if origin.name == "__init__.py" else [origin]


def _locale(package: str) -> Path:
    return _origin(package).parent / "locale"


def _origin(package: str) -> Path:
    spec = find_spec(package)
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin)
