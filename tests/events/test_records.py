"""The rows of a format's own lists."""

import pytest

from fdplattform.events.models import Event
from fdplattform.events.records import add_row, rows_of
from fdplattform.testing.factories import Make


@pytest.fixture
def forum(make: Make) -> Event:
    return make.event(format_id="grossgruppenforum")


def test_a_list_is_sorted_by_the_field_that_it_names(make: Make, forum: Event) -> None:
    tables = make.registry.plugins.formats["grossgruppenforum"].data.record_list("tables")
    for number in (3, 1, 2):
        add_row(make.session, forum, tables, {"number": number, "topic": "Wohnen", "seats": 8, "host": None})
    assert [row["number"] for row in rows_of(make.session, forum, tables)] == [1, 2, 3]
