"""Forms in a real browser: accessibility, keyboard, narrow screens, the strict content security policy."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from pyramid.router import Router

from fdplattform.testing.browser import accessibility_faults, overflows, served

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(demo_router: Router) -> Iterator[str]:
    with served(demo_router) as url:
        yield url


@contextmanager
def phone(browser: Browser, *, scripts: bool) -> Iterator[Page]:
    """A screen 320 pixels wide. Complaints of the browser fail the test."""
    context = browser.new_context(viewport={"width": 320, "height": 640}, java_script_enabled=scripts)
    page = context.new_page()
    page.set_default_timeout(10_000)
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if "422" not in message.text else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert not complaints


@pytest.fixture(autouse=True)
def people(demo: Any) -> None:
    demo.values = {"people": [{"name": "Ali"}, {"name": "Eva"}]}


@pytest.fixture
def screen(browser: Browser) -> Iterator[Page]:
    """A phone. axe runs in the page and so needs scripts."""
    with phone(browser, scripts=True) as page:
        yield page


@pytest.fixture(params=[True, False], ids=["scripts", "no scripts"])
def either_screen(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """A phone with and without JavaScript."""
    with phone(browser, scripts=request.param) as page:
        yield page


@pytest.mark.parametrize("language", ["de", "ar"])
def test_the_form_is_accessible_and_fits(screen: Page, address: str, language: str) -> None:
    screen.goto(f"{address}/demo/form?lang={language}")
    assert accessibility_faults(screen) == []
    assert not overflows(screen)
    screen.locator("form#form .buttons button").click()
    screen.wait_for_selector(".form-errors")
    assert accessibility_faults(screen) == []
    assert not overflows(screen)


def test_the_summary_has_the_focus_and_leads_to_the_field(screen: Page, address: str) -> None:
    screen.goto(f"{address}/demo/form?lang=de")
    screen.locator("form#form .buttons button").click()
    screen.wait_for_selector(".form-errors:focus")
    screen.keyboard.press("Tab")
    screen.keyboard.press("Enter")
    assert screen.evaluate("document.activeElement.name") == "title"


def test_a_list_is_changed_with_the_keyboard_alone(either_screen: Page, address: str) -> None:
    either_screen.goto(f"{address}/demo/form?lang=de")
    either_screen.get_by_role("button", name="Hinzufügen: Person").focus()
    either_screen.keyboard.press("Enter")
    either_screen.wait_for_selector("ol > li:nth-child(3) input[name=name]:focus")
    either_screen.keyboard.type("Neu")
    either_screen.get_by_role("button", name="Nach oben Personen 3").focus()
    either_screen.keyboard.press("Space")
    either_screen.wait_for_selector("ol > li:nth-child(2) input[name=name]:focus")
    names = either_screen.locator("input[name=name]").evaluate_all("inputs => inputs.map(input => input.value)")
    assert names == ["Ali", "Neu", "Eva"]


def test_enter_in_a_field_sends_the_form(either_screen: Page, address: str, demo: Any) -> None:
    either_screen.goto(f"{address}/demo/form?lang=de")
    either_screen.get_by_label("Titel").fill("Mit Enter")
    either_screen.get_by_label("Gut").check()
    either_screen.get_by_label("Einverstanden").check()
    either_screen.get_by_label("Titel").press("Enter")
    either_screen.wait_for_url("**/demo/danke")
    assert demo.received["title"] == "Mit Enter"
    assert [person["name"] for person in demo.received["people"]] == ["Ali", "Eva"]
