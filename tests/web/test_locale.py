"""Which language a page is in, and how dates and numbers are written in it."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from pyramid.router import Router

from fdplattform.testing.client import Client
from fdplattform.testing.html import soup
from fdplattform.web.formats import make_formatter

NOWHERE = "/gibt-es-nicht"


def language(client: Client, path: str = NOWHERE, **headers: str) -> str:
    return str(soup(client.get(path, headers=headers, status="*")).html["lang"])


@pytest.mark.parametrize(
    ("header", "expected"),
    [("ar", "ar"), ("en-GB,en;q=0.9", "en"), ("de-AT", "de"), ("tlh", "de"), ("", "de"), ("\x07;;q=x", "de")],
)
def test_the_browser_says_the_language(client: Client, header: str, expected: str) -> None:
    assert language(client, **{"Accept-Language": header}) == expected


def test_the_address_decides_and_is_remembered(client: Client) -> None:
    assert language(client, f"{NOWHERE}?lang=ar") == "ar"
    assert language(client, **{"Accept-Language": "en"}) == "ar"


@pytest.mark.parametrize("wanted", ["xx", "", "../../etc", "de%00", "%ff"])
def test_an_unknown_language_falls_back_without_a_word(client: Client, wanted: str) -> None:
    answer = client.get(f"{NOWHERE}?lang={wanted}", status="*")
    assert answer.status_int in {400, 404}
    assert soup(answer).html["lang"] == "de"
    assert "lang" not in client.cookies


def test_arabic_is_written_from_right_to_left(client: Client) -> None:
    html = soup(client.get(f"{NOWHERE}?lang=ar", status=404))
    assert html.html["dir"] == "rtl"
    assert html.find("link", rel="stylesheet")["href"].startswith("/static/app.rtl.")


def test_the_switch_keeps_the_address_and_names_languages_in_themselves(client: Client) -> None:
    html = soup(client.get(f"{NOWHERE}?q=a+b&page=2&lang=en", status=404))
    links = {link["lang"]: link for link in html.select("header a[hreflang]")}
    assert set(links) == {"de", "en", "ar"}
    assert links["ar"]["href"] == f"{NOWHERE}?q=a+b&page=2&lang=ar"
    assert links["ar"].get_text() == "العربية"
    assert links["ar"]["dir"] == "rtl"
    assert links["en"]["aria-current"] == "true"
    assert "aria-current" not in links["de"].attrs


def test_caches_know_what_the_page_depends_on(app: Router) -> None:
    answer = Client(app).get(NOWHERE, status=404)
    assert {"Accept-Language", "Cookie"} <= set(answer.vary or ())


BERLIN = make_formatter("de", "Europe/Berlin")
START = datetime(2026, 12, 5, 13, 0, tzinfo=UTC)


def test_dates_and_times_are_those_of_the_place() -> None:
    assert BERLIN.date(START) == "5. Dezember 2026"
    assert BERLIN.time(START) == "14:00"
    assert BERLIN.datetime(START) == "05.12.2026, 14:00"
    assert BERLIN.date(datetime(2026, 12, 5, 23, 30, tzinfo=UTC)) == "6. Dezember 2026"
    assert BERLIN.html_datetime(START) == "2026-12-05T14:00+01:00"


def test_a_period_names_the_day_once() -> None:
    end = datetime(2026, 12, 5, 16, 0, tzinfo=UTC)
    assert BERLIN.period(START, end) == "Samstag, 5. Dezember 2026, 14:00–17:00 Uhr"
    night = BERLIN.period(START, datetime(2026, 12, 6, 9, 0, tzinfo=UTC))
    assert "5. Dezember" in night
    assert "6. Dezember" in night
    assert BERLIN.days(date(2026, 12, 3), date(2026, 12, 5)).replace("\u2009", "") == "3.–5. Dez. 2026"


def test_numbers_are_written_as_usual() -> None:
    assert BERLIN.number(12345) == "12.345"
    assert BERLIN.number(0.25, 1) == "0,2"
    assert BERLIN.percent(0.25) == "25\u00a0%"
    assert BERLIN.list(["Wohnen", "Arbeit", "Schule"]) == "Wohnen, Arbeit und Schule"
    assert make_formatter("ar", "Europe/Berlin").date(START).endswith("2026")


def test_a_moment_without_zone_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="naive"):
        BERLIN.time(datetime(2026, 12, 5, 14, 0))  # noqa: DTZ001


@pytest.mark.parametrize("name", ["layout.pt", "macros.pt"])
def test_the_look_has_no_left_and_no_right(name: str) -> None:
    text = (Path(__file__).parents[2] / "templates" / name).read_text()
    assert "style=" not in text
