"""A link for the day: who has it leads this event on this day, and nothing else."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from fdplattform.daylinks.models import DayLink
from fdplattform.daylinks.services import AFTER_THE_END, forget_old_links, window_of
from fdplattform.events.models import EventDate
from fdplattform.journal.models import JournalEntry
from fdplattform.security.permissions import Role
from fdplattform.testing.client import Client
from fdplattform.testing.registration import fill, sign_up
from fdplattform.tools.registration.models import Registration

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture
def place(make):
    return make.municipality()


@pytest.fixture
def dialogue(make, place):
    return make.dialogue(place)


@pytest.fixture
def event(make, clock, dialogue):
    starts = (clock() + timedelta(days=10)).replace(hour=16, minute=0, second=0, microsecond=0)
    return make.event(dialogue, state="open", starts_at=starts, capacity=20, hours=3)


@pytest.fixture
def address(client, make, place, event):
    """A link that a coordinator has made; who asks afterwards is a device that was never here."""
    return new_link(client, make, place, event, "Tisch 3")


def new_link(client, make, place, event, name: str) -> str:
    """The path of a link that a coordinator of the municipality makes."""
    client.login(make.account(Role.COORDINATOR, place, name="Kim"))
    form = client.get(make.path(event, "tageslinks")).forms["form"]
    form["name"] = name
    found = form.submit("submit").follow().html.select_one(".link-address").text
    client.logout()
    return found.removeprefix(client.registry.fdp.base_url)


def begin(client: Client, address: str):
    return client.get(address).forms["form"].submit("submit")


@pytest.fixture
def on_the_day(clock, event):
    clock.set(event.dates[0].starts_at - timedelta(hours=2))


def test_who_opens_it_leads_the_event(client, make, place, event, address, on_the_day, session):
    sign_up(client, make.path(event), name="Alia", email="alia@example.org")
    client.logout()
    answer = begin(client, address)
    assert answer.status_int == 303
    page = answer.follow()
    assert "Tisch 3" in page.text
    assert "/verwaltung/konto" not in page.text

    attendance = client.get(make.path(event, "anwesenheit"))
    assert "Alia" in attendance.text
    tick = next(form for form in attendance.forms.values() if form.action.endswith("/anwesend"))
    assert tick.submit("people", index=0).status_int == 303

    form = client.get(make.path(event, "ergebnisse")).forms["form"]
    form["lines"] = "Ein Fest"
    entered = form.submit("submit").follow()
    assert "Ein Fest" in entered.text
    assert not entered.html.select(".finding a[href*='/ergebnisse/']")
    assert client.get(make.path(event, "ablauf")).status_int == 200

    said = session.execute(select(JournalEntry.tag, JournalEntry.actor_type, JournalEntry.actor_name)).all()
    assert ("day_link:open", "guest", "Tisch 3") in said
    assert ("finding:add", "guest", "Tisch 3") in said
    client.logout()
    client.login(make.account(Role.COORDINATOR, place))
    assert "Link für den Tag: Tisch 3" in client.get(make.path(event, "protokoll?lang=de")).text


def wait_for(client, make, event, *, date=0):
    """A group fills the date, and another one waits."""
    for name, people in (("Alia", 20), ("Basim", 2)):
        page = client.get(make.path(event, "anmelden"))
        form = fill(page.forms["form"], name=name, people=people)
        if len(event.dates) > 1:
            form[page.html.find("input", type="radio")["name"]].force_value(str(event.dates[date].id))
        form.submit("submit", status=303)
    client.logout()


def let_in_link(page):
    return page.html.select_one("a[href$='/einlassen']")


def test_who_waits_is_let_in_at_the_door(client, make, place, event, address, on_the_day, session):
    wait_for(client, make, event)
    begin(client, address)
    form = client.get(let_in_link(client.get(make.path(event, "anwesenheit")))["href"]).forms["form"]
    form["reason"] = "Ein Stuhl ist noch frei"
    refused = form.submit("submit", status=409)
    assert "Für diese Gruppe sind nicht genug Plätze frei" in refused.text
    form = refused.forms["form"]
    form["let_in"] = True
    page = form.submit("submit", status=303).follow()
    assert let_in_link(page) is None
    row = page.html.find("strong", string="Basim").find_parent("li")
    assert row.find("button")
    basim = session.scalars(select(Registration).where(Registration.name == "Basim")).one()
    assert (basim.status.value, basim.beyond_capacity) == ("confirmed", True)
    entry = session.scalars(select(JournalEntry).where(JournalEntry.tag == "registration:promote_early")).one()
    assert (entry.actor_type, entry.actor_name, entry.payload["reason"]) == (
        "guest",
        "Tisch 3",
        "Ein Stuhl ist noch frei",
    )


def test_the_form_to_let_in_shows_nothing_that_is_closed(client, make, event, address, on_the_day):
    wait_for(client, make, event)
    begin(client, address)
    page = client.get(let_in_link(client.get(make.path(event, "anwesenheit")))["href"])
    for link in page.html.select("main a[href], nav.breadcrumbs a[href]"):
        if link["href"].startswith("/"):
            assert client.get(link["href"]).status_int == 200, link["href"]


def test_places_of_another_day_are_not_given_away(client, make, place, dialogue, clock, session):
    starts = (clock() + timedelta(days=10)).replace(hour=16, minute=0, second=0, microsecond=0)
    event = make.event(dialogue, state="open", starts_at=starts, capacity=20, dates=2)
    wait_for(client, make, event, date=1)
    address = new_link(client, make, place, event, "Tür")
    path, tomorrow = make.path(event), event.dates[1].id
    clock.set(event.dates[0].starts_at)
    begin(client, address)
    page = client.get(f"{path}/anwesenheit?termin={tomorrow}")
    assert "Basim" in page.text
    assert let_in_link(page) is None
    number = session.scalars(select(Registration.id).where(Registration.name == "Basim")).one()
    client.get(f"{path}/teilnehmende/{number}/einlassen", status=403)
    client.logout()
    client.login(make.account(Role.COORDINATOR, place))
    client.get(f"{path}/teilnehmende/{number}/einlassen", status=200)


def test_a_link_gives_away_places_of_its_own_date_only(client, make, place, dialogue, clock, session):
    starts = (clock() + timedelta(days=10)).replace(hour=9, minute=0, second=0, microsecond=0)
    event = make.event(dialogue, state="open", starts_at=starts, capacity=20, dates=2)
    event.dates[1].starts_at, event.dates[1].ends_at = starts + timedelta(hours=5), starts + timedelta(hours=8)
    wait_for(client, make, event, date=1)
    address = new_link(client, make, place, event, "Tür am Morgen")
    clock.set(starts)
    begin(client, address)
    assert let_in_link(client.get(f"{make.path(event)}/anwesenheit?termin={event.dates[1].id}")) is None
    number = session.scalars(select(Registration.id).where(Registration.name == "Basim")).one()
    client.get(f"{make.path(event)}/teilnehmende/{number}/einlassen", status=403)


def test_contact_details_stay_with_the_team(client, make, dialogue, event, address, on_the_day):
    begin(client, address)
    for view in ("teilnehmende/", "anrufliste", "bearbeiten", "termine", "protokoll", "tageslinks"):
        assert client.get(make.path(event, view), status="*").status_int == 403, view
    assert client.get(make.path(dialogue, "bearbeiten"), status=403)
    assert client.get("/verwaltung", status="*").status_int != 200


def test_every_link_that_it_is_shown_leads_somewhere(client, make, event, address, on_the_day):
    page = begin(client, address).follow()
    tools = [link["href"] for link in page.html.select("nav.toolbar a")]
    assert len(tools) >= 3
    for href in tools:
        assert client.get(href).status_int == 200


def test_another_event_is_closed(client, make, dialogue, event, address, on_the_day):
    other = make.event(dialogue, state="open")
    begin(client, address)
    for view in ("anwesenheit", "ergebnisse", "ablauf"):
        assert client.get(make.path(event, view)).status_int == 200
        assert client.get(make.path(other, view), status="*").status_int == 403


def test_it_works_on_the_day_only(client, make, event, address, clock):
    day = event.dates[0].starts_at.astimezone(BERLIN).replace(hour=0, minute=0)
    clock.set(day.astimezone(UTC) - timedelta(minutes=1))
    assert "gilt noch nicht" in client.get(f"{address}?lang=de", status=403).text
    clock.set(day.astimezone(UTC))
    assert begin(client, address).status_int == 303
    assert client.get(make.path(event, "anwesenheit")).status_int == 200
    # The cookie would still be there in a browser that does not count.
    clock.set(event.dates[0].ends_at + AFTER_THE_END - timedelta(minutes=1))
    assert client.get(make.path(event, "anwesenheit")).status_int == 200
    clock.set(event.dates[0].ends_at + AFTER_THE_END)
    assert client.get(make.path(event, "anwesenheit"), status="*").status_int != 200
    client.logout()
    assert client.get(address, status=410)


def test_revoked_it_is_out_at_once(client, make, place, event, address, on_the_day, session):
    begin(client, address)
    device = client.cookies.copy()
    client.logout()
    client.login(make.account(Role.COORDINATOR, place))
    page = client.get(make.path(event, "tageslinks")).click("Tisch 3")
    listed = next(form for form in page.forms.values() if "zurueckziehen" in form.action).submit().follow()
    assert "Tisch 3" in listed.text
    client.logout()
    for name, value in device.items():
        client.set_cookie(name, value)
    assert client.get(make.path(event, "anwesenheit"), status="*").status_int != 200
    client.logout()
    assert client.get(address, status=410)
    assert session.scalars(select(JournalEntry).where(JournalEntry.tag == "day_link:revoke")).one()


def test_it_signs_out(client, make, event, address, on_the_day):
    page = begin(client, address).follow()
    next(form for form in page.forms.values() if form.action == "/abmelden").submit()
    assert client.get(make.path(event, "anwesenheit"), status="*").status_int != 200


def test_looking_at_it_begins_nothing(client, make, event, address, on_the_day, session):
    page = client.get(address)
    assert page.headers["Cache-Control"] == "no-store"
    assert client.get(make.path(event, "anwesenheit"), status="*").status_int != 200
    assert session.scalars(select(DayLink.opened_at)).one() is None


def test_who_has_an_account_keeps_it(client, make, place, event, address, on_the_day):
    client.login(make.account(Role.COORDINATOR, place))
    assert client.get(address, status=403)
    assert client.get(make.path(event, "bearbeiten")).status_int == 200


def test_the_database_does_not_hold_the_token(address, session):
    link = session.scalars(select(DayLink)).one()
    token = address.rpartition("/")[2]
    assert len(token) >= 43  # 256 bits in base 64
    assert token not in (link.seed, link.token_hash)


def test_a_guessed_token_is_refused_and_counted(client):
    for _attempt in range(client.registry.fdp.limit_code):
        assert client.get("/tageslink/geraten", status=410)
    assert client.get("/tageslink/geraten", status=429)


def test_facilitators_make_none(client, make, place, event):
    client.login(make.account(Role.FACILITATOR, place))
    assert client.get(make.path(event, "tageslinks"), status=403)


def test_a_link_of_another_event_cannot_be_seen_or_revoked(client, make, place, dialogue, event, address, session):
    other = make.event(dialogue, state="open")
    number = session.scalars(select(DayLink.id)).one()
    client.login(make.account(Role.COORDINATOR, place))
    for view in ("tageslink", "tageslink.svg"):
        assert client.get(make.path(other, f"{view}?id={number}"), status=404)
        assert client.get(make.path(event, f"{view}?id={number}")).status_int == 200


def test_it_is_forgotten_a_week_later(address, event, session):
    forget_old_links(session, event.dates[0].ends_at + timedelta(days=6))
    assert session.scalars(select(DayLink)).one()
    forget_old_links(session, event.dates[0].ends_at + timedelta(days=7, seconds=1))
    assert session.scalars(select(DayLink)).all() == []


def test_without_a_date_ahead_there_is_no_form(client, make, clock, place, event):
    clock.set(event.dates[0].ends_at + AFTER_THE_END)
    client.login(make.account(Role.COORDINATOR, place))
    page = client.get(make.path(event, "tageslinks"))
    assert "form" not in page.forms
    assert page.html.select_one(".empty a")["href"].endswith("/termine")


@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - zone given
    st.timedeltas(timedelta(minutes=1), timedelta(days=3)),
)
def test_it_opens_at_midnight_of_the_first_day_and_holds_through_the_date(starts, lasts):
    window = window_of(EventDate(starts_at=starts, ends_at=starts + lasts), BERLIN)
    assert window.opens <= starts < starts + lasts + AFTER_THE_END == window.closes
    opens = window.opens.astimezone(BERLIN)
    assert (opens.date(), opens.hour, opens.minute) == (starts.astimezone(BERLIN).date(), 0, 0)
