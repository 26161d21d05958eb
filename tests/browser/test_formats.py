"""The other formats in short, each from its form to "closed", as the coordinator leads it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from fdplattform.dialogues.models import Dialogue
from fdplattform.events.models import Event
from fdplattform.security.permissions import Role
from fdplattform.testing.clock import Clock
from fdplattform.testing.draws import count_members, enter_members, post_letters, set_criteria
from fdplattform.testing.people import Person, typed

pytestmark = [pytest.mark.browser, pytest.mark.backends("sqlite")]

#: The field in which one says why one takes a step against advice.
WHY = "Warum tun Sie es trotzdem?"


@pytest.fixture
def dialogue(make: Any) -> Dialogue:
    """A dialogue with one field of action; `make.coordinator` leads it."""
    municipality = make.municipality(population=24_000)
    found: Dialogue = make.dialogue(municipality)
    make.field(found, "Begegnung")
    make.coordinator = make.account(Role.COORDINATOR, municipality)
    return found


@pytest.fixture
def later(make: Any, meet: Any, clock: Clock) -> Callable[[datetime], Person]:
    """`later(moment)` is the coordinator at that moment, signed in again."""

    def come(moment: datetime) -> Person:
        clock.set(moment)
        person: Person = meet(make.coordinator)
        return person

    return come


def choose(person: Person, dialogue: str, name: str) -> None:
    person.go(f"{dialogue}/format-waehlen")
    person.follow(f"Auswählen {name}")


def create(person: Person, begin: datetime, hours: int = 2, **answers: str) -> str:
    """Fill in the form of the format and create the event. Returns its address."""
    person.fill(
        Titel="Treffen am Fluss",
        Beginn=typed(begin),
        Ende=typed(begin + timedelta(hours=hours)),
        Ort="Turnhalle",
        **answers,
    )
    person.press("Veranstaltung anlegen")
    assert person.heading() == "Wie es weitergeht"
    return person.page.url.removesuffix("/schritte")


def add(person: Person, event: str, record_list: str, **row: str) -> None:
    person.go(f"{event}/eintrag/{record_list}")
    person.fill(**row)
    person.page.locator("form#form .buttons button").first.click()
    person.page.wait_for_load_state()


def change(person: Person, event: str, record_list: str, entry: str, **row: str) -> None:
    person.go(f"{event}/listen/{record_list}")
    person.follow(f"Bearbeiten {entry}")
    person.fill(**row)
    person.press("Speichern")


def is_public(person: Person, event: str, *texts: str) -> None:
    person.go(event)
    assert [text for text in texts if not person.reads(text)] == []


def test_an_assembly_ends_when_every_suggestion_is_answered(
    make: Any, meet: Any, dialogue: Dialogue, later: Callable[[datetime], Person], clock: Clock
) -> None:
    now = clock()
    team = later(now)
    choose(team, make.path(dialogue), "Einwohnerversammlung")
    event = create(team, now + timedelta(days=30))
    team.take_step(event, "Die Versammlung ist beschlossen", Beschlossen_am="2026-11-02", Beschluss="Vorlage 41")
    team.take_step(event, "Bekannt machen")

    team = later(now + timedelta(days=31))
    team.take_step(event, "Die Veranstaltung ist vorbei")
    team.enter_finding(event, "Ein Gehweg zur Schule")
    add(team, event, "suggestions", Anregung="Gehweg zur Schule")
    team.take_step(event, "Niederschrift freigeben", Niederschrift_freigegeben_am=str(clock().date()))
    change(team, event, "suggestions", "Gehweg", Zuständige_Stelle="Technischer Ausschuss")
    team.take_step(event, "Alle Anregungen sind zugewiesen")
    change(team, event, "suggestions", "Gehweg", Beantwortet_am=str(clock().date()), Antwort="Er wird 2027 gebaut.")
    team.take_step(event, "Alle Anregungen sind beantwortet")
    team.take_step(event, "Abschließen")
    is_public(meet(phone=True, scripts=False), event, "Er wird 2027 gebaut.", "Technischer Ausschuss", "Abgeschlossen")


def test_a_series_has_an_event_for_each_field_and_a_synthesis(
    make: Any, meet: Any, dialogue: Dialogue, later: Callable[[datetime], Person], clock: Clock
) -> None:
    now = clock()
    team = later(now)
    choose(team, make.path(dialogue), "Veranstaltung je Handlungsfeld")
    team.press("Reihe anlegen")
    team.go(make.path(dialogue))
    team.follow("Dialog: Begegnung")
    event = team.page.url.rstrip("/")
    team.follow("Bearbeiten")
    team.fill(Wer_einlädt="Stadtbücherei", Leitfrage="Wo treffen wir uns?")
    team.press("Speichern")
    team.go(f"{event}/termine")
    team.follow("Termin hinzufügen")
    begin = now + timedelta(days=30)
    team.fill(Beginn=typed(begin), Ende=typed(begin + timedelta(hours=2)), Ort="Bücherei")
    team.press("Speichern")
    team.take_step(event, "Ankündigen")

    team = later(now + timedelta(days=31))
    team.take_step(event, "Die Veranstaltung ist vorbei")
    team.enter_finding(event, "Ein Sprachcafé")
    team.take_step(event, "Die Ergebnisse sind vollständig")
    team.go(make.path(dialogue))
    team.follow("Die ganze Reihe")
    team.follow("Titel und Zusammenschau")
    team.write("Zusammenschau", "Überall fehlt ein Ort für Begegnung.")
    team.press("Speichern")
    team.take_step(event, "Abschließen")
    is_public(meet(phone=True, scripts=False), event, "Wo treffen wir uns?", "Abgeschlossen")


def test_a_council_ends_when_its_members_have_their_answer(
    make: Any, meet: Any, dialogue: Dialogue, later: Callable[[datetime], Person], clock: Clock
) -> None:
    now = clock()
    team = later(now)
    choose(team, make.path(dialogue), "BürgerInnenrat")
    event = create(team, now + timedelta(days=40), hours=8, Frage="Wie wollen wir wohnen?")
    team.go(f"{event}/bearbeiten")
    team.fill(Auftrag="Der Gemeinderat will eine Empfehlung.")
    team.press("Speichern")
    set_criteria(make.session, at(make, event), {"Alter": {"16 bis 29": (3, 5)}}, seats=12)
    team.take_step(event, "Der Auftrag ist erteilt", Auftrag_erteilt_am="2026-11-01", Beschluss="Vorlage 27")
    team.take_step(event, "Absicht veröffentlichen", **{WHY: "Ein Tag genügt uns."})

    team = later(now + timedelta(days=22))
    post_letters(make.session, at(make, event), 300, clock())
    team.take_step(event, "Die Einladungen sind verschickt")
    enter_members(make.registry, make.session, at(make, event), 12)
    count_members(make.registry, make.session, at(make, event), 4)
    team.take_step(
        event,
        "Die Mitglieder wurden ohne dieses Programm ausgelost",
        Verschickte_Briefe="300",
        **{"Antworten von Menschen, die bereit sind": "34"},
        Ausgelost_am=str(clock().date()),
        Wer_gelost_hat="Stabsstelle",
        Wie_gelost_wurde="Aus allen, die bereit waren",
        Wer_dabei_war="Zwei Mitglieder des Gemeinderats",
    )

    team = later(now + timedelta(days=41))
    team.take_step(event, "Der Rat beginnt")
    team.enter_finding(event, "Man kennt sich nicht.")
    team.go(f"{event}/erklaerung")
    team.follow("Erklärung schreiben")
    team.write("Gemeinsame Erklärung", "Wir wünschen uns einen Treffpunkt.")
    team.tick("Einstimmig")
    team.press("Speichern")
    team.follow("Punkte und Antworten")
    team.press("Hinzufügen")
    team.write("In den Worten der Erklärung", "Ein Treffpunkt")
    team.press("Speichern")
    team.take_step(event, "Der Rat hat seine Erklärung abgegeben")
    is_held(make, dialogue, event, "buergercafe")
    team.take_step(event, "Die Erklärung ist vorgestellt")
    is_held(make, dialogue, event, "resonanzgruppe")
    team.go(f"{event}/erklaerung/punkte")
    team.follow("Antwort eintragen")
    team.tick("Wird aufgegriffen")
    team.write("Stellungnahme", "Die Stadt mietet den Laden.")
    team.press("Speichern")
    team.take_step(
        event,
        "Die Stellungnahme ist abgegeben",
        Stellungnahme_abgegeben_am=str(clock().date()),
        Stellungnahme="Danke für Ihre Zeit.",
    )
    post_letters(make.session, at(make, event), 12, clock(), "members_reply")
    team.take_step(
        event,
        "Die Mitglieder haben ihre Antwort",
        **{"Schriftliche Antwort an die Mitglieder am": str(clock().date())},
    )
    team.take_step(event, "Abschließen")
    resident = meet(phone=True, scripts=False)
    is_public(resident, event, "Wir wünschen uns einen Treffpunkt.", "Die Stadt mietet den Laden.", "Abgeschlossen")
    assert not resident.reads("Mitglied 1")


def is_held(make: Any, dialogue: Dialogue, council: str, format_id: str) -> None:
    """The chained event of this format has taken place."""
    make.event(dialogue, format_id=format_id, state="held", follows_id=at(make, council).id)


def at(make: Any, address: str) -> Event:
    """The event at this address."""
    make.session.rollback()
    (found,) = make.session.query(Event).filter_by(slug=address.rsplit("/", 1)[1])
    assert isinstance(found, Event)
    return found
