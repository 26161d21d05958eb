"""Links from mails: invitation, new password, first admin. Each once, in time, and for the right person."""

import re

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from webtest import TestResponse

from fdplattform.accounts.models import Account, LinkPurpose, Membership, OneTimeLink
from fdplattform.accounts.services import create_first_admin_link, find_account, invite
from fdplattform.accounts.services.access_links import create_reset_link, send_reset
from fdplattform.accounts.services.invitations import accept_invitation
from fdplattform.accounts.services.links import LinkUnusable
from fdplattform.errors import Conflict, DomainError
from fdplattform.jobs.models import Job
from fdplattform.jobs.registry import JobContext
from fdplattform.journal.services import SYSTEM
from fdplattform.municipalities.models import Municipality
from fdplattform.security.permissions import Role
from fdplattform.testing.client import Client
from fdplattform.testing.clock import Clock, morning
from fdplattform.testing.factories import PASSWORD, Make

BASE = "http://localhost"
NEW = "lauter neue Wörter hier"


@pytest.fixture
def place(make: Make) -> Municipality:
    return make.municipality("Musterstadt")


def invited(
    session: Session, place: Municipality, email: str = "neu@example.org", role: Role = Role.COORDINATOR
) -> str:
    """The address in the invitation."""
    url = invite(
        session,
        email=email,
        role=Role.COORDINATOR,
        municipality_id=place.id,
        place=place.name,
        actor=SYSTEM,
        base_url=BASE,
        now=morning(),
    )
    session.commit()
    return url


def mails(session: Session) -> list[Job]:
    session.rollback()
    return list(session.scalars(select(Job).where(Job.kind == "mail:send").order_by(Job.id)))


def join(client: Client, url: str, password: str = PASSWORD) -> TestResponse:
    form = client.get(url).forms["form"]
    form["name"] = "Nour O’Neill-Şahin"
    form["password"] = password
    return form.submit("submit", expect_errors=True)


def test_an_invited_person_joins(client: Client, session: Session, place: Municipality) -> None:
    url = invited(session, place, "Neu@Example.org")
    mail = mails(session)[0]
    assert mail.payload["to"] == "neu@example.org"
    assert url in str(mail.payload["body"])

    assert join(client, url).status_int == 303
    account = session.scalars(select(Account)).one()
    assert (account.email, account.name) == ("neu@example.org", "Nour O’Neill-Şahin")
    membership = session.scalars(select(Membership)).one()
    assert (membership.role, membership.municipality_id) == (Role.COORDINATOR, place.id)
    assert client.get(f"/kommunen/{place.slug}/mitglieder").status_int == 200


def test_an_invitation_works_once(client: Client, session: Session, place: Municipality) -> None:
    url = invited(session, place)
    join(client, url)
    client.logout()
    assert client.get(url, expect_errors=True).status_int == 410


def test_of_two_clicks_on_one_invitation_one_wins(session: Session, place: Municipality) -> None:
    token = invited(session, place).rpartition("/")[2]
    accept_invitation(session, token, now=morning(), name="Nour", password_hash="x")
    with pytest.raises(LinkUnusable):
        accept_invitation(session, token, now=morning(), name="Nour", password_hash="x")


def test_an_invitation_ends_after_seven_days(
    client: Client, session: Session, place: Municipality, clock: Clock
) -> None:
    url = invited(session, place)
    clock.advance(days=6, hours=23)
    assert client.get(url).status_int == 200
    clock.advance(hours=2)
    assert client.get(url, expect_errors=True).status_int == 410


@pytest.mark.parametrize("path", ["/einladung/x", "/zugang/x", "/einladung/%F0%9F%90%A2", f"/zugang/{'x' * 2000}"])
def test_an_invented_link_opens_nothing(client: Client, path: str) -> None:
    answer = client.get(path, expect_errors=True)
    assert answer.status_int == 410
    assert "gilt nicht mehr" in answer.text


def test_a_link_opens_only_its_own_door(client: Client, session: Session, place: Municipality, make: Make) -> None:
    token = invited(session, place).rpartition("/")[2]
    reset = create_reset_link(session, make.account(), base_url=BASE, now=morning()).rpartition("/")[2]
    session.commit()
    assert client.get(f"/zugang/{token}", expect_errors=True).status_int == 410
    assert client.get(f"/einladung/{reset}", expect_errors=True).status_int == 410


def test_somebody_with_an_account_only_accepts(
    client: Client, session: Session, place: Municipality, make: Make
) -> None:
    account = make.account(email="schon.da@example.org")
    before = account.password_hash
    form = client.get(invited(session, place, "schon.da@example.org")).forms["form"]
    assert "password" not in form.fields
    form.submit("submit", status=303)
    session.expire_all()
    assert account.password_hash == before
    assert session.scalars(select(Membership.role)).all() == [Role.COORDINATOR]
    # Accepting signs nobody in: the password is still asked for.
    assert client.get("/verwaltung/konto").status_int == 303


def test_a_new_invitation_replaces_the_old(session: Session, client: Client, place: Municipality) -> None:
    first, second = invited(session, place), invited(session, place)
    assert client.get(first, expect_errors=True).status_int == 410
    assert client.get(second).status_int == 200


def test_nobody_is_invited_to_what_they_are(session: Session, place: Municipality, make: Make) -> None:
    account = make.account(Role.COORDINATOR, place)
    with pytest.raises(DomainError):
        invited(session, place, account.email)


def test_a_weak_password_is_refused_and_the_invitation_lives(
    client: Client, session: Session, place: Municipality
) -> None:
    url = invited(session, place)
    answer = join(client, url, "passwort1234")
    assert answer.status_int == 422
    assert answer.forms["form"]["name"].value == "Nour O’Neill-Şahin"
    assert join(client, url).status_int == 303


def test_asking_for_a_new_password_tells_nobody_who_has_an_account(
    client: Client, session: Session, make: Make
) -> None:
    make.account(email="da@example.org")
    answers = []
    for email in ("da@example.org", "nicht.da@example.org"):
        form = client.get("/passwort-vergessen").forms["form"]
        form["email"] = email
        answer = form.submit("submit", status=303)
        answers.append((answer.location, re.sub(r'value="\w{32}"', "", answer.follow().text)))
        session.rollback()
    assert answers[0] == answers[1]
    jobs = session.scalars(select(Job).where(Job.kind == "account:send_reset")).all()
    assert [job.payload["email"] for job in jobs] == ["da@example.org", "nicht.da@example.org"]
    for job in jobs:
        send_reset(JobContext(registry=client.registry, now=morning(), key=f"job:{job.id}"), job.payload)
    assert [mail.payload["to"] for mail in mails(session)] == ["da@example.org"]


def test_a_new_password_signs_every_device_out(client: Client, session: Session, make: Make) -> None:
    account = make.account()
    client.login(account)
    other = Client(client.app)
    url = create_reset_link(session, account, base_url=BASE, now=morning())
    second = create_reset_link(session, account, base_url=BASE, now=morning())
    session.commit()

    form = other.get(url).forms["form"]
    form["password"] = NEW
    form.submit("submit", status=303)
    assert client.get("/verwaltung/konto").status_int == 303
    # Used, and the other open link died with the old password.
    assert other.get(url, expect_errors=True).status_int == 410
    assert other.get(second, expect_errors=True).status_int == 410

    form = other.get("/anmelden").forms["form"]
    form["email"], form["password"] = account.email, PASSWORD
    assert form.submit("submit", expect_errors=True).status_int == 422
    form["password"] = NEW
    assert form.submit("submit").status_int == 303


def test_a_reset_link_ends_after_two_hours(client: Client, session: Session, make: Make, clock: Clock) -> None:
    url = create_reset_link(session, make.account(), base_url=BASE, now=morning())
    session.commit()
    clock.advance(hours=2, seconds=1)
    assert client.get(url, expect_errors=True).status_int == 410


def test_the_first_admin_makes_an_account(client: Client, session: Session) -> None:
    old = create_first_admin_link(session, base_url=BASE, now=morning())
    url = create_first_admin_link(session, base_url=BASE, now=morning())
    session.commit()
    assert old is not None
    assert url is not None
    assert client.get(old, expect_errors=True).status_int == 410
    form = client.get(url).forms["form"]
    form["email"], form["name"], form["password"] = "admin@example.org", "Admin", PASSWORD
    form.submit("submit", status=303)
    assert client.get("/verwaltung/konten/").status_int == 200
    session.rollback()
    assert create_first_admin_link(session, base_url=BASE, now=morning()) is None


def test_a_first_admin_link_dies_with_the_first_admin(client: Client, session: Session, make: Make) -> None:
    url = create_first_admin_link(session, base_url=BASE, now=morning())
    session.commit()
    assert url is not None
    make.account(Role.ADMIN)
    form = client.get(url).forms["form"]
    form["email"], form["name"], form["password"] = "zweite@example.org", "Zweite", PASSWORD
    assert form.submit("submit", expect_errors=True).status_int in {410, 422}
    session.rollback()
    assert find_account(session, "zweite@example.org") is None


def test_a_locked_person_cannot_come_back_by_invitation(session: Session, place: Municipality, make: Make) -> None:
    account = make.account(email="gesperrt@example.org")
    account.disabled_at = morning()
    token = invited(session, place, "gesperrt@example.org").rpartition("/")[2]
    with pytest.raises(Conflict):
        accept_invitation(session, token, now=morning())


def test_the_token_itself_is_stored_nowhere_but_in_the_mail(session: Session, place: Municipality) -> None:
    token = invited(session, place).rpartition("/")[2]
    link = session.scalars(select(OneTimeLink)).one()
    assert link.purpose is LinkPurpose.INVITATION
    assert token not in vars(link).values()


def test_links_cannot_be_tried_out(client: Client, settings: object) -> None:
    limit = client.registry.fdp.limit_code
    for number in range(limit):
        assert client.get(f"/einladung/{number}", expect_errors=True).status_int == 410
    assert client.get("/einladung/noch-einer", expect_errors=True).status_int == 429
