"""The admin's pages about all accounts."""

from typing import Any

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from fdplattform.accounts.models import Account, Membership, OneTimeLink
from fdplattform.jobs.models import Job
from fdplattform.security.permissions import Role
from fdplattform.testing.client import Client
from fdplattform.testing.factories import Make

ALL = "/verwaltung/konten/"


@pytest.fixture
def admin(make: Make, client: Client) -> Account:
    """Signed in."""
    account = make.account(Role.ADMIN, name="Die Admin")
    client.login(account)
    return account


def csrf(client: Client) -> str:
    return str(client.get(f"{ALL}einladen").forms["form"]["csrf_token"].value)


def test_finds_people_by_part_of_name_or_address(client: Client, make: Make, admin: Account) -> None:
    make.account(Role.COORDINATOR, make.municipality("Musterstadt"), name="Zoë Ö'Brien 100%", email="zoe@example.org")
    make.account(name="Jemand anders", email="anders@example.org")
    for text in ("ö'bri", "zoe@", "100%", "Brien"):
        page = client.get(ALL, {"q": text})
        page.mustcontain("Brien 100%", "Musterstadt", no=["Jemand anders"])
    assert "Jemand anders" not in client.get(ALL, {"q": "%"}).text
    assert client.get(ALL, {"q": "gibt es nicht"}).html.select_one(".empty")


def test_invites_to_the_office(client: Client, session: Session, admin: Account) -> None:
    data = {"__formid__": "form", "email": "buero@example.org", "role": "programme_office", "csrf_token": csrf(client)}
    client.post(f"{ALL}einladen", data, status=303).follow().mustcontain("buero@example.org")
    link = session.scalars(select(OneTimeLink)).one()
    assert (link.role, link.municipality_id) == (Role.PROGRAMME_OFFICE, None)


def test_locks_and_unlocks(client: Client, make: Make, admin: Account) -> None:
    person, theirs = make.account(), Client(client.app)
    theirs.login(person)
    token = {"csrf_token": csrf(client)}
    client.post(f"{ALL}{person.id}/sperren", token, status=303)
    assert theirs.get("/verwaltung/konto/").status_int == 303
    client.get(ALL).mustcontain("gesperrt")
    client.post(f"{ALL}{person.id}/sperren", token, status=303)
    # Unlocked, but the device stays signed out.
    assert theirs.get("/verwaltung/konto/").status_int == 303
    theirs.login(person)
    assert theirs.get("/verwaltung/konto/").status_int == 200


def test_cannot_lock_out_the_last_admin(client: Client, admin: Account) -> None:
    client.post(f"{ALL}{admin.id}/sperren", {"csrf_token": csrf(client)}, status=409)
    assert client.get(ALL).status_int == 200


def test_ends_a_role_of_this_person_only(client: Client, session: Session, make: Make, admin: Account) -> None:
    person, other = make.account(Role.PROGRAMME_OFFICE), make.account(Role.PROGRAMME_OFFICE)
    held = {each.account_id: each.id for each in session.scalars(select(Membership))}
    token = csrf(client)
    data = {"membership": str(held[other.id]), "csrf_token": token}
    client.post(f"{ALL}{person.id}/rolle-beenden", data, status=404)
    data = {"membership": str(held[person.id]), "csrf_token": token}
    client.post(f"{ALL}{person.id}/rolle-beenden", data, status=303)
    session.rollback()
    assert held[person.id] not in session.scalars(select(Membership.id)).all()


def test_sends_a_reset_without_seeing_it(client: Client, session: Session, make: Make, admin: Account) -> None:
    person = make.account(email="vergesslich@example.org")
    answer = client.post(f"{ALL}{person.id}/neues-passwort", {"csrf_token": csrf(client)}, status=303)
    assert "/zugang/" not in answer.follow().text
    job = session.scalars(select(Job).where(Job.kind == "account:send_reset")).one()
    assert job.payload == {"email": "vergesslich@example.org"}


def test_erases_others_but_not_itself(client: Client, session: Session, make: Make, admin: Account) -> None:
    person = make.account()
    token = {"csrf_token": csrf(client)}
    client.post(f"{ALL}{admin.id}/loeschen", token, status=403)
    client.post(f"{ALL}{person.id}/loeschen", token, status=303)
    session.rollback()
    session.expunge_all()
    assert session.get(Account, person.id) is None
    assert session.get(Account, admin.id) is not None


@pytest.mark.parametrize("role", [None, Role.PROGRAMME_OFFICE])
def test_is_for_admins_only(client: Client, make: Make, role: Role | None) -> None:
    person = make.account(role)
    client.login(person)
    for path in (ALL, f"{ALL}einladen", f"{ALL}{person.id}/"):
        client.get(path, status=403)


@pytest.mark.parametrize("number", ["0", "999999999", "1" * 40, "x", "-1", "%D9%A3"])
def test_an_account_that_does_not_exist_is_404(client: Client, admin: Account, number: str) -> None:
    client.get(f"{ALL}{number}/", status=404)


def test_queries_stay_few_with_many_accounts(client: Client, make: Make, admin: Account) -> None:
    place = make.municipality()
    statements: list[str] = []

    def note(*args: Any) -> None:
        statements.append(args[2])

    def count() -> int:
        statements.clear()
        client.get(ALL)
        return len(statements)

    make.account(Role.FACILITATOR, place)
    event.listen(client.registry.engine, "before_cursor_execute", note)
    few = count()
    for _number in range(20):
        make.account(Role.FACILITATOR, place)
    many = count()
    event.remove(client.registry.engine, "before_cursor_execute", note)
    assert many == few
