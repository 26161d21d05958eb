"""With the keyboard alone: the skip link, a visible focus, menus that open and close."""

from typing import Any

import pytest

from fdplattform.events.models import Event
from fdplattform.security.permissions import Role

pytestmark = [pytest.mark.browser, pytest.mark.backends("sqlite")]

#: The focused element, unless an outline or a shadow shows that it is. Behind the last one is the body.
MARKED = """() => {
    if (document.activeElement === document.body) return null;
    const style = getComputedStyle(document.activeElement);
    const outlined = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
    return outlined || style.boxShadow !== 'none' ? null : document.activeElement.outerHTML.slice(0, 120);
}"""


@pytest.fixture
def forum(make: Any) -> Event:
    """A forum that is announced."""
    event: Event = make.event(format_id="grossgruppenforum", state="invited", capacity=4)
    return event


def test_the_skip_link_comes_first_and_leads_to_the_content(make: Any, meet: Any, forum: Event) -> None:
    person = meet()
    person.go(make.path(forum))
    person.page.keyboard.press("Tab")
    skip = person.page.locator(":focus")
    assert skip.inner_text() == "Zum Inhalt springen"
    assert skip.is_visible()
    person.page.keyboard.press("Enter")
    person.page.keyboard.press("Tab")
    assert person.page.evaluate("document.querySelector('main').contains(document.activeElement)")


@pytest.mark.parametrize("path", ["", "/anmelden", "/schritte"])
def test_one_always_sees_where_the_focus_is(make: Any, meet: Any, forum: Event, path: str) -> None:
    person = meet(make.account(Role.ADMIN))
    person.go(make.path(forum) + path)
    stops = person.page.locator("a[href], button, input:not([type=hidden]), select, textarea, summary").count()
    invisible = []
    for _stop in range(min(stops, 40)):
        person.page.keyboard.press("Tab")
        invisible.append(person.page.evaluate(MARKED))
    assert [element for element in invisible if element] == []


def test_a_menu_opens_and_closes_with_the_keyboard(make: Any, meet: Any, forum: Event) -> None:
    person = meet()
    person.go(make.path(forum))
    menu = person.page.locator("details.menu").first
    menu.locator("summary").focus()
    person.page.keyboard.press("Enter")
    assert menu.get_by_role("link", name="العربية").is_visible()
    person.page.keyboard.press("Escape")
    assert not menu.get_by_role("link", name="العربية").is_visible()
    assert person.page.evaluate("document.activeElement.tagName") == "SUMMARY"
    person.page.keyboard.press("Space")
    person.page.keyboard.press("Tab")
    person.page.keyboard.press("Tab")
    person.page.keyboard.press("Tab")
    person.page.keyboard.press("Enter")
    person.page.wait_for_load_state()
    assert person.page.locator("html").get_attribute("dir") == "rtl"
