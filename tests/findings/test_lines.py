"""What people paste becomes findings: one per line, with dots where they were counted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fdplattform.errors import DomainError
from fdplattform.findings.services import MAX_LINES, MAX_TEXT, Line, parse_lines


@pytest.mark.parametrize(
    ("pasted", "line"),
    [
        ("Mehr Bänke", Line("Mehr Bänke")),
        ("- Mehr Bänke", Line("Mehr Bänke")),
        ("•  Mehr Bänke", Line("Mehr Bänke")),
        ("12. Mehr Bänke", Line("Mehr Bänke")),
        ("3) Mehr Bänke", Line("Mehr Bänke")),
        ("Mehr Bänke | 12", Line("Mehr Bänke", 12)),
        ("Mehr Bänke|0", Line("Mehr Bänke", 0)),
        ("Mehr Bänke\t7", Line("Mehr Bänke", 7)),
        ("مقاعد أكثر | 5", Line("مقاعد أكثر", 5)),
        ("Haus 12", Line("Haus 12")),
        ("2016 war besser", Line("2016 war besser")),
        ("-5 Grad in der Halle", Line("-5 Grad in der Halle")),
        ("entweder | oder", Line("entweder | oder")),
        ("Zahl | 123456", Line("Zahl | 123456")),
    ],
)
def test_a_line_becomes_text_and_dots(pasted, line):
    assert parse_lines(pasted) == [line]


def test_empty_lines_are_no_findings():
    assert parse_lines("\r\nEins\r\n\r\n   \r\n- \r\nZwei\n") == [Line("Eins"), Line("Zwei")]


def test_too_many_lines_are_refused_with_their_number():
    with pytest.raises(DomainError) as refusal:
        parse_lines("\n".join("x" for _ in range(MAX_LINES + 1)))
    assert refusal.value.field == "lines"
    assert refusal.value.message.interpolate() == f"These are {MAX_LINES + 1} lines; at most {MAX_LINES} at once."


def test_a_line_that_is_too_long_is_named():
    with pytest.raises(DomainError) as refusal:
        parse_lines("kurz\n" + "x" * (MAX_TEXT + 1))
    assert refusal.value.message.interpolate() == f"Line 2 is longer than {MAX_TEXT} characters."


words = st.text(st.characters(categories=["L"]), min_size=1, max_size=30)


@given(st.lists(st.tuples(words, st.none() | st.integers(0, 9999)), max_size=20))
def test_what_is_written_as_a_list_is_read_as_it_was_meant(rows):
    pasted = "\n".join(f"- {text}" if weight is None else f"{text} | {weight}" for text, weight in rows)
    assert parse_lines(pasted) == [Line(text, weight) for text, weight in rows]


@given(st.text(max_size=300))
def test_no_line_is_ever_empty_or_padded(pasted):
    for line in parse_lines(pasted):
        assert line.text
        assert line.text == line.text.strip()
