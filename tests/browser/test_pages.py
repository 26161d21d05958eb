"""Every page that can be reached by links, as four kinds of people see it, in German and Arabic, wide and narrow."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po
from playwright.sync_api import Page, ViewportSize
from pyramid.router import Router

from fdplattform.cli.support.sample import make_demo
from fdplattform.municipalities.models import Municipality
from fdplattform.security.permissions import SITE_ROLES, Role
from fdplattform.testing.browser import accessibility_faults, overflows
from fdplattform.testing.client import Client
from fdplattform.testing.crawl import Crawl
from fdplattform.testing.registration import sign_up

pytestmark = [pytest.mark.browser, pytest.mark.backends("sqlite")]

WIDE, NARROW = ViewportSize(width=1280, height=900), ViewportSize(width=320, height=640)
DIRECTIONS = {"de": "ltr", "ar": "rtl"}
#: Pages of an event that each format makes its own.
OWN = {"", "schritte", "schritt", "bearbeiten", "eintrag", "listen", "unterlagen", "veranstaltung-anlegen"}
CATALOGUES = [*Path().glob("fdplattform/locale/*/*/*.po"), *Path().glob("plugins/*/*/locale/*/*/*.po")]
HOME = "/kommunen/musterstadt-beispiel"
#: The format for tests speaks English only: its pages are looked at, but not for their words.
PROBE = "probe"


@pytest.fixture
def demo(app: Router, session: Any, client: Client) -> Municipality:
    """The demo, with somebody who has a place and a group."""
    dialogue = make_demo(session, app.registry, app.registry.clock())
    session.commit()
    municipality: Municipality = session.get_one(Municipality, dialogue.municipality_id)
    sign_up(
        client, f"{HOME}/{dialogue.slug}/forum-zusammen-leben-in-musterstadt", name="Amal", people=3, phone="0711 1"
    )
    return municipality


def kind_of(path: str) -> str:
    """Pages of the same kind differ in numbers, in the values of questions, and, mostly, in the event."""
    place, _mark, query = path.partition("?")
    steps = [re.sub(r"^\d+$", "N", step) for step in place.strip("/").split("/")]
    if len(steps) > 4 and steps[0] == "kommunen" and steps[4] not in OWN:
        steps[3] = "EVENT"
    names = query if "format=" in query else re.sub(r"=[^&]*", "", query)
    return f"{'/'.join(steps)}?{names}"


@cache
def english(language: str) -> frozenset[str]:
    """The messages that have a translation which differs: none of them may stand on a page."""
    found = set()
    for path in CATALOGUES:
        if path.parts[-3] == language:
            with path.open("rb") as file:
                found |= {str(each.id) for each in read_po(file) if each.id and each.string and each.string != each.id}
    return frozenset(found)


@dataclass(frozen=True)
class Visit:
    """Somebody, where the walk begins, and beyond which part of the platform it does not go."""

    role: Role | None
    start: tuple[str, ...]
    within: str = "/"


VISITS = (
    Visit(None, ("/", HOME)),
    Visit(Role.COORDINATOR, ("/verwaltung", HOME)),
    Visit(Role.PROGRAMME_OFFICE, ("/verwaltung", "/kommunen"), "/verwaltung"),
    Visit(Role.ADMIN, ("/verwaltung",), "/verwaltung"),
)


@pytest.mark.parametrize("visit", VISITS, ids=lambda visit: visit.role or "anonymous")
@pytest.mark.parametrize("language", DIRECTIONS)
def test_every_page_can_be_read(
    make: Any, meet: Any, demo: Municipality, address: str, visit: Visit, language: str
) -> None:
    account = visit.role and make.account(visit.role, None if visit.role in SITE_ROLES else demo)
    page = meet(account, language=language).page
    crawl = Crawl(page, address, language, kind_of, visit.within)
    for path, facts in crawl.pages(*visit.start):
        faults = [*said_wrong(facts, language), *wider_than_the_screen(page)]
        if PROBE not in path:
            faults += [f"not translated: {text}" for text in english(language).intersection(facts["texts"])]
        if language == "de":  # A template's structure is the same in every language.
            faults += accessibility_faults(page)
        crawl.faults += [f"{path}: {fault}" for fault in faults]
    assert "\n".join(crawl.faults) == ""


def said_wrong(facts: dict[str, Any], language: str) -> Iterator[str]:
    """What the page's headings and labels lack."""
    if facts["headings"] != 1:
        yield f"{facts['headings']} main headings"
    if (facts["language"], facts["direction"]) != (language, DIRECTIONS[language]):
        yield f"is marked as {facts['language']} {facts['direction']}"
    yield from (f"a control without a label: {control}" for control in facts["nameless"])


def wider_than_the_screen(page: Page) -> Iterator[str]:
    """Widths at which one would have to scroll sideways. The page is left narrow, as axe shall see it."""
    for size in (WIDE, NARROW):
        page.set_viewport_size(size)
        if overflows(page):
            yield f"wider than {size['width']} px"
