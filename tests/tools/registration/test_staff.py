"""What staff do with registrations."""

import csv
import io

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from fdplattform.events.models import Event
from fdplattform.events.tools import tell_date_changed
from fdplattform.jobs.models import Job
from fdplattform.journal.models import JournalEntry
from fdplattform.security.permissions import Role
from fdplattform.testing.client import Client
from fdplattform.testing.clock import Clock
from fdplattform.testing.factories import Make
from fdplattform.testing.html import token_on
from fdplattform.testing.queries import queries
from fdplattform.testing.registration import code_on, fill, registrations, sign_up
from fdplattform.tools.registration.models import Source, Status


@pytest.fixture
def event(make: Make) -> Event:
    return make.event(state="open", capacity=2)


@pytest.fixture
def path(make: Make, event: Event) -> str:
    return make.path(event)


@pytest.fixture
def staff(client: Client, make: Make, session: Session, event: Event) -> Client:
    """The coordinator's browser, beside the residents'."""
    browser = Client(client.app)
    browser.login(make.coordinator_of(event))
    return browser


def enter(staff: Client, path: str, **values):
    page = staff.get(f"{path}/teilnehmende/eintragen")
    form = page.forms["form"]
    form[page.html.find("input", type="radio")["name"]].force_value(values.pop("source", "telephone"))
    return fill(form, **{"name": "Herr Papier", **values}).submit("submit", status=303).follow()


def test_strangers_see_nothing(client: Client, make: Make, event: Event, path: str) -> None:
    sign_up(client, path)
    client.reset()
    pages = ("teilnehmende/", "teilnehmende/eintragen", "teilnehmende/liste.csv", "anrufliste", "anwesenheit")
    for view in (*pages, "anwesenheitsliste", "an-der-tuer"):
        assert client.get(f"{path}/{view}", status=303).location.startswith("http://localhost/anmelden?")
    elsewhere = make.account(Role.COORDINATOR, make.municipality())
    client.login(elsewhere)
    client.get(f"{path}/teilnehmende/", status=403)


def test_paper_and_telephone_stand_in_the_same_queue(
    client: Client, staff: Client, path: str, session: Session
) -> None:
    sign_up(client, path, name="Online 1")
    enter(staff, path, name="Papier", source="paper")
    sign_up(client, path, name="Online 2")
    page = enter(staff, path, name="Telefon", source="telephone")
    found = registrations(session)
    assert [item.source for item in found] == [Source.ONLINE, Source.PAPER, Source.ONLINE, Source.TELEPHONE]
    assert [item.status.value for item in found] == ["confirmed", "confirmed", "waiting", "waiting"]
    assert all(name in page.text for name in ("Online 1", "Papier", "Telefon"))


def test_code_of_a_paper_registration_works(client: Client, staff: Client, path: str) -> None:
    page = enter(staff, path)
    told = page.html.find(class_="alerts").get_text()
    code = next(word.strip(":.,") for word in told.split() if word.count("-") == 2)
    assert "Herr Papier" in client.get(f"/anmeldung/{code}").text


def test_list_is_filtered(client: Client, staff: Client, path: str) -> None:
    sign_up(client, path, name="Amal", interpreter="ar")
    sign_up(client, path, name="Basim", people=3)
    list_ = f"{path}/teilnehmende/"

    def names(query: str) -> list[str]:
        table = staff.get(f"{list_}?{query}").html.find_all("table")[-1]
        return [cell.get_text(strip=True) for cell in table.find_all("th", scope="row") if cell.find("bdi")]

    assert names("") == ["Amal", "Basim"]
    assert names("stand=waiting") == ["Basim"]
    assert names("bedarf=1") == ["Amal"]
    assert names("name=BAS") == ["Basim"]
    assert names("name=%25") == []
    assert names("stand=nonsense&termin=99999999999999&page=x") == ["Amal", "Basim"]


def test_needs_are_added_up(
    client: Client, staff: Client, make: Make, session: Session, event: Event, path: str
) -> None:
    event.dates[0].capacity = 10
    session.commit()
    for number in range(2):
        sign_up(client, path, name=f"A{number}", interpreter="ar", children=2)
    sign_up(client, path, name="B", access_needs="Hörschleife")
    needs = staff.get(f"{path}/teilnehmende/").html.find(class_="facts").get_text(" ", strip=True)
    assert "Hörschleife" in needs
    assert " 4" in needs
    assert " 2" in needs


def test_list_asks_the_database_equally_often(
    client: Client, staff: Client, make: Make, session: Session, event: Event, path: str, engine
) -> None:
    sign_up(client, path)
    with queries(engine) as few:
        staff.get(f"{path}/teilnehmende/")
    for number in range(5):
        sign_up(client, path, name=f"Mensch {number}")
    with queries(engine) as many:
        staff.get(f"{path}/teilnehmende/")
    assert len(many) == len(few)


def test_cancelling_promotes_and_tells(client: Client, staff: Client, path: str, session: Session) -> None:
    sign_up(client, path, name="Erste", people=2)
    sign_up(client, path, name="Zweite", email="zwei@example.org")
    sign_up(client, path, name="Dritte", phone="0711 333")
    first = registrations(session)[0]
    staff.get(f"{path}/teilnehmende/{first.id}/absagen").forms["confirm"].submit(status=303)
    assert [item.status.value for item in registrations(session)] == ["cancelled", "confirmed", "confirmed"]
    waits, moves_up = (str(job.payload["subject"]) for job in session.scalars(select(Job).order_by(Job.id)))
    assert "You are on the waiting list" in waits
    assert "You have a place now" in moves_up
    calls = staff.get(f"{path}/anrufliste")
    assert "0711 333" in calls.text
    assert "Zweite" not in calls.text
    # The first one was cancelled by staff and has no e-mail either.
    assert "Erste" in calls.text


def test_call_list_until_told(client: Client, staff: Client, path: str, session: Session) -> None:
    sign_up(client, path, people=2)
    sign_up(client, path, name="Dritte", phone="0711 333")
    assert "Dritte" not in staff.get(f"{path}/anrufliste").text
    first, third = registrations(session)
    staff.get(f"{path}/teilnehmende/{first.id}/daten-loeschen").forms["confirm"].submit(status=303)
    page = staff.get(f"{path}/anrufliste")
    form = next(form for form in page.forms.values() if form.action.endswith(f"{third.id}/angerufen"))
    form.submit(status=303)
    assert "Dritte" not in staff.get(f"{path}/anrufliste").text
    assert registrations(session)[1].told_at is not None


def test_call_list_of_a_cancelled_event(
    client: Client, staff: Client, path: str, session: Session, event: Event
) -> None:
    sign_up(client, path, name="Mit Mail", email="a@example.org")
    sign_up(client, path, name="Ohne Mail")
    step = staff.get(f"{path}/schritt?transition=cancel").forms["form"]
    fill(step, public_notice="Krank.").submit("submit", status=303)
    page = staff.get(f"{path}/anrufliste")
    assert "Ohne Mail" in page.text
    assert "Mit Mail" not in page.text


def test_promote_early_needs_a_reason(client: Client, staff: Client, path: str, session: Session) -> None:
    sign_up(client, path, name="Erste", people=2)
    sign_up(client, path, name="Zweite", people=5)
    sign_up(client, path, name="Dritte")
    own = registrations(session)[0]
    third = registrations(session)[2]
    early = f"{path}/teilnehmende/{third.id}/vorziehen"
    form = staff.get(early).forms["form"]
    form.submit("submit", status=422)
    fill(form, reason="Dolmetscherin").submit("submit", status=409)
    staff.get(f"{path}/teilnehmende/{own.id}/absagen").forms["confirm"].submit(status=303)
    fill(staff.get(early).forms["form"], reason="Dolmetscherin").submit("submit", status=303)
    assert [item.status.value for item in registrations(session)] == ["cancelled", "waiting", "confirmed"]
    entry = session.scalar(select(JournalEntry).where(JournalEntry.tag == "registration:promote_early"))
    assert entry.payload["reason"] == "Dolmetscherin"


def test_new_code_replaces_the_old(client: Client, staff: Client, path: str, session: Session) -> None:
    old = code_on(sign_up(client, path))
    (made,) = registrations(session)
    page = staff.get(f"{path}/teilnehmende/{made.id}/")
    form = next(form for form in page.forms.values() if form.action.endswith("neuer-code"))
    told = form.submit(status=303).follow().html.find(class_="alerts").get_text()
    new = next(word.strip(":.,") for word in told.split() if word.count("-") == 2)
    assert new != old
    client.get(f"/anmeldung/{old}", status=404)
    client.get(f"/anmeldung/{new}", status=200)


def test_more_seats_go_to_who_waits(client: Client, path: str, session: Session, event: Event, clock: Clock) -> None:
    for number in range(4):
        sign_up(client, path, name=f"Mensch {number}")
    event.dates[0].capacity = 3
    session.flush()
    tell_date_changed(session, client.registry, event, event.dates[0], clock())
    session.commit()
    assert [item.status.value for item in registrations(session)] == ["confirmed"] * 3 + ["waiting"]


def test_fewer_places_than_taken_are_said(client: Client, staff: Client, make: Make, event: Event, path: str) -> None:
    for number in range(2):
        sign_up(client, path, name=f"Mensch {number}")
    form = staff.get(make.path(event, f"termin?id={event.dates[0].id}")).forms["form"]
    form["capacity"] = "1"
    said = form.submit("submit", status=303).follow().html.find(class_="alerts").get_text()
    assert "2 Menschen haben einen Platz" in said
    form = staff.get(make.path(event, f"termin?id={event.dates[0].id}")).forms["form"]
    form["capacity"] = "2"
    assert "Menschen haben" not in form.submit("submit", status=303).follow().html.find(class_="alerts").get_text()


def test_erasing_leaves_the_numbers(client: Client, staff: Client, path: str, session: Session) -> None:
    own = sign_up(client, path, name="Vergessen", email="v@example.org", people=2).request.path
    (made,) = registrations(session)
    staff.get(f"{path}/teilnehmende/{made.id}/daten-loeschen").forms["confirm"].submit(status=303)
    (made,) = registrations(session)
    assert (made.name, made.email, made.people, made.status) == (None, None, 2, Status.CANCELLED)
    client.get(own, status=404)
    staff.get(f"{path}/teilnehmende/{made.id}/", status=200)


def test_export_is_harmless_and_complete(client: Client, staff: Client, path: str) -> None:
    evil = ["=1+1", "+49", "-1", "@SUM(A1)", 'a"b;c', "O'Neill", "أمل"]
    for name in evil:
        sign_up(client, path, name=name, phone="+49 711 1")
    answer = staff.get(f"{path}/teilnehmende/liste.csv")
    rows = list(csv.reader(io.StringIO(answer.body.decode("utf-8-sig")), delimiter=";"))
    assert [row[3] for row in rows[1:]] == ["'=1+1", "'+49", "'-1", "'@SUM(A1)", 'a"b;c', "O'Neill", "أمل"]
    assert rows[1][6] == "'+49 711 1"


def test_ids_of_other_events_are_unknown(
    client: Client, staff: Client, make: Make, path: str, session: Session
) -> None:
    other = make.path(make.event(state="open"))
    sign_up(client, other)
    (made,) = registrations(session)
    for view in ("", "absagen", "vorziehen", "daten-loeschen"):
        staff.get(f"{path}/teilnehmende/{made.id}/{view}", status=404)
    for name in ("0", "-1", "x", "9" * 30, "%EF%BC%91"):
        staff.get(f"{path}/teilnehmende/{name}/", status=404)
    staff.get(f"{other}/teilnehmende/{made.id}/", status=403)


@pytest.mark.parametrize("state", ["closed", "cancelled"])
def test_as_long_as_data_is_kept_people_are_told_of_it_and_deleted(
    staff: Client, client: Client, path: str, session: Session, event: Event, state: str
) -> None:
    sign_up(client, path, name="Amal", phone="0711 22", access_needs="Rampe")
    event.state = state
    session.commit()
    found = registrations(session)[0]
    assert b"0711 22" in staff.get(f"{path}/teilnehmende/liste.csv").body
    page = staff.get(f"{path}/teilnehmende/").click("Amal")
    assert ("form" in page.forms) == (state == "cancelled")
    assert "0711 22" in page
    assert "Rampe" in page
    page.click(href="daten-loeschen").forms["confirm"].submit(status=303)
    assert registrations(session)[0].name is None
    assert found.shredded_at is not None


def test_at_a_closed_event_nobody_is_registered_or_changed(
    staff: Client, client: Client, path: str, session: Session, event: Event
) -> None:
    sign_up(client, path, name="Amal")
    event.state = "closed"
    session.commit()
    found = registrations(session)[0]
    page = staff.get(f"{path}/teilnehmende/")
    assert f"{path}/teilnehmende/eintragen" not in page
    for view in ("eintragen", f"{found.id}/", f"{found.id}/absagen", f"{found.id}/neuer-code"):
        staff.post(f"{path}/teilnehmende/{view}", token_on(page), status=403)
