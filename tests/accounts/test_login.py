"""Signing in and out, as in a browser."""

from typing import Any

import pyotp
import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from webtest import TestResponse

from fdplattform.accounts.models import Account, AccountSession
from fdplattform.accounts.services.second_factor import STEP, Vault, enable, offer, offered_secret
from fdplattform.journal.models import JournalEntry
from fdplattform.security.models import RateCounter
from fdplattform.security.permissions import Role
from fdplattform.settings import Settings
from fdplattform.testing.client import Client
from fdplattform.testing.clock import Clock, morning
from fdplattform.testing.factories import PASSWORD, Make

COOKIE = "anmeldung"


def sign_in(client: Client, email: str, password: str = PASSWORD, path: str = "/anmelden") -> TestResponse:
    form = client.get(path).forms["form"]
    form["email"] = email
    form["password"] = password
    return form.submit("submit", expect_errors=True)


@pytest.fixture
def account(make: Make) -> Account:
    return make.account(Role.ADMIN, email="frau.koc@musterstadt.example", name="Ayşe Koç")


@pytest.fixture
def secret(session: Session, account: Account, settings: Settings) -> str:
    """The account's second factor."""
    vault = Vault(settings.secret)
    sealed = offer(vault, account.id)
    secret = offered_secret(vault, account.id, sealed)
    # Turned on two steps ago, so that the code of this moment is fresh.
    now = morning()
    before = now.replace(microsecond=0).timestamp() - 2 * STEP
    moment = now.fromtimestamp(before, tz=now.tzinfo)
    enable(session, vault, account, sealed, pyotp.TOTP(secret).at(moment), moment)
    session.commit()
    return secret


def count(session: Session, model: type, *conditions: Any) -> int:
    return session.scalar(select(func.count()).select_from(model).where(*conditions)) or 0


def test_signs_in_and_out(client: Client, account: Account, session: Session) -> None:
    answer = sign_in(client, " Frau.Koc@Musterstadt.example ")
    assert answer.status_int == 303
    assert answer.location == "http://localhost/verwaltung"
    page = client.get("/verwaltung/konto")
    page.mustcontain("Ayşe Koç")
    assert count(session, JournalEntry, JournalEntry.tag == "account:log_in") == 1

    page.forms[0].submit() if page.forms[0].action == "/abmelden" else client.post(
        "/abmelden", {"csrf_token": page.forms["form"]["csrf_token"].value}
    )
    assert client.get("/verwaltung/konto", status=303).location.startswith("http://localhost/anmelden?weiter=")


def test_the_cookie_is_out_of_reach_for_scripts_and_other_sites(client: Client, account: Account) -> None:
    cookies = sign_in(client, account.email).headers.getall("Set-Cookie")
    cookie = next(text for text in cookies if text.startswith(COOKIE))
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Path=/" in cookie


def test_only_a_hash_of_the_token_is_stored(client: Client, account: Account, session: Session) -> None:
    sign_in(client, account.email)
    assert client.cookies[COOKIE] not in session.scalars(select(AccountSession.token_hash)).all()


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("frau.koc@musterstadt.example", "falsch falsch falsch"),
        ("niemand@musterstadt.example", PASSWORD),
        ("frau.koc@musterstadt.example", PASSWORD.upper()),
    ],
)
def test_every_refusal_says_the_same(client: Client, account: Account, email: str, password: str) -> None:
    answer = sign_in(client, email, password)
    assert answer.status_int == 422
    assert "passen nicht zusammen" in answer.text
    assert answer.forms["form"]["email"].value == email
    assert PASSWORD not in answer.text
    assert COOKIE not in client.cookies


def test_a_locked_account_does_not_sign_in(client: Client, account: Account, session: Session) -> None:
    account.disabled_at = morning()
    session.commit()
    assert sign_in(client, account.email).status_int == 422


def test_goes_on_to_where_one_wanted_to_go(client: Client, account: Account) -> None:
    answer = sign_in(client, account.email, path="/anmelden?weiter=/verwaltung/konto%3Fx%3D1")
    assert answer.location == "http://localhost/verwaltung/konto?x=1"


@pytest.mark.parametrize(
    "elsewhere",
    ["https://boese.example", "//boese.example", "/%5Cboese.example", "javascript:alert(1)", "/%09/boese.example"],
)
def test_never_goes_on_to_another_site(client: Client, account: Account, elsewhere: str) -> None:
    answer = sign_in(client, account.email, path=f"/anmelden?weiter={elsewhere}")
    assert answer.location == "http://localhost/verwaltung"


def test_the_31st_attempt_from_an_address_is_refused(
    client: Client, account: Account, session: Session, settings: Settings, clock: Clock
) -> None:
    for number in range(settings.limit_login):
        assert sign_in(client, f"person{number}@example.org", "falsch falsch falsch").status_int == 422
    refused = sign_in(client, account.email)
    assert refused.status_int == 429
    assert 0 < int(refused.headers["Retry-After"]) <= 3600
    # What was refused is not rolled back, and no address is stored.
    counter = session.scalars(select(RateCounter).where(RateCounter.rule == "login")).one()
    assert counter.count == settings.limit_login + 1
    assert "127.0.0.1" not in counter.source
    # Whoever finds another spelling of the path stands before the same door.
    token = client.get("/anmelden").forms["form"]["csrf_token"].value
    client.post("//anmelden", {"csrf_token": token}, status=[404, 429])
    clock.advance(hours=1, seconds=1)
    assert sign_in(client, account.email).status_int == 303


def test_an_account_is_guarded_whatever_the_address(client: Client, account: Account, settings: Settings) -> None:
    for number in range(settings.limit_login_account):
        client.extra_environ["REMOTE_ADDR"] = f"192.0.2.{number}"
        assert sign_in(client, account.email, "falsch falsch falsch").status_int == 422
    client.extra_environ["REMOTE_ADDR"] = "192.0.2.200"
    assert sign_in(client, account.email.upper()).status_int == 429
    assert sign_in(client, "jemand@example.org", "falsch falsch falsch").status_int == 422


def test_who_signs_in_rightly_is_never_locked_out(client: Client, account: Account, settings: Settings) -> None:
    for number in range(settings.limit_login_account + 2):
        client.extra_environ["REMOTE_ADDR"] = f"192.0.2.{number}"
        client.reset()
        assert sign_in(client, account.email).status_int == 303


def test_the_second_factor_is_owed(client: Client, account: Account, secret: str) -> None:
    answer = sign_in(client, account.email)
    assert "/anmelden/code" in answer.location
    # The password alone opens nothing.
    assert client.get("/verwaltung/konto").status_int == 303
    form = answer.follow().forms["form"]
    form["code"] = pyotp.TOTP(secret).at(morning())
    assert form.submit("submit").status_int == 303
    assert client.get("/verwaltung/konto").status_int == 200


def test_a_code_is_refused_the_second_time(client: Client, account: Account, secret: str, clock: Clock) -> None:
    clock.set(clock().replace(second=5, microsecond=0))
    code = pyotp.TOTP(secret).at(clock())
    form = sign_in(client, account.email).follow().forms["form"]
    form["code"] = code
    form.submit("submit", status=303)
    client.logout()
    form = sign_in(client, account.email).follow().forms["form"]
    form["code"] = code
    assert form.submit("submit", expect_errors=True).status_int == 422
    assert client.get("/verwaltung/konto").status_int == 303


def test_codes_cannot_be_tried_out(client: Client, account: Account, secret: str, settings: Settings) -> None:
    for number in range(settings.limit_login_account):
        if number % 4 == 0:
            client.logout()
            page = sign_in(client, account.email).follow()
        form = page.forms["form"]
        form["code"] = "000000"
        page = form.submit("submit", status=422)
    form["code"] = pyotp.TOTP(secret).at(morning())
    assert form.submit("submit", expect_errors=True).status_int == 429


def test_the_second_factor_may_not_take_for_ever(client: Client, account: Account, secret: str, clock: Clock) -> None:
    form = sign_in(client, account.email).follow().forms["form"]
    clock.advance(minutes=11)
    form["code"] = pyotp.TOTP(secret).at(clock())
    answer = form.submit("submit")
    assert answer.status_int == 303
    assert answer.location == "http://localhost/anmelden"


def test_a_session_ends(client: Client, account: Account, clock: Clock) -> None:
    sign_in(client, account.email)
    clock.advance(days=13)
    assert client.get("/verwaltung/konto").status_int == 200
    clock.advance(days=2)
    assert client.get("/verwaltung/konto").status_int == 303


def test_reading_writes_nothing(client: Client, account: Account, session: Session, clock: Clock) -> None:
    client.login(account)
    before = session.scalars(select(AccountSession.last_seen_at)).one()
    clock.advance(hours=3)
    token = client.get("/verwaltung/konto").forms["form"]["csrf_token"].value
    session.rollback()
    assert session.scalars(select(AccountSession.last_seen_at)).one() == before
    client.post("/verwaltung/konto/abmelden", {"device": "others", "csrf_token": token}, status=303)
    session.rollback()
    assert session.scalars(select(AccountSession.last_seen_at)).one() > before
