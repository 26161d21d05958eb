"""Ids in addresses: what is no id finds nothing, and the database is not asked."""

import pytest

from fdplattform.web.ids import by_id


def test_who_is_asked_for_finds() -> None:
    assert by_id("17", lambda number: number + 1) == 18
    assert by_id("17", lambda _number: None) is None


@pytest.mark.parametrize("text", ["", "x", "-1", "1.0", " 1", "١٢", "²", "1" * 10, None, b"1"])
def test_what_is_no_id_is_not_looked_for(text: object) -> None:
    assert by_id(text, lambda number: pytest.fail(f"asked for {number}")) is None
