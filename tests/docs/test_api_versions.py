"""Nothing of a released API goes away within its major, and what came later says since when it is there."""

import re
from pathlib import Path

import pytest

from fdplattform.plugins.loader import API_VERSION
from fdplattform.testing.surface import released, surface

DOCS = Path(__file__).parents[2] / "docs/plugin-api"
RELEASED = released()
#: What is still there, warns, and has no place among the names any more.
RETIRED = {"Role.GROUP_MEMBER"}


@pytest.fixture
def there(app) -> set[str]:
    return surface(app.registry.event_tools)


@pytest.mark.backends("sqlite")
@pytest.mark.parametrize("version", RELEASED, ids=str)
def test_nothing_that_was_released_is_gone(there, version):
    assert RELEASED[version] - there == RETIRED


@pytest.mark.backends("sqlite")
def test_what_is_new_counts_the_version_up(there):
    newest = max(RELEASED)
    assert newest < API_VERSION or there <= RELEASED[newest]


@pytest.mark.backends("sqlite")
def test_what_came_later_says_since_when(there):
    unmarked, known = [], set(RELEASED[min(RELEASED)])
    for version, names in [*sorted(RELEASED.items())[1:], (API_VERSION, there)]:
        new, known = names - known, known | names
        # What belongs to something new is as new as that.
        by_themselves = [name for name in new if name == whole(name) or whole(name) not in new]
        unmarked += [name for name in by_themselves if not marked(word(name), version)]
    assert not sorted(unmarked)


def whole(name: str) -> str:
    """`BoardList.id` → `BoardList`, `guards.has_date(x)` → `guards.has_date`, `tool board: lists` → `tool board`"""
    return re.split(r"\.\w+$|\(|: ", name)[0]


def word(name: str) -> str:
    """`ToolUse.off_at_first` → `off_at_first`"""
    return re.findall(r"\w+", name)[-1]


def marked(word: str, version: tuple[int, int]) -> bool:
    """True when a paragraph or a row of the documentation that names `word` carries the version: `*(1.1)*`."""
    mark = f"*({version[0]}.{version[1]})*"
    parts = [part for page in DOCS.glob("*.md") for part in re.split(r"\n\n|\n(?=\|)", page.read_text())]
    return any(mark in part and re.search(rf"`[^`]*\b{word}\b[^`]*`", part) for part in parts)
