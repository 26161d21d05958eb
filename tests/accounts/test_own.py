"""One's own account: profile, password, second factor, devices, and the way out."""

import pyotp
import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fdplattform.accounts.models import Account, AccountSession, Membership, RecoveryCode
from fdplattform.accounts.services.second_factor import RECOVERY_CODES
from fdplattform.jobs.models import Job
from fdplattform.journal.models import JournalEntry
from fdplattform.security.permissions import Role
from fdplattform.testing.client import Client
from fdplattform.testing.clock import Clock
from fdplattform.testing.factories import PASSWORD, Make

OWN = "/verwaltung/konto/"
NEW = "lauter neue Wörter hier"


@pytest.fixture
def account(make: Make, client: Client) -> Account:
    """Signed in; another admin exists, so that this one may go."""
    make.account(Role.ADMIN, name="Zweite Admin")
    account = make.account(Role.ADMIN, name="Ayşe Koç", email="koc@example.org")
    client.login(account)
    return account


def fresh(session: Session, account: Account) -> Account:
    session.rollback()
    session.expire_all()
    return session.get_one(Account, account.id)


def test_the_profile_is_changed_and_the_old_address_told(client: Client, session: Session, account: Account) -> None:
    form = client.get(OWN).forms["form"]
    form["name"], form["email"] = "Ayşe Koç-Müller", "Koc-Mueller@Example.org"
    form.submit("submit", status=303)
    now = fresh(session, account)
    assert (now.name, now.email) == ("Ayşe Koç-Müller", "koc-mueller@example.org")
    assert [job.payload["to"] for job in session.scalars(select(Job))] == ["koc@example.org"]


def test_a_taken_address_is_refused_at_its_field(client: Client, make: Make, account: Account) -> None:
    make.account(email="vergeben@example.org")
    form = client.get(OWN).forms["form"]
    form["email"] = "Vergeben@example.org"
    page = form.submit("submit", status=422)
    assert page.forms["form"]["email"].attrs["aria-invalid"] == "true"


def test_two_windows_do_not_overwrite_each_other(client: Client, session: Session, account: Account) -> None:
    first, second = client.get(OWN).forms["form"], client.get(OWN).forms["form"]
    first["name"] = "Erste"
    first.submit("submit", status=303)
    second["name"] = "Zweite"
    page = second.submit("submit", status=409)
    page.mustcontain("Erste", "Zweite")
    assert fresh(session, account).name == "Erste"


def test_a_new_password_signs_the_other_devices_out(client: Client, session: Session, account: Account) -> None:
    other = Client(client.app)
    other.login(account)
    form = client.get(f"{OWN}passwort").forms["form"]
    form["current"], form["password"] = PASSWORD, NEW
    form.submit("submit", status=303)
    assert client.get(OWN).status_int == 200
    assert other.get(OWN).status_int == 303
    assert fresh(session, account).password_hash.startswith("$argon2id$")


def test_without_the_old_password_there_is_no_new_one(client: Client, session: Session, account: Account) -> None:
    before = account.password_hash
    for _attempt in range(client.registry.fdp.limit_login_account):
        form = client.get(f"{OWN}passwort").forms["form"]
        form["current"], form["password"] = "geraten geraten", NEW
        form.submit("submit", status=422)
    form["current"] = PASSWORD
    assert form.submit("submit", expect_errors=True).status_int == 429
    assert fresh(session, account).password_hash == before


def test_a_device_is_signed_out_at_once(client: Client, session: Session, account: Account) -> None:
    other = Client(client.app)
    other.login(account)
    page = client.get(OWN)
    number = page.html.select_one("td button[name=device]")["value"]
    csrf = page.forms["form"]["csrf_token"].value
    client.post(f"{OWN}abmelden", {"device": number, "csrf_token": csrf}, status=303)
    assert other.get(OWN).status_int == 303
    assert client.get(OWN).status_int == 200


def test_nobody_signs_out_somebody_elses_device(client: Client, session: Session, make: Make, account: Account) -> None:
    stranger, other = make.account(), Client(client.app)
    other.login(stranger)
    number = session.scalars(select(AccountSession.id).where(AccountSession.account_id == stranger.id)).one()
    csrf = client.get(OWN).forms["form"]["csrf_token"].value
    for forged in (str(number), "", "x", "9" * 40):
        client.post(f"{OWN}abmelden", {"device": forged, "csrf_token": csrf}, status=404)
    assert other.get(OWN).status_int == 200


def test_the_second_factor_is_turned_on_with_its_first_code(
    client: Client, session: Session, account: Account, clock: Clock
) -> None:
    page = client.get(f"{OWN}zweiter-faktor")
    assert "<svg" in page.text
    assert "style=" not in page.text
    secret = page.html.select_one("code").text.replace(" ", "")
    form = page.forms["form"]
    form["code"] = "000000"
    again = form.submit("submit", status=422)
    assert again.html.select_one("code").text.replace(" ", "") == secret
    form = again.forms["form"]
    form["code"] = pyotp.TOTP(secret).at(clock())
    codes = [item.text for item in form.submit("submit", status=200).html.select("ol.codes code")]
    assert len(codes) == RECOVERY_CODES
    stored = session.scalars(select(RecoveryCode.code_hash)).all()
    assert not set(codes) & set(stored)
    # Shown once only.
    assert codes[0] not in client.get(OWN).text


def test_the_second_factor_is_turned_off_with_the_password(
    client: Client, session: Session, account: Account, clock: Clock
) -> None:
    test_the_second_factor_is_turned_on_with_its_first_code(client, session, account, clock)
    form = client.get(f"{OWN}zweiter-faktor-aus").forms["form"]
    form["current"] = "geraten geraten"
    form.submit("submit", status=422)
    form["current"] = PASSWORD
    form.submit("submit", status=303)
    assert fresh(session, account).totp_secret is None


def test_leaving_erases_the_person(client: Client, session: Session, account: Account) -> None:
    number = account.id
    form = client.get(f"{OWN}loeschen").forms["form"]
    form["current"] = PASSWORD
    form.submit("submit", status=303)
    session.rollback()
    session.expunge_all()
    assert session.get(Account, number) is None
    for model in (Membership, AccountSession):
        assert session.scalar(select(func.count()).select_from(model).where(model.account_id == number)) == 0
    named = session.scalars(select(JournalEntry).where(JournalEntry.actor_id == number)).all()
    assert named
    assert {entry.actor_name for entry in named} == {""}
    everything = " ".join(str(entry.payload) for entry in session.scalars(select(JournalEntry)))
    assert "Ayşe Koç" not in everything
    assert client.get(OWN).status_int == 303


def test_the_last_admin_cannot_leave(client: Client, session: Session, make: Make) -> None:
    only = make.account(Role.ADMIN)
    client.login(only)
    form = client.get(f"{OWN}loeschen").forms["form"]
    form["current"] = PASSWORD
    form.submit("submit", status=409)
    assert fresh(session, only).email == only.email
