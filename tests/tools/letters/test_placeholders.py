"""Placeholders: what is known is replaced, what is not is said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fdplattform.tools.letters.placeholders import Unfilled, fill, missing_in, names_in, unknown_in


def test_known_names_are_replaced() -> None:
    assert fill("Guten Tag ${name}, ${ name }!", {"name": "Amal"}) == "Guten Tag Amal, Amal!"


def test_a_value_that_looks_like_a_placeholder_is_not_replaced_again() -> None:
    assert fill("${name}", {"name": "${code}", "code": "geheim"}) == "${code}"


def test_what_has_no_value_is_never_written() -> None:
    with pytest.raises(Unfilled):
        fill("Verantwortlich: ${controller}", {"name": "Amal"})
    assert fill("Guten Tag ${name} ${", {"name": "Amal"}) == "Guten Tag Amal "


@given(st.text(max_size=60))
def test_a_value_stands_in_the_text_as_it_is(value: str) -> None:
    assert fill("<${name}>", {"name": value}) == f"<{value}>"


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("${name} und ${code}", []),
        ("Guten Tag ${Name}", ["${Name}"]),
        ("${nmae} ${nmae} ${ort}", ["${nmae}", "${ort}"]),
        ("Das kostet 5 $ {nicht viel}", []),
        ("Guten Tag ${name", ["${"]),
        ("Guten Tag ${name\n} und ${code}", ["${"]),
        ("${}", ["${}"]),
    ],
)
def test_what_is_no_placeholder_is_named(text: str, wrong: list[str]) -> None:
    assert unknown_in(text, {"name", "code"}) == wrong


def test_what_has_no_value_is_missing_once() -> None:
    texts = ["${a} ${b}", "${b} ${c} ${b}"]
    assert names_in(*texts) == ["a", "b", "c"]
    assert missing_in(texts, {"a": "1", "b": "  "}) == ["b", "c"]
