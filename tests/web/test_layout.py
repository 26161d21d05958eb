"""What surrounds every page."""

from collections.abc import Iterator

import pytest
from pyramid.request import Request
from pyramid.router import Router
from pyramid.security import NO_PERMISSION_REQUIRED

from fdplattform.config import configure
from fdplattform.settings import Settings
from fdplattform.testing.client import Client
from fdplattform.testing.html import soup
from fdplattform.web.pagination import Pages


@pytest.fixture(scope="session")
def spoken_router(migrated_app: Router, settings: Settings) -> Iterator[Router]:
    """The platform with a page that speaks on the next one."""
    config = configure(settings)

    def say(request: Request) -> str:
        request.flash("Gespeichert <b>")
        return "said"

    config.add_route("say", "/say")
    config.add_view(say, route_name="say", renderer="string", permission=NO_PERMISSION_REQUIRED)
    router = config.make_wsgi_app()
    yield router
    router.registry.engine.dispose()


def test_a_page_has_landmarks_one_heading_and_a_way_past_the_header(client: Client) -> None:
    html = soup(client.get("/gibt-es-nicht", status=404))
    assert len(html.find_all("h1")) == 1
    assert html.body.find("a")["href"] == "#main"
    assert html.find(id="main").name == "main"
    assert html.header
    assert html.footer
    for nav in html.find_all("nav"):
        assert nav["aria-label"]


def test_the_legal_pages_are_one_step_away(client: Client) -> None:
    footer = soup(client.get("/gibt-es-nicht", status=404)).footer
    links = {link["href"] for link in footer.find_all("a")}
    assert {"/impressum", "/datenschutz", "/barrierefreiheit", "/leichte-sprache"} <= links


def test_a_message_is_told_once_on_the_next_page(spoken_router: Router, app: Router) -> None:
    client = Client(spoken_router)
    client.get("/say")
    status = soup(client.get("/gibt-es-nicht", status=404)).find(role="status")
    assert status.get_text(strip=True) == "Gespeichert <b>"
    assert soup(client.get("/gibt-es-nicht", status=404)).find(role="status") is None


def test_messages_that_nobody_reads_do_not_pile_up(spoken_router: Router, app: Router) -> None:
    client = Client(spoken_router)
    for _time in range(200):
        client.get("/say")
    told = soup(client.get("/gibt-es-nicht", status=404)).get_text()
    assert 1 < told.count("Gespeichert <b>") < 200


def test_a_page_without_a_message_sets_no_cookie_for_it(client: Client) -> None:
    client.get("/gibt-es-nicht", status=404)
    assert "flash" not in client.cookies


def test_assets_are_kept_for_a_year_and_come_compressed(client: Client, app: Router) -> None:
    html = soup(client.get("/gibt-es-nicht", status=404))
    sheet = html.find("link", rel="stylesheet")["href"]
    # WebTest would unpack it.
    answer = Request.blank(sheet, headers={"Accept-Encoding": "gzip"}).get_response(app)
    assert answer.cache_control.max_age >= 364 * 24 * 3600
    assert answer.headers["Content-Encoding"] == "gzip"
    assert answer.body.startswith(b"\x1f\x8b")
    assert answer.content_type == "text/css"


def test_the_style_sheets_load_nothing_from_elsewhere(client: Client) -> None:
    for language in ("de", "ar"):
        html = soup(client.get(f"/gibt-es-nicht?lang={language}", status=404))
        sheet = client.get(html.find("link", rel="stylesheet")["href"]).text
        assert "http://" not in sheet.replace("http://www.w3.org/", "")
        assert "https://" not in sheet
        assert "@import" not in sheet


@pytest.mark.parametrize(
    ("asked", "expected"), [("2", 2), ("0", 1), ("-1", 1), ("999", 5), ("x", 1), ("²", 1), ("9" * 50, 1)]
)
def test_a_page_number_is_always_one_that_exists(asked: str, expected: int) -> None:
    request = Request.blank("/liste", query_string="")
    request.GET["page"] = asked
    pages = Pages.of(request, total=101)
    assert (pages.number, pages.count) == (expected, 5)


def test_long_lists_name_the_near_pages_and_the_ends() -> None:
    assert Pages(5, 250).shown == [1, None, 4, 5, 6, None, 10]
    assert Pages(1, 10).shown == [1]
    request = Request.blank("/liste?q=a&page=3")
    assert Pages(3, 250).href(request, 4) == "/liste?q=a&page=4"
