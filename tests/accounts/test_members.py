"""The team of a municipality: who invites, ends, stands in and hands over. Nobody reaches into another's."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from webtest.forms import Form, Radio

from fdplattform.accounts.models import Account, Membership, OneTimeLink
from fdplattform.accounts.services import end_membership, find_membership, hand_over, members_of
from fdplattform.errors import Conflict, DomainError
from fdplattform.journal.models import JournalEntry
from fdplattform.journal.services import SYSTEM
from fdplattform.municipalities.models import Municipality
from fdplattform.security.permissions import Role
from fdplattform.testing.client import Client
from fdplattform.testing.clock import Clock, morning
from fdplattform.testing.factories import Make


@pytest.fixture
def place(make: Make) -> Municipality:
    return make.municipality("Musterstadt")


@pytest.fixture
def coordinator(make: Make, place: Municipality, client: Client) -> Account:
    """Signed in."""
    account = make.account(Role.COORDINATOR, place, name="Frau Koç")
    client.login(account)
    return account


def membership(session: Session, account: Account, role: Role, place: Municipality) -> Membership | None:
    session.rollback()
    return find_membership(session, account.id, role, place.id)


def token(client: Client, place: Municipality) -> str:
    page = client.get(f"/kommunen/{place.slug}/mitglied-einladen")
    return str(page.forms["form"]["csrf_token"].value)


def radios(form: Form) -> list[Radio]:
    """The groups of radio buttons, in order."""
    return [field for group in form.fields.values() for field in group if isinstance(field, Radio)]


def choose(session: Session, form: Form, *accounts: Account) -> None:
    """Choose the accounts' memberships, one in each group of radio buttons."""
    for group, account in zip(radios(form), accounts, strict=True):
        memberships = (session.get_one(Membership, int(value)) for value, *_rest in group.options)
        group.value = next(str(each.id) for each in memberships if each.account_id == account.id)


def test_a_coordinator_invites(client: Client, session: Session, place: Municipality, coordinator: Account) -> None:
    form = client.get(f"/kommunen/{place.slug}/mitglied-einladen").forms["form"]
    form["email"] = "moderation@example.org"
    radios(form)[0].value = "facilitator"
    page = form.submit("submit", status=303).follow()
    page.mustcontain("moderation@example.org")
    link = session.scalars(select(OneTimeLink)).one()
    assert (link.role, link.municipality_id) == (Role.FACILITATOR, place.id)
    data = {"invitation": str(link.id), "csrf_token": token(client, place)}
    client.post(f"/kommunen/{place.slug}/einladung-zurueckziehen", data, status=303)
    session.rollback()
    assert session.scalars(select(OneTimeLink)).all() == []


def test_the_role_is_one_of_the_offered(client: Client, place: Municipality, coordinator: Account) -> None:
    data = {"__formid__": "form", "email": "x@example.org", "role": "admin", "csrf_token": token(client, place)}
    client.post(f"/kommunen/{place.slug}/mitglied-einladen", data, status=422)


def test_a_deputy_neither_replaces_the_coordinator_nor_makes_new_ones(
    client: Client, session: Session, make: Make, place: Municipality
) -> None:
    chief = make.account(Role.COORDINATOR, place)
    client.login(make.account(Role.DEPUTY, place))
    csrf = token(client, place)
    here = f"/kommunen/{place.slug}"
    data = {"__formid__": "form", "email": "x@example.org", "role": "coordinator", "csrf_token": csrf}
    client.post(f"{here}/mitglied-einladen", data, status=422)
    held = membership(session, chief, Role.COORDINATOR, place)
    assert held is not None
    client.post(f"{here}/mitglied-beenden", {"membership": str(held.id), "csrf_token": csrf}, status=403)
    client.get(f"{here}/uebergeben", status=403)
    client.get(f"{here}/vertretung", status=403)
    assert membership(session, chief, Role.COORDINATOR, place) is not None


def test_nobody_reaches_into_another_municipality(
    client: Client, session: Session, make: Make, place: Municipality, coordinator: Account
) -> None:
    other = make.municipality("Anderswo")
    make.account(Role.FACILITATOR, place)
    victim = make.account(Role.FACILITATOR, other)
    held = membership(session, victim, Role.FACILITATOR, other)
    assert held is not None
    csrf = token(client, place)
    data = {"membership": str(held.id), "csrf_token": csrf}
    # By the own address with a forged id, and by the other's address.
    client.post(f"/kommunen/{place.slug}/mitglied-beenden", data, status=404)
    client.post(f"/kommunen/{other.slug}/mitglied-beenden", data, status=403)
    for name in ("mitglieder", "mitglied-einladen", "uebergeben", "vertretung"):
        assert client.get(f"/kommunen/{other.slug}/{name}", expect_errors=True).status_int == 403
    forged = {"__formid__": "form", "coordinator": "1", "member": str(held.id), "csrf_token": csrf}
    client.post(f"/kommunen/{place.slug}/uebergeben", forged, status=422)
    assert membership(session, victim, Role.FACILITATOR, other) is not None


@pytest.mark.parametrize("number", ["", "-1", "1e3", "٣", "9" * 30, "x"])
def test_nonsense_for_an_id_is_404(client: Client, place: Municipality, coordinator: Account, number: str) -> None:
    data = {"membership": number, "csrf_token": token(client, place)}
    client.post(f"/kommunen/{place.slug}/mitglied-beenden", data, status=404)


def test_handing_over(client: Client, session: Session, make: Make, place: Municipality, coordinator: Account) -> None:
    successor = make.account(Role.DEPUTY, place, name="Herr Nguyễn")
    form = client.get(f"/kommunen/{place.slug}/uebergeben").forms["form"]
    choose(session, form, coordinator, successor)
    assert form.submit("submit", status=303).location == "http://localhost/verwaltung"
    assert membership(session, successor, Role.COORDINATOR, place) is not None
    assert membership(session, successor, Role.DEPUTY, place) is None
    assert membership(session, coordinator, Role.COORDINATOR, place) is None
    entry = session.scalars(select(JournalEntry).where(JournalEntry.tag == "municipality:hand_over")).one()
    assert (entry.actor_id, entry.municipality_id) == (coordinator.id, place.id)
    # The old coordinator is out at once.
    assert client.get(f"/kommunen/{place.slug}/mitglieder", expect_errors=True).status_int == 403


def test_a_deputyship_ends_by_itself(
    client: Client, session: Session, make: Make, place: Municipality, coordinator: Account, clock: Clock
) -> None:
    helper = make.account(Role.FACILITATOR, place)
    form = client.get(f"/kommunen/{place.slug}/vertretung").forms["form"]
    choose(session, form, coordinator, helper)
    form["until"] = (clock() + timedelta(days=7)).date().isoformat()
    form.submit("submit", status=303).follow().mustcontain("Frau Koç")
    client.login(helper)
    assert client.get(f"/kommunen/{place.slug}/mitglieder").status_int == 200
    clock.advance(days=9)
    assert client.get(f"/kommunen/{place.slug}/mitglieder", expect_errors=True).status_int == 403


def test_the_last_coordinator_stays(session: Session, make: Make, place: Municipality) -> None:
    only = make.account(Role.COORDINATOR, place)
    held = find_membership(session, only.id, Role.COORDINATOR, place.id)
    assert held is not None
    with pytest.raises(Conflict):
        end_membership(session, held, actor=SYSTEM, now=morning())
    make.account(Role.COORDINATOR, place)
    end_membership(session, held, actor=SYSTEM, now=morning())
    assert [member.role for member in members_of(session, place.id, morning())] == [Role.COORDINATOR]


def test_coordination_stays_in_the_municipality(session: Session, make: Make, place: Municipality) -> None:
    elsewhere = make.municipality()
    one, two = make.account(Role.COORDINATOR, place), make.account(Role.FACILITATOR, elsewhere)
    first = find_membership(session, one.id, Role.COORDINATOR, place.id)
    second = find_membership(session, two.id, Role.FACILITATOR, elsewhere.id)
    assert first is not None
    assert second is not None
    with pytest.raises(DomainError):
        hand_over(session, first, second, actor=SYSTEM, now=morning())
    with pytest.raises(DomainError):
        hand_over(session, first, first, actor=SYSTEM, now=morning())


def test_an_ended_deputyship_stands_in_nobodys_way(
    client: Client, session: Session, make: Make, place: Municipality, coordinator: Account, clock: Clock
) -> None:
    deputy = make.account(Role.DEPUTY, place, email="vertretung@example.org")
    held = membership(session, deputy, Role.DEPUTY, place)
    assert held is not None
    held.valid_until = clock() - timedelta(days=1)
    session.commit()
    form = client.get(f"/kommunen/{place.slug}/mitglied-einladen").forms["form"]
    form["email"] = deputy.email
    next(group for group in radios(form)).value = Role.DEPUTY.value
    form.submit("submit", status=303)
    assert session.scalars(select(OneTimeLink)).one().email == deputy.email


def test_a_last_day_that_is_past_is_refused(
    client: Client, session: Session, make: Make, place: Municipality, coordinator: Account, clock: Clock
) -> None:
    helper = make.account(Role.FACILITATOR, place)
    form = client.get(f"/kommunen/{place.slug}/vertretung").forms["form"]
    choose(session, form, coordinator, helper)
    form["until"] = (clock().date() - timedelta(days=3)).isoformat()
    answer = form.submit("submit", status=422)
    assert answer.html.find("input", {"name": "until"})["aria-invalid"] == "true"
    assert membership(session, helper, Role.DEPUTY, place) is None


@pytest.mark.parametrize("view", ["vertretung", "uebergeben"])
def test_who_is_alone_invites_first(client: Client, place: Municipality, coordinator: Account, view: str) -> None:
    page = client.get(f"/kommunen/{place.slug}/{view}", status=303).follow()
    assert page.request.path.endswith("/mitglied-einladen")
    assert page.html.find(class_="alerts").get_text(strip=True)
