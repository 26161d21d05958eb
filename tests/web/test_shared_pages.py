"""Public pages are kept, are never old, and never somebody else's."""

from collections.abc import Iterator
from dataclasses import replace
from importlib.metadata import EntryPoint
from itertools import count
from typing import Any

import pytest
from pyramid.response import Response
from pyramid.router import Router
from sqlalchemy.orm import Session

from fdplattform.config import configure
from fdplattform.dialogues.services import unpublish
from fdplattform.journal.models import JournalEntry
from fdplattform.journal.revision import revision
from fdplattform.journal.services import SYSTEM, record
from fdplattform.security.permissions import Role
from fdplattform.settings import Settings
from fdplattform.testing.client import Client
from fdplattform.testing.clock import Clock
from fdplattform.testing.factories import Make
from fdplattform.testing.queries import queries
from fdplattform.testing.registration import sign_up
from fdplattform.web.shared_pages import FORM_AGE, MAX_AGE, Kept, SharedPages


@pytest.fixture(scope="module")
def keeping_apps(
    migrated_app: Router, settings: Settings, session_clock: Clock, plugin_points: list[EntryPoint]
) -> Iterator[list[Router]]:
    """Two processes' applications on one database, which keep pages."""
    apps = []
    for _number in range(2):
        config = configure(replace(settings, page_cache=100), plugin_points)
        config.add_route("counting", "/zaehlt")
        config.add_view(_counting, route_name="counting", permission="site:view", shared_page=True)
        app = config.make_wsgi_app()
        app.registry.clock = session_clock
        apps.append(app)
    yield apps
    for app in apps:
        app.registry.engine.dispose()


def _counting(request: Any) -> Response:
    """A page with another number each time it is made."""
    request.response.text = str(next(_numbers))
    if "merken" in request.GET:
        request.flash("Gemerkt.")
    return request.response


_numbers = count(1)


@pytest.fixture
def browser(app: Router, keeping_apps: list[Router], session: Session, clock: Clock) -> Client:
    """A browser at one process, in the middle of a period of MAX_AGE."""
    now = clock()
    clock.advance(seconds=MAX_AGE - now.timestamp() % MAX_AGE + 1)
    return Client(keeping_apps[0], session)


@pytest.fixture
def elsewhere(browser: Client, keeping_apps: list[Router], session: Session) -> Client:
    """A browser at the other process."""
    return Client(keeping_apps[1], session)


def asked(client: Client, path: str, **options: object) -> int:
    """How often a page asks the database."""
    with queries(client.registry.engine) as found:
        client.get(path, **options)
    return len(found)


def public_event(make: Make) -> str:
    return make.path(make.event(state="open", title="Auftakt")) + "/"


def test_the_second_reader_costs_one_query(make: Make, browser: Client) -> None:
    path = public_event(make)
    first = browser.get(path)
    assert asked(browser, path) == 1
    second = browser.get(path)
    assert second.body == first.body
    for name in ("Content-Security-Policy", "Content-Type", "Content-Language", "Vary"):
        assert second.headers[name] == first.headers[name]


def test_a_change_is_seen_at_once_by_every_process(
    make: Make, session: Session, browser: Client, elsewhere: Client
) -> None:
    event = make.event(state="open", title="Auftakt", capacity=10)
    path = make.path(event)
    for client in (browser, elsewhere):
        assert "<strong>10</strong>" in client.get(path + "/")
    sign_up(elsewhere, path)
    for client in (browser, elsewhere):
        client.reset()
        assert "<strong>9</strong>" in client.get(path + "/")


def test_an_unpublished_page_is_gone_at_once(make: Make, session: Session, browser: Client) -> None:
    dialogue = make.dialogue()
    path = make.path(dialogue) + "/"
    browser.get(path, status=200)
    unpublish(session, dialogue, actor=SYSTEM)
    session.commit()
    browser.get(path, status=404)


def test_what_time_alone_changes_is_seen_soon(make: Make, browser: Client, clock: Clock) -> None:
    event = make.event(state="open", starts_at=clock().replace(microsecond=0))
    path = make.path(event) + "/"
    browser.get(path)
    assert asked(browser, path) == 1
    clock.advance(seconds=MAX_AGE)
    assert asked(browser, path) > 1


def test_languages_queries_and_hosts_are_kept_apart(make: Make, browser: Client) -> None:
    path = public_event(make)
    german = browser.get(path, headers={"Accept-Language": "de"})
    arabic = browser.get(path, headers={"Accept-Language": "ar"})
    assert german.html.html["lang"] == "de"
    assert arabic.html.html["dir"] == "rtl"
    assert browser.get(path, headers={"Accept-Language": "de"}).body == german.body
    numbers = [browser.get("/zaehlt", {"seite": page}).text for page in (1, 2, 1, 2)]
    assert (numbers[0], numbers[1]) == (numbers[2], numbers[3])
    assert numbers[0] != numbers[1]
    assert browser.get("/zaehlt?seite=1", headers={"Host": "other.example"}).text not in numbers


def test_choosing_a_language_is_remembered_although_the_page_is_kept(make: Make, browser: Client) -> None:
    path = public_event(make)
    for _time in range(2):
        browser.reset()
        assert "lang=ar" in browser.get(path, {"lang": "ar"}).headers["Set-Cookie"]
    assert browser.get(path).html.html["lang"] == "ar"


def test_staff_get_pages_of_their_own_and_leave_none(make: Make, browser: Client, elsewhere: Client) -> None:
    path = public_event(make)
    admin = make.account(Role.ADMIN, name="Frau Klein")
    # One process has kept the page before she comes, the other makes its first page for her.
    browser.get(path)
    for client in (browser, elsewhere):
        client.login(admin)
        assert "Frau Klein" in client.get(path)
        client.reset()
        assert "Frau Klein" not in client.get(path)


def test_a_message_for_one_person_is_shown_to_that_person_only(browser: Client) -> None:
    made = browser.get("/zaehlt?merken=1")
    assert "flash" in made.headers["Set-Cookie"]
    browser.reset()
    assert browser.get("/zaehlt?merken=1").text != made.text


def test_a_page_made_for_somebody_with_cookies_is_not_kept(browser: Client) -> None:
    browser.set_cookie("csrf", "geheim")
    made = browser.get("/zaehlt?formular=1").text
    browser.reset()
    assert browser.get("/zaehlt?formular=1").text != made


def form_tokens(page: Any) -> tuple[str, str]:
    """The token against forged requests, and the one of the filled-in form."""
    csrf, token = (page.html.find("input", attrs={"name": name})["value"] for name in ("csrf_token", "token"))
    return csrf, token


def test_a_form_is_made_once_and_each_reader_gets_own_tokens(make: Make, browser: Client) -> None:
    path = f"{make.path(make.event(state='open'))}/anmelden"
    first = browser.get(path)
    browser.reset()
    with queries(browser.registry.engine) as found:
        second = browser.get(path)
    assert not found
    for one, other in zip(form_tokens(first), form_tokens(second), strict=True):
        assert one not in second.text
        assert other not in first.text
    assert f"csrf={form_tokens(second)[0]};" in second.headers["Set-Cookie"]
    # Who has a token already keeps it.
    third = browser.get(path)
    assert form_tokens(third)[0] == form_tokens(second)[0]
    assert form_tokens(third)[1] != form_tokens(second)[1]
    assert "Set-Cookie" not in third.headers


def test_two_people_register_with_forms_that_were_made_once(make: Make, session: Session, browser: Client) -> None:
    event = make.event(state="open", capacity=1)
    pages = []
    for _person in range(2):
        browser.reset()
        pages.append(sign_up(browser, make.path(event)))
    assert "Sie sind angemeldet" in pages[0]
    assert "Sie stehen auf der Warteliste" in pages[1]


def test_a_form_is_shown_anew_soon(make: Make, session: Session, browser: Client, clock: Clock) -> None:
    event = make.event(state="open", capacity=10)
    path = f"{make.path(event)}/anmelden"
    clock.advance(seconds=FORM_AGE - clock().timestamp() % FORM_AGE)
    assert "<strong>10</strong>" in browser.get(path)
    sign_up(browser, make.path(event))
    browser.reset()
    assert "<strong>10</strong>" in browser.get(path)
    clock.advance(seconds=FORM_AGE)
    assert "<strong>9</strong>" in browser.get(path)


def test_a_token_that_somebody_wrote_into_the_cookie_stays_text(make: Make, browser: Client) -> None:
    path = f"{make.path(make.event(state='open'))}/anmelden"
    browser.get(path)
    browser.reset()
    forged = "<b>x</b>"
    page = browser.get(path, headers={"Cookie": f"csrf={forged}"})
    assert forged not in page
    assert form_tokens(page)[0] == forged


def test_a_form_made_for_somebody_with_cookies_is_not_kept(make: Make, browser: Client) -> None:
    path = f"{make.path(make.event(state='open'))}/anmelden"
    browser.get(path, headers={"Cookie": "csrf=e"})
    assert form_tokens(browser.get(path))[0] != "e"
    browser.reset()
    assert asked(browser, path) == 0


def test_a_page_whose_form_is_not_offered_is_kept_as_any_other(
    make: Make, session: Session, browser: Client, clock: Clock
) -> None:
    event = make.event(state="open")
    path = f"{make.path(event)}/anmelden"
    clock.set(event.dates[0].starts_at)
    for queries_asked in (2, 1):
        browser.reset()
        assert asked(browser, path) >= queries_asked
    assert asked(browser, path) == 1
    record(session, "event:edit", actor=SYSTEM, event_id=event.id, payload={"title": "x"})
    session.commit()
    assert asked(browser, path) > 1


def test_personal_pages_are_never_kept(make: Make, browser: Client) -> None:
    path = make.path(make.event(state="open"))
    own = sign_up(browser, path).request.path
    for _reader in range(2):
        browser.reset()
        assert asked(browser, own) > 2


def test_a_broken_address_is_answered_as_ever(browser: Client) -> None:
    browser.get("/%ff", status=400)
    browser.get("/gibt-es-nicht", status=404)


def test_the_page_nobody_asked_for_longest_goes_first() -> None:
    pages = SharedPages(2)
    kept = Kept(((1, 1), 1), b"", ())
    for path in "ab":
        pages.put(("", path, "", ""), kept)
    assert pages.get(("", "a", "", ""), kept.stamp)
    pages.put(("", "c", "", ""), kept)
    assert pages.get(("", "a", "", ""), kept.stamp)
    assert pages.get(("", "b", "", ""), kept.stamp) is None
    assert pages.get(("", "a", "", ""), ((2, 1), 1)) is None


def test_an_entry_that_is_committed_late_changes_the_revision(make: Make, session: Session) -> None:
    event = make.event()
    record(session, "event:edit", actor=SYSTEM, event_id=event.id, payload={"title": "x"})
    session.commit()
    newest, _number = revision(session.connection())
    # PostgreSQL hands out ids before commits: an earlier id may appear after a later one.
    later, earlier = (
        JournalEntry(id=newest + step, at=event.created_at, tag="event:edit", actor_type="system") for step in (2, 1)
    )
    session.add(later)
    session.commit()
    before = revision(session.connection())
    session.add(earlier)
    session.commit()
    assert revision(session.connection()) != before
