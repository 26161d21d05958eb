"""What a format may declare about its board, and what stops the plugin."""

from dataclasses import replace
from typing import Any

import pytest

from fdplattform.api import BoardList, FindingKind, ToolUse
from fdplattform.plugins.checks import check_tools
from fdplattform.plugins.format import BadFormat
from fdplattform.testing.probe import PROBE
from fdplattform.tools.board.lists import DYNAMIC_FACILITATION, MOST, lists_of
from fdplattform.tools.board.tool import TOOL


def of(number: int) -> BoardList:
    return BoardList(id=f"list{number}", letter="ABCDEFGHIJ"[number], title="List")


def format_with(**options: Any) -> Any:
    """The format for tests, with a board like this."""
    return replace(PROBE, conduct=replace(PROBE.conduct, tools=(ToolUse(tool="board", options=options),)))


@pytest.mark.parametrize(
    "wrong",
    [
        {"id": "Solutions"},
        {"id": ""},
        {"id": "cards"},
        {"letter": "l"},
        {"letter": "ABC"},
        {"letter": "Ä"},
        {"letter": ""},
        {"title": ""},
    ],
)
def test_a_list_that_makes_no_sense_stops_the_import(wrong: dict[str, str]) -> None:
    with pytest.raises(BadFormat):
        BoardList(**{"id": "solutions", "letter": "L", "title": "Solutions", **wrong})


@pytest.mark.parametrize(
    "options",
    [
        {"lists": ()},
        {"lists": [of(1)]},
        {"lists": ("H", "L")},
        {"lists": tuple(map(of, range(MOST + 1)))},
        {"lists": (of(1), of(1))},
        {"lists": (of(1), BoardList(id="other", letter=of(1).letter, title="Other"))},
        {"public": "yes"},
        {"colour": "red"},
    ],
)
def test_options_that_contradict_themselves_stop_the_plugin(options: dict[str, Any]) -> None:
    with pytest.raises(BadFormat, match="probe"):
        check_tools([format_with(**options)], {"board": TOOL})


def test_a_format_without_options_gets_the_lists_of_dynamic_facilitation() -> None:
    check_tools([format_with()], {"board": TOOL})
    assert lists_of(ToolUse(tool="board")) == DYNAMIC_FACILITATION
    assert [(each.letter, each.kind) for each in DYNAMIC_FACILITATION] == [
        ("H", FindingKind.CHALLENGE),
        ("L", FindingKind.IDEA),
        ("B", FindingKind.CONCERN),
        ("I", FindingKind.INFORMATION),
        ("D", FindingKind.IDEA),
    ]


def test_as_many_lists_as_there_are_digits() -> None:
    check_tools([format_with(lists=tuple(map(of, range(MOST))), public=True)], {"board": TOOL})
