"""The first admin, the programme office and the coordinator: from an empty platform to a public invitation."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from pyramid.router import Router
from sqlalchemy.orm import Session

from fdplattform.accounts.services import create_first_admin_link
from fdplattform.municipalities.loader import import_register
from fdplattform.municipalities.register import shipped_register
from fdplattform.testing.factories import PASSWORD
from fdplattform.testing.people import Person, link_in, typed

pytestmark = [pytest.mark.browser, pytest.mark.backends("sqlite")]


def set_up_account(person: Person, link: str, name: str, button: str, **more: str) -> None:
    person.go(link)
    person.fill(**more)
    person.write("Ihr Name", name)
    person.write("Neues Passwort", PASSWORD)
    person.press(button)
    assert person.heading() == "Meine Woche"


@pytest.fixture
def first_link(app: Router, session: Session) -> str:
    """What `fdplattform setup` prints; the municipalities of the shipped register are there."""
    import_register(session, shipped_register("Baden-Württemberg"))
    url = create_first_admin_link(session, base_url="", now=app.registry.clock())
    session.commit()
    assert url is not None
    return url


def test_a_coordinator_comes_from_an_invitation_to_a_public_event(first_link: str, meet: Any, mails: Any) -> None:
    admin = meet()
    set_up_account(admin, first_link, "Ada Admin", "Konto anlegen", **{"E-Mail-Adresse": "admin@example.org"})
    invite_office(admin)

    office = meet()
    set_up_account(office, link_in(mails()), "Olga Office", "Einladung annehmen")
    make_programme(office)
    make_agreement(office)

    coordinator = meet()
    set_up_account(coordinator, link_in(mails()), "Cora Coord", "Einladung annehmen")
    open_dialogue(coordinator)
    adapt_phase(coordinator)
    publish(coordinator)
    dialogue = coordinator.page.url
    take_advice(coordinator)
    create_forum(coordinator)
    lead_to_invitation(coordinator)

    resident = meet()
    resident.go(dialogue)
    resident.follow("Forum Ostfildern")
    assert resident.reads("Freie Plätze: 70 von 70")


def invite_office(admin: Person) -> None:
    admin.go("/verwaltung/konten")
    admin.follow("Jemanden einladen")
    admin.write("E-Mail-Adresse", "office@example.org")
    admin.tick("Programmbüro")
    admin.press("Einladung senden")


def make_programme(office: Person) -> None:
    office.follow("Programme")
    office.follow("Programm anlegen")
    office.fill(
        Titel="Kommunale Flüchtlingsdialoge",
        Auftraggeber="Staatsministerium",
        Auftragnehmer="Akademie Ländlicher Raum",
        Anzahl_der_Kommunen="40",
        Erster_Tag="2026-01-01",
        Letzter_Tag="2027-12-31",
    )
    office.press("Anlegen")
    assert office.heading() == "Kommunale Flüchtlingsdialoge"


def make_agreement(office: Person) -> None:
    office.follow("Vereinbarung schließen")
    office.page.get_by_label("Name der Kommune oder Postleitzahl").press_sequentially("ostf")
    office.page.get_by_text("Ostfildern", exact=False).first.wait_for()
    office.follow("Ostfildern")
    office.write("Geschlossen am", "2026-02-01")
    office.write("E-Mail der koordinierenden Person", "coord@example.org")
    office.press("Vereinbarung schließen")
    assert office.reads("Ostfildern")


def open_dialogue(coordinator: Person) -> None:
    coordinator.follow("Ostfildern")
    coordinator.follow("Dialog anlegen")
    coordinator.fill(
        Titel="Zusammenleben in Ostfildern",
        **{
            "Worum geht es?": "Alte und neue Nachbarn lernen sich kennen.",
            "Was passiert mit den Ergebnissen?": "Der Gemeinderat antwortet bis zum Sommer.",
            "Erster Tag": "2026-11-01",
            "Letzter Tag": "2027-10-31",
        },
    )
    coordinator.tick("Arabisch")
    coordinator.press("Entwurf anlegen")
    assert coordinator.heading() == "Zusammenleben in Ostfildern"


def adapt_phase(coordinator: Person) -> None:
    coordinator.follow("Phasen")
    coordinator.follow("Netzwerktreffen")
    coordinator.fill(Erster_Tag="2027-05-05", Letzter_Tag="2027-05-05")
    coordinator.press("Speichern")
    assert coordinator.reads("5. Mai 2027")


def publish(coordinator: Person) -> None:
    coordinator.follow("Öffentliche Seite")
    coordinator.press("Veröffentlichen")


def take_advice(coordinator: Person) -> None:
    coordinator.follow("Neue Veranstaltung")
    coordinator.follow("Welches Format passt?")
    coordinator.tick("Arbeitsgruppen bilden", "Die Meinungen gehen auseinander")
    coordinator.write("Mit wie vielen Menschen rechnen Sie?", "70")
    coordinator.press("Zeigen, was passt")
    ranked = coordinator.page.locator("main li h3").all_inner_texts()
    assert "Großgruppenforum" in ranked[0]
    coordinator.follow("Auswählen Eintägiges Großgruppenforum")


def create_forum(coordinator: Person) -> None:
    day = datetime.now(UTC).replace(hour=10, minute=0) + timedelta(days=40)
    coordinator.fill(
        Titel="Forum Ostfildern",
        Methode="Zukunftswerkstatt: Kritik, Fantasie, Verwirklichung",
        Beginn=typed(day),
        Ende=typed(day + timedelta(hours=7)),
        Ort="Stadthaus, Saal",
        Plätze="70",
    )
    coordinator.tick("Sie ergeben sich am Tag selbst")
    coordinator.press("Veranstaltung anlegen")


def lead_to_invitation(coordinator: Person) -> None:
    coordinator.follow("Als Nächstes:")
    coordinator.follow("Einladen")
    coordinator.press("Einladen")
    assert coordinator.reads("Erledigt: Einladen")
