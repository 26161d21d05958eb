"""One Chromium for all tests of this folder, the application served live, and people in front of it."""

import email
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.policy import default
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from pyramid.router import Router

from fdplattform.accounts.models import Account
from fdplattform.accounts.services.sessions import open_session
from fdplattform.jobs.worker import Worker
from fdplattform.security.cookie import cookie_name
from fdplattform.testing.browser import served
from fdplattform.testing.clock import Clock
from fdplattform.testing.people import Person


@pytest.fixture
def address(app: Router) -> Iterator[str]:
    """The application, answering on a port."""
    with served(app) as url:
        yield url


Meet = Callable[..., Person]


@pytest.fixture
def meet(browser: Browser, app: Router, address: str) -> Iterator[Meet]:
    """`meet()` is somebody at a desk; `meet(account)` is signed in; `meet(phone=True, scripts=False, language="ar")`.

    Whatever their browsers complain about fails the test.
    """
    people: list[Person] = []

    def come(
        account: Account | None = None, *, phone: bool = False, scripts: bool = True, language: str = "de"
    ) -> Person:
        context = browser.new_context(
            viewport={"width": 360, "height": 740} if phone else {"width": 1280, "height": 900},
            java_script_enabled=scripts,
            locale=language,
        )
        if account is not None:
            context.add_cookies([_signed_in(app, account, address)])
        people.append(Person(context, address))
        return people[-1]

    yield come
    for person in people:
        # pytest shows it when the test fails: where each of them was in the end.
        sys.stdout.write(f"{person.page.url}: {person.page.inner_text('main')}\n")
        person.page.context.close()
    assert [person.complaints for person in people if person.complaints] == []


def _signed_in(app: Router, account: Account, address: str) -> dict[str, str]:
    with app.registry.sessions.begin() as session:
        token = open_session(session, account.id, "Test", app.registry.clock())
    return {"name": cookie_name(app.registry.fdp), "value": token, "url": address}


@contextmanager
def new_mail(mailbox: Path) -> Iterator[list[str]]:
    """The bodies of the mails that arrive in the block, after it."""
    before = set(mailbox.glob("*.eml"))
    arrived: list[str] = []
    yield arrived
    for path in sorted(set(mailbox.glob("*.eml")) - before):
        message = email.message_from_bytes(path.read_bytes(), policy=default)
        body = message.get_body(("plain",))
        arrived.append(f"{message['To']}\n{message['Subject']}\n{body.get_content() if body else ''}")


@pytest.fixture
def mails(app: Router, clock: Clock, mailbox: Path) -> Callable[[], list[str]]:
    """Let the worker send what is waiting, and return the new mails: recipient, subject and text."""

    def deliver() -> list[str]:
        with new_mail(mailbox) as arrived:
            Worker(app.registry, clock).drain()
        return arrived

    return deliver
