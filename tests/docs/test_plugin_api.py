"""The documentation of the plugin API is complete: what is exported is described, with its exact signature."""

import inspect
import re
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest

from fdplattform import api
from fdplattform.plugins import format as declaration
from fdplattform.plugins import hookspecs
from fdplattform.testing.surface import functions_of
from fdplattform.workflow import State, Transition, Workflow

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs/plugin-api"
PAGES = {path.name: path.read_text() for path in DOCS.glob("*.md")}
HOOKS = {name: spec for name, spec in vars(hookspecs).items() if name.startswith("fdplattform_")}
PARTS = [
    *(part for part in vars(declaration).values() if inspect.isclass(part) and is_dataclass(part)),
    Workflow,
    State,
    Transition,
    api.BoardList,
]
TESTS = "\n".join(path.read_text() for path in ROOT.glob("tests/**/*.py") if path != Path(__file__))


def section(page: str, title: str) -> str:
    """What stands below a heading."""
    found = re.search(rf"^## {re.escape(title)}\n(.*?)(?=^## |\Z)", PAGES[page], re.MULTILINE | re.DOTALL)
    assert found, f"{page} has no section {title}"
    return found[1]


@pytest.mark.parametrize("name", HOOKS)
def test_each_hook_is_documented_with_its_signature(name):
    signature = re.sub(r"'|typing\.", "", str(inspect.signature(HOOKS[name])))
    assert f"```python\ndef {name}{signature}\n```" in section("hooks.md", name)


@pytest.mark.parametrize("name", HOOKS)
def test_each_hook_has_a_test(name):
    assert f"def {name}(" in TESTS


def test_no_hook_is_documented_that_does_not_exist():
    assert re.findall(r"^## (\w+)", PAGES["hooks.md"], re.MULTILINE) == list(HOOKS)


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.__name__)
def test_each_field_of_the_declaration_is_documented(part):
    text = section("formats.md", part.__name__)
    missing = [field.name for field in fields(part) if f"`{field.name}`" not in text]
    assert not missing, f"{part.__name__}: {', '.join(missing)}"


@pytest.mark.parametrize(
    "part", [api.EventFacts, api.DateFacts, api.GroupFacts, api.OtherEventFacts], ids=lambda p: p.__name__
)
def test_each_fact_is_documented(part):
    text = section("guards.md", "EventFacts")
    assert not [field.name for field in fields(part) if f"`{field.name}`" not in text]


@pytest.mark.parametrize("module", [api.guards, api.grants, api.endings], ids=["guards", "grants", "endings"])
def test_each_guard_and_grant_is_documented(module):
    missing = [
        made.__name__ for made in functions_of(module) if not re.search(rf"`{made.__name__}[(`]", PAGES["guards.md"])
    ]
    assert functions_of(module)
    assert not missing


@pytest.mark.parametrize("name", api.__all__)
def test_what_is_exported_is_described(name):
    assert hasattr(api, name)
    assert any(re.search(rf"`[^`\n]*\b{name}\b[^`\n]*`|^## {name}$", text, re.MULTILINE) for text in PAGES.values())


def test_links_lead_somewhere():
    for name, text in PAGES.items():
        for target in re.findall(r"\]\(([^)#]+)\)", text):
            assert (DOCS / target).is_file(), f"{name} → {target}"
