"""Whatever a page shows somebody as a link leads somewhere: never to "you may not" or "not here"."""

import re
from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup
from pyramid.router import Router
from sqlalchemy import select
from sqlalchemy.orm import Session

from fdplattform.cli.support.sample import SLUG, make_demo
from fdplattform.daylinks.services import add_link, token_of
from fdplattform.events.models import Event, EventDate
from fdplattform.journal.services import SYSTEM
from fdplattform.municipalities.models import Municipality
from fdplattform.security.permissions import SITE_ROLES, Role
from fdplattform.testing.client import Client
from fdplattform.testing.clock import Clock
from fdplattform.testing.factories import Make

STARTS = ("/verwaltung", f"/kommunen/{SLUG}")
ANY_LINK = "a[href]"
#: Deputies may do what coordinators may, who walk through all pages in a browser (`tests/browser/test_pages.py`).
TOOL_BAR = "nav.toolbar a[href], main .card h3 a[href], main .card h2 a[href]"
FINE = {200, 303}


@pytest.fixture
def demo(app: Router, session: Session, clock: Clock) -> Municipality:
    """The municipality of the demo, with an event in each format."""
    make_demo(session, app.registry, clock())
    session.commit()
    return session.scalars(select(Municipality).where(Municipality.slug == SLUG)).one()


def walk(client: Client, *starts: str, follow: str = ANY_LINK) -> Iterator[tuple[str, int, str]]:
    """Every page that is linked, once for each kind: its path, what it answers, and the page that links to it."""
    waiting, seen = [(start, "the start") for start in starts], set()
    while waiting:
        path, source = waiting.pop()
        if kind_of(path) in seen:
            continue
        seen.add(kind_of(path))
        answer = client.get(path, status="*")
        yield path, answer.status_int, source
        if answer.status_int == 200 and answer.content_type == "text/html":
            waiting += [(link, path) for link in links_on(path, answer.html, follow)]


def links_on(path: str, page: BeautifulSoup, follow: str) -> list[str]:
    """The links of the page that stay on the site, in one language."""
    found = [urlsplit(urljoin(f"http://localhost{path}", tag["href"])) for tag in page.select(follow)]
    inside = [parts for parts in found if parts.scheme == "http" and parts.netloc == "localhost"]
    return [
        f"{parts.path}?{parts.query}" if parts.query else parts.path for parts in inside if "lang=" not in parts.query
    ]


def kind_of(path: str) -> str:
    """Pages that differ in a number or in the values of their query are of one kind, in each event."""
    parts = urlsplit(path)
    names = sorted(re.findall(r"(?:^|&)(\w+)=", parts.query))
    return f"{re.sub(r'/[0-9]+', '/1', parts.path.rstrip('/'))}?{'&'.join(names)}"


@pytest.mark.parametrize(
    ("role", "follow"), [(Role.DEPUTY, TOOL_BAR), (Role.FACILITATOR, ANY_LINK), (Role.PROGRAMME_OFFICE, ANY_LINK)]
)
def test_every_link_leads_somewhere(client: Client, make: Make, demo: Municipality, role: Role, follow: str) -> None:
    client.login(make.account(role, None if role in SITE_ROLES else demo))
    answers = list(walk(client, *STARTS, follow=follow))
    assert len(answers) > 40
    assert [answer for answer in answers if answer[1] not in FINE] == []


def test_every_link_leads_somewhere_with_a_link_for_the_day(
    app: Router, client: Client, make: Make, demo: Municipality, session: Session, clock: Clock
) -> None:
    now, secret = clock(), app.registry.fdp.secret
    query = (
        select(Event, EventDate)
        .join(EventDate)
        .where(EventDate.starts_at > now, Event.format_id == "grossgruppenforum")
    )
    event, date = session.execute(query).one()
    token = token_of(secret, add_link(session, event, date, "Tisch 3", secret=secret, actor=SYSTEM, now=now).seed)
    session.commit()
    clock.set(date.starts_at - timedelta(hours=1))
    client.get(f"/tageslink/{token}").forms["form"].submit()
    answers = list(walk(client, make.path(event)))
    assert {path.rpartition("/")[2] for path, _status, _source in answers} >= {"anwesenheit", "ergebnisse", "ablauf"}
    assert [answer for answer in answers if answer[1] not in FINE] == []
