"""A page asks the database as often for many things as for a few."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import Engine, insert
from sqlalchemy.orm import Session

from fdplattform.dialogues.models import Dialogue, DialogueState
from fdplattform.events.models import Event, EventDate
from fdplattform.journal.services import RESIDENT, SYSTEM, record
from fdplattform.municipalities.models import Municipality
from fdplattform.programmes.models import Agreement, Programme
from fdplattform.security.permissions import Role
from fdplattform.testing.client import Client
from fdplattform.testing.clock import Clock
from fdplattform.testing.factories import Make
from fdplattform.testing.queries import queries
from fdplattform.tools.registration.models import Registration, Source, Status
from fdplattform.tools.registration.services import Entry, register

FEW, MANY = 2, 9


class Town:
    """A town that grows: every call adds a dialogue, an event with registrations and results to each that there is."""

    def __init__(self, make: Make, session: Session, clock: Clock) -> None:
        self.make, self.session, self.clock = make, session, clock
        self.place = make.municipality("Ostfildern")
        self.dialogue = make.dialogue(self.place)
        self.event = make.event(self.dialogue, state="open", capacity=3)
        self.programme = Programme(
            title="Dialoge",
            client="Ministerium",
            provider="Akademie",
            planned_municipalities=5,
            building_blocks=[1],
            starts_on=clock().date(),
            ends_on=clock().date(),
        )
        session.add(self.programme)
        self.admin = make.account(Role.ADMIN)
        self.coordinator = make.account(Role.COORDINATOR, self.place)

    def grow(self, size: int) -> None:
        """Add `size` of everything."""
        for _number in range(size):
            elsewhere = self.make.municipality()
            self.make.event(self.make.dialogue(elsewhere), state="open")
            self.make.event(self.make.dialogue(self.place), state="held")
            self.make.event(self.dialogue, state="open", dates=2)
            self.make.event(self.dialogue, state="draft")
            self.make.finding(self.event)
            self.make.field(self.dialogue)
            self.session.add(
                Agreement(
                    programme_id=self.programme.id,
                    municipality_id=elsewhere.id,
                    blocks=[1],
                    concluded_on=self.clock().date(),
                )
            )
            self._register()
            self._record(elsewhere)
        self.session.commit()

    def overflow(self, *, places: int, dialogues: int, events: int, registrations: int) -> None:
        """Add so many places with so many dialogues each, these with so many events; and registrations for ours."""
        now, first = self.clock(), 1_000_000
        texts = {"goal": "Wir reden.", "results_promise": "Der Rat berät.", "created_at": now, "version": 1}
        homes = [self.make.municipality().id for _number in range(places)]
        keys = range(first, first + places * dialogues)
        self.session.execute(
            insert(Dialogue),
            [
                {**texts, "id": key, "municipality_id": homes[key % places], "slug": f"d-{key}", "title": f"D {key}"}
                | {"state": DialogueState.PUBLISHED, "published_at": now}
                for key in keys
            ],
        )
        numbers = range(first, first + places * dialogues * events)
        self.session.execute(
            insert(Event),
            [
                {**texts, "id": number, "dialogue_id": keys[number % len(keys)], "slug": f"e-{number}", "title": "E"}
                | {"format_id": "probe", "workflow_version": 1, "state": "open", "block": 2, "entered_at": now}
                for number in numbers
            ],
        )
        starts = now + timedelta(days=40)
        day = {"starts_at": starts, "ends_at": starts + timedelta(hours=2), "place": "Rathaus", "version": 1}
        self.session.execute(insert(EventDate), [{**day, "event_id": number} for number in numbers])
        person = {"status": Status.CONFIRMED, "source": Source.ONLINE, "people": 1, "name": "P", "entered_at": now}
        person |= {"event_date_id": self.event.dates[0].id, "version": 1}
        self.session.execute(
            insert(Registration),
            [
                {
                    **person,
                    "event_date_id": self.event.dates[0].id,
                    "number": 1000 + n,
                    "code_seed": str(n),
                    "version": 1,
                }
                for n in range(registrations)
            ],
        )
        self.session.commit()

    def _register(self) -> None:
        now = self.clock()
        for source in (Source.ONLINE, Source.TELEPHONE):
            register(self.session, self.event.dates[0].id, Entry(name="Amal"), source=source, actor=RESIDENT, now=now)

    def _record(self, elsewhere: Municipality) -> None:
        for municipality_id in (self.place.id, elsewhere.id):
            record(
                self.session,
                "event:edit",
                actor=SYSTEM,
                municipality_id=municipality_id,
                dialogue_id=self.dialogue.id,
                event_id=self.event.id,
                payload={"title": "x"},
                public=True,
            )


@pytest.fixture
def town(make: Make, session: Session, clock: Clock) -> Town:
    return Town(make, session, clock)


Address = Callable[[Town], str]

PUBLIC: dict[str, Address] = {
    "home": lambda town: "/",
    "municipalities": lambda town: "/kommunen",
    "municipality": lambda town: town.make.path(town.place),
    "dialogue": lambda town: town.make.path(town.dialogue),
    "event": lambda town: town.make.path(town.event),
    "form": lambda town: town.make.path(town.event, "anmelden"),
    "results": lambda town: town.make.path(town.dialogue, "ergebnisse"),
    "fields of action": lambda town: town.make.path(town.dialogue, "handlungsfelder"),
    "transparency": lambda town: town.make.path(town.place, "transparenz"),
    "feed": lambda town: town.make.path(town.place, "neues.atom"),
    "calendar": lambda town: town.make.path(town.place, "termine.ics"),
    "sitemap": lambda town: "/sitemap.xml",
    "API municipalities": lambda town: "/api/v1/municipalities",
    "API dialogues": lambda town: "/api/v1/dialogues",
    "API events": lambda town: "/api/v1/events",
    "API open events": lambda town: "/api/v1/events?registration=open",
}
OF_STAFF: dict[str, Address] = {
    "week": lambda town: "/verwaltung",
    "programmes": lambda town: "/verwaltung/programme",
    "programme": lambda town: f"/verwaltung/programme/{town.programme.id}",
    "municipality": lambda town: town.make.path(town.place),
    "dialogue": lambda town: town.make.path(town.dialogue),
    "event": lambda town: town.make.path(town.event),
    "steps": lambda town: town.make.path(town.event, "schritte"),
    "participants": lambda town: town.make.path(town.event, "teilnehmende"),
    "calls": lambda town: town.make.path(town.event, "anrufliste"),
    "attendance": lambda town: town.make.path(town.event, "anwesenheit"),
    "journal": lambda town: town.make.path(town.dialogue, "protokoll"),
}


@pytest.mark.parametrize("name", PUBLIC)
@pytest.mark.parametrize("language", ["de", "ar"])
def test_a_public_page_asks_as_often_for_many(
    town: Town, client: Client, engine: Engine, name: str, language: str
) -> None:
    client.set_cookie("lang", language)
    compare(town, client, engine, PUBLIC[name])


@pytest.mark.parametrize("name", OF_STAFF)
def test_a_page_of_staff_asks_as_often_for_many(town: Town, client: Client, engine: Engine, name: str) -> None:
    client.login(town.admin if name.startswith("programme") else town.coordinator)
    compare(town, client, engine, OF_STAFF[name])


def compare(town: Town, client: Client, engine: Engine, address: Address) -> None:
    """The same statements, whatever there is."""
    town.grow(FEW)
    few = asked(town, client, engine, address)
    town.grow(MANY)
    many = asked(town, client, engine, address)
    assert many == few


def asked(town: Town, client: Client, engine: Engine, address: Address) -> list[str]:
    """What the page asks: which table, in which order."""
    client.get(address(town), status=200)
    with queries(engine) as found:
        client.get(address(town), status=200)
    assert 0 < len(found) <= MOST
    return [_table(statement) for statement in found]


#: More than any page needs; a page that comes near it should be looked at.
MOST = 30


def _table(statement: str) -> str:
    words = statement.split()
    return words[words.index("FROM") + 1] if "FROM" in words else statement


def test_ten_thousand_events_ask_for_nothing_more(town: Town, client: Client, engine: Engine) -> None:
    town.grow(FEW)
    few = all_asked(town, client, engine)
    town.overflow(places=100, dialogues=10, events=10, registrations=1000)
    many = all_asked(town, client, engine)
    assert {name: many[name] for name in many if many[name] != few[name]} == {}


def all_asked(town: Town, client: Client, engine: Engine) -> dict[str, list[str]]:
    """What each page asks, of everybody's and of those of staff."""
    client.logout()
    found = {f"public {name}": asked(town, client, engine, address) for name, address in PUBLIC.items()}
    for name, address in OF_STAFF.items():
        client.login(town.admin if name.startswith("programme") else town.coordinator)
        found[f"staff {name}"] = asked(town, client, engine, address)
    return found
