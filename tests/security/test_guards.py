"""The guards at the door: headers, forged requests, bodies, read-only mode."""

import time
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session
from webob import Request

from fdplattform.accounts.models import Account
from fdplattform.security.permissions import Role
from fdplattform.security.readonly import switch_off, switch_on
from fdplattform.testing.client import Client
from fdplattform.testing.clock import morning
from fdplattform.testing.factories import PASSWORD, Make


@pytest.fixture
def admin(make: Make, client: Client) -> Account:
    """Signed in."""
    account = make.account(Role.ADMIN)
    client.login(account)
    return account


PAGES = ["/", "/kommunen", "/anmelden", "/gibt-es-nicht", "/-/health", "/verwaltung/konto", "/einladung/falsch", "/%ff"]


@pytest.mark.parametrize("path", PAGES)
def test_every_answer_carries_the_headers(client: Client, path: str) -> None:
    headers = client.get(path, expect_errors=True).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "Permissions-Policy" in headers


def test_what_a_signed_in_person_sees_is_kept_nowhere(client: Client, admin: Account) -> None:
    assert client.get("/verwaltung/konto").headers["Cache-Control"] == "no-store"
    assert client.get("/kommunen").headers["Cache-Control"] == "no-store"


def test_without_the_token_a_form_is_refused(client: Client, admin: Account) -> None:
    answer = client.post("/abmelden", status=400)
    assert "<h1" in answer.text
    client.post("/abmelden", {"csrf_token": "0" * 32}, status=400)
    assert client.get("/verwaltung/konto").status_int == 200


def test_another_site_cannot_send_a_form_even_with_the_token(client: Client, admin: Account) -> None:
    token = client.get("/verwaltung/konto").forms["form"]["csrf_token"].value
    for origin in ("https://boese.example", "null", "http://localhost.boese.example"):
        client.post("/abmelden", {"csrf_token": token}, {"Origin": origin}, status=400)
    client.post("/abmelden", {"csrf_token": token}, {"Origin": "http://localhost"}, status=303)


def test_a_20_mb_body_is_refused_at_once(client: Client) -> None:
    body = b"email=" + b"x" * 20_000_000
    began = time.perf_counter()
    answer = client.post("/anmelden", body, status=413)
    assert time.perf_counter() - began < 2
    assert "<h1" in answer.text


class Unread:
    """A body that fails the test when somebody reads it."""

    def read(self, *_args: int) -> bytes:
        raise AssertionError("the body was read")

    readline = read


@pytest.mark.parametrize(("path", "beyond"), [("/anmelden", "max_body"), ("/gibt-es-nicht", "largest_body")])
def test_a_body_too_large_is_not_even_read(client: Client, path: str, beyond: str) -> None:
    limits = {"max_body": client.registry.fdp.max_body, "largest_body": client.registry.largest_body}
    environ = Request.blank(path, method="POST").environ
    environ.update({"wsgi.input": Unread(), "CONTENT_LENGTH": str(limits[beyond] + 1)})
    environ["CONTENT_TYPE"] = "application/x-www-form-urlencoded"
    assert Request(environ).get_response(client.app).status_int == 413


@pytest.fixture
def statements(client: Client) -> Iterator[list[str]]:
    """Every SQL statement of the application from now on."""
    found: list[str] = []

    def note(*args: Any) -> None:
        found.append(args[2])

    event.listen(client.registry.engine, "before_cursor_execute", note)
    yield found
    event.remove(client.registry.engine, "before_cursor_execute", note)


def test_without_a_cookie_nobody_asks_who_it_is(client: Client, statements: list[str]) -> None:
    client.get("/kommunen")
    assert statements
    assert [text for text in statements if "account" in text or "membership" in text] == []


def test_identity_and_roles_are_one_query(client: Client, admin: Account, statements: list[str]) -> None:
    client.get("/kommunen")
    assert len([text for text in statements if "account" in text or "membership" in text]) == 1


def test_in_read_only_mode_people_read_and_nobody_writes(client: Client, session: Session, make: Make) -> None:
    account = make.account()
    form = client.get("/anmelden").forms["form"]
    form["email"], form["password"] = account.email, PASSWORD
    switch_on(session, morning())
    session.commit()
    answer = form.submit("submit", status=503)
    assert "wird gerade aktualisiert" in answer.text
    assert int(answer.headers["Retry-After"]) > 0
    assert client.get("/kommunen").status_int == 200
    switch_on(session, morning())
    switch_off(session)
    session.commit()
    assert form.submit("submit").status_int == 303
