"""Times are the same on all pages."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from babel import Locale

from fdplattform.web.formats import Formatter


@pytest.mark.parametrize("locale", ["de", "en", "ar"])
def test_a_time_is_written_as_in_a_period_in_every_language(locale):
    fmt = Formatter(Locale.parse(locale), ZoneInfo("Europe/Berlin"))
    start = datetime(2026, 12, 5, 13, 5, tzinfo=UTC)
    assert fmt.time(start) == "14:05"
    assert "14:05" in fmt.period(start, start + timedelta(hours=2))
