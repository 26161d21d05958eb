"""The team before, on and after the day: paper, calls, attendance on a tablet, results, working groups, close."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from fdplattform.events.models import Event
from fdplattform.security.permissions import Role
from fdplattform.testing.clock import Clock
from fdplattform.testing.people import Person, typed

pytestmark = [pytest.mark.browser, pytest.mark.backends("sqlite")]


@pytest.fixture
def forum(make: Any) -> Event:
    """A forum with three places that is announced, its fields come out of the day."""
    municipality = make.municipality()
    event: Event = make.event(
        make.dialogue(municipality),
        format_id="grossgruppenforum",
        state="invited",
        capacity=3,
        title="Forum am Fluss",
        details={"method": "world_cafe", "fields_known": "on_the_day"},
    )
    make.coordinator = make.account(Role.COORDINATOR, municipality)
    return event


def begin_of(event: Event) -> datetime:
    return min(date.starts_at for date in event.dates)


def test_from_paper_to_working_groups(make: Any, meet: Any, forum: Event, clock: Clock) -> None:
    path, begin = make.path(forum), begin_of(forum)
    team = meet(make.coordinator)
    team.go(path)
    enter_on_paper(team, "Frau Öztürk", 2)
    enter_on_paper(team, "Herr O'Neill", 2)
    assert team.reads("wartet")
    cancel_for(team, "Frau Öztürk")
    call(team, "Frau Öztürk", "Herr O'Neill")

    clock.set(begin + timedelta(minutes=5))
    tablet = meet(make.coordinator)
    tablet.page.set_viewport_size({"width": 768, "height": 1024})
    tablet.go(f"{path}/anwesenheit")
    tick(tablet, "Herr O'Neill")
    let_in(tablet, "Wer gerade vorbeikam")
    assert tablet.reads("Anwesend: 2 von 3") or tablet.reads("Anwesend: 3 von 3")

    clock.set(begin + timedelta(hours=8))
    team = meet(make.coordinator)
    team.take_step(path, "Die Veranstaltung ist vorbei")
    enter_results(team)
    make_field(team)
    set_up_group(team, clock() + timedelta(days=10))
    team.take_step(path, "Abschließen")
    assert team.reads("Abgeschlossen")

    resident = meet(phone=True, scripts=False)
    resident.go(path.rsplit("/", 1)[0])
    assert resident.reads("Ein Begegnungscafé am Fluss")
    assert resident.reads("Treffpunkte")


def enter_on_paper(person: Person, name: str, people: int) -> None:
    person.follow("Teilnehmende")
    person.follow("Anmeldung eintragen")
    person.tick("Auf Papier")
    person.write("Name", name)
    person.write("Wie viele Personen kommen?", str(people))
    person.write("Telefonnummer", "0711 1234")
    person.press("Eintragen")


def cancel_for(person: Person, name: str) -> None:
    person.follow("Teilnehmende")
    person.follow(name)
    person.follow("Anmeldung absagen")
    person.page.locator("main form button").first.click()


def call(person: Person, *names: str) -> None:
    person.follow("Anrufe")
    for name in names:
        person.press(f"Informiert {name}")
    assert person.reads("Niemand muss angerufen werden.")


def tick(person: Person, name: str) -> None:
    person.write(f"Wie viele davon sind da? {name}", "1")
    person.press(f"Abhaken {name}")
    assert person.reads("Da")


def let_in(person: Person, name: str) -> None:
    person.follow("Ohne Anmeldung")
    person.write("Name", name)
    person.press("Einlassen")


def enter_results(person: Person) -> None:
    person.follow("Ergebnisse eintragen")
    person.tick("Ideen")
    person.write("Die Ergebnisse, eines pro Zeile", "Ein Begegnungscafé am Fluss | 12\nMehr Bänke | 3")
    person.press("Hinzufügen")
    assert person.reads("Hinzugefügt: 2")


def make_field(person: Person) -> None:
    person.follow("Ergebnisse veröffentlichen")
    person.tick("Ein Begegnungscafé am Fluss", "Mehr Bänke")
    person.press("Veröffentlichen")
    person.tick("Ein Begegnungscafé am Fluss", "Mehr Bänke")
    person.press("Handlungsfeld daraus machen")
    person.write("Titel", "Treffpunkte")
    person.press("Anlegen")


def set_up_group(person: Person, meeting: datetime) -> None:
    person.follow("Gruppen")
    person.press("Arbeitsgruppen für die Felder ohne Gruppe anlegen")
    person.follow("Ändern")
    person.write("Nächstes Treffen", typed(meeting))
    person.press("Speichern")
    person.follow("Wer ist verantwortlich?")
    person.write("Name der verantwortlichen Person", "Selma Kaya")
    person.write("Wie ist die Person zu erreichen?", "0711 9876")
    person.tick("Die Person hat zugestimmt, verantwortlich zu sein und dass die Kommune Name und Kontakt speichert")
    person.write("Name der Stellvertretung", "Jonas Beck")
    person.press("Speichern")
