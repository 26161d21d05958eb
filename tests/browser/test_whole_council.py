"""A citizens' council from the register to the answer: 90,000 people, letters, a phone, a board, a café."""

import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pyramid.registry import Registry
from pyramid.router import Router
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fdplattform.accounts.models import Account
from fdplattform.jobs.worker import Worker
from fdplattform.security.permissions import Role
from fdplattform.testing.clock import Clock
from fdplattform.testing.draws import code_of, work
from fdplattform.testing.people import Person, typed
from fdplattform.testing.registers import register_csv
from fdplattform.tools.draw.panel.models import Member
from fdplattform.tools.draw.register.models import Invitee
from fdplattform.tools.draw.replies.models import Answer, Channel, Reply

pytestmark = [pytest.mark.browser, pytest.mark.backends("sqlite")]

PEOPLE, LETTERS = 90_000, 40
#: What the phone says in Arabic.
CONTINUE, YES, SEND = "متابعة", "نعم، أرغب في المشاركة", "إرسال"


@dataclass
class Stage:
    """Where and when it happens, and who leads it."""

    meet: Any
    account: Account
    clock: Clock
    session: Session
    registry: Registry
    begun: datetime
    town: str
    dialogue: str
    #: The council's address, as soon as it has one.
    event: str = ""

    def on_day(self, day: int, hour: int = 9) -> Person:
        """The coordinator, signed in so many days after the beginning; that day itself begins now."""
        if day:
            self.clock.set((self.begun + timedelta(days=day)).replace(hour=hour, minute=0))
        person: Person = self.meet(self.account)
        return person

    def today(self) -> str:
        return str(self.clock().date())

    def compute(self) -> None:
        """Let the worker do what takes long."""
        work(self.registry, self.session)

    def invited(self) -> Sequence[Invitee]:
        self.session.rollback()
        return self.session.scalars(select(Invitee).order_by(Invitee.number)).all()


@pytest.fixture
def stage(make: Any, meet: Any, clock: Clock, app: Router, session: Session) -> Stage:
    municipality = make.municipality(population=PEOPLE)
    dialogue = make.dialogue(municipality, languages=["de", "ar"])
    account = make.account(Role.COORDINATOR, municipality)
    place = make.path(municipality)
    return Stage(meet, account, clock, session, app.registry, clock(), place, make.path(dialogue))


def test_from_the_register_to_the_answer(stage: Stage, tmp_path: Path) -> None:
    team = stage.on_day(0)
    create_council(stage, team)
    set_criteria(stage, team)
    read_register(stage, team, tmp_path)
    publish_intention(stage, team)
    draw_sample(stage, team)

    team = stage.on_day(23)
    make_letters(stage, team, "invitation")
    team.take_step(stage.event, "Die Einladungen sind verschickt")
    reply_in_arabic(stage)
    enter_card(stage, team)
    others_reply(stage)

    team = stage.on_day(51)
    draw_panel(stage, team)
    check_record(stage, team, tmp_path)
    team.take_step(stage.event, "Die Mitglieder sind ausgelost")

    team = stage.on_day(70, hour=14)
    team.take_step(stage.event, "Der Rat beginnt")
    sit(stage, team)
    make_statement(stage, team)
    cafe, group = (follow_up(stage, team, name, day) for name, day in (("Bürgercafé", 80), ("Resonanzgruppe", 81)))
    team.take_step(cafe, "Ankündigen")
    resident = stage.meet(phone=True, scripts=False)
    resident.go(cafe)
    assert resident.reads("Wir wünschen uns einen Treffpunkt.")
    team.take_step(group, "Einladen")

    team = stage.on_day(82)
    answer(stage, team, cafe, group)
    make_letters(stage, team, "members_reply")
    team.take_step(
        stage.event,
        "Die Mitglieder haben ihre Antwort",
        **{"Schriftliche Antwort an die Mitglieder am": stage.today()},
    )
    team.take_step(stage.event, "Abschließen")
    resident.go(stage.event)
    assert resident.reads("Die Stadt mietet den Laden.")

    stage.clock.set(stage.begun + timedelta(days=200))
    nobody_is_known_any_more(stage)


def create_council(stage: Stage, team: Person) -> None:
    first = (stage.begun + timedelta(days=70)).replace(hour=11, minute=30)
    second = (stage.begun + timedelta(days=71)).replace(hour=8, minute=0)
    team.go(f"{stage.dialogue}/format-waehlen")
    team.follow("Auswählen BürgerInnenrat")
    team.fill(
        Titel="BürgerInnenrat Gartenstraße",
        Frage="Wie leben wir in der Gartenstraße zusammen?",
        Beginn=typed(first),
        Ende=typed(first + timedelta(hours=4, minutes=30)),
        Ort="Altes Schulhaus",
    )
    team.press("Veranstaltung anlegen")
    stage.event = team.page.url.removesuffix("/schritte")
    team.go(f"{stage.event}/termine")
    team.follow("Termin hinzufügen")
    team.fill(Beginn=typed(second), Ende=typed(second + timedelta(hours=7)), Ort="Altes Schulhaus")
    team.press("Speichern")
    team.go(f"{stage.event}/bearbeiten")
    team.fill(Auftrag="Der Gemeinderat bittet um Rat.")
    team.press("Speichern")


def set_criteria(stage: Stage, team: Person) -> None:
    team.go(f"{stage.event}/kriterien")
    team.follow("Fertige Merkmale")
    team.tick("Alter", "Geschlecht", "Staatsangehörigkeit", "Bildungsabschluss")
    team.press("Übernehmen")
    team.write("Antworten bis", str((stage.begun + timedelta(days=50)).date()))
    team.press("Speichern")


def read_register(stage: Stage, team: Person, folder: Path) -> None:
    extract = folder / "register.csv"
    extract.write_bytes(register_csv(PEOPLE))
    team.go(f"{stage.event}/register")
    team.field("Auszug aus dem Melderegister").set_input_files(extract)
    team.press("Hochladen")
    team.press("Auszug einlesen")
    stage.compute()
    team.go(f"{stage.event}/register")
    assert team.reads("90.000")
    assert team.reads("Ausgelassen: Auskunftssperre")
    team.press("Anteile der Bevölkerung in die Merkmale übernehmen")
    team.press("Quoten aus den Anteilen vorschlagen")
    assert team.reads("7 bis 8")


def publish_intention(stage: Stage, team: Person) -> None:
    team.take_step(stage.event, "Der Auftrag ist erteilt", Auftrag_erteilt_am=stage.today(), Beschluss="Vorlage 27")
    team.take_step(stage.event, "Absicht veröffentlichen")


def draw_sample(stage: Stage, team: Person) -> None:
    team.go(f"{stage.event}/stichprobe")
    team.write("Zahl der Briefe", str(LETTERS))
    team.press("Stichprobe ziehen")
    stage.compute()
    team.go(f"{stage.event}/stichprobe")
    assert team.reads(f"Bisher gelost: {LETTERS} Menschen.")


def make_letters(stage: Stage, team: Person, kind: str) -> None:
    """Say who sends them, what the privacy page leaves open, make them, and note that they were posted."""
    team.go(f"{stage.event}/briefe/absender")
    team.write("Absender in einer Zeile", "Stadt Musterstadt, Marktplatz 1, 70999 Musterstadt")
    team.write("Wen man fragen kann", "Stabsstelle Beteiligung, Telefon 0711 1")
    team.press("Speichern")
    team.go(f"{stage.town}/rechtstext/datenschutz")
    for gap in team.page.locator("main textarea").all():
        gap.fill("Stadt Musterstadt, Marktplatz 1, 70999 Musterstadt")
    team.press("Speichern")
    team.go(f"{stage.event}/briefe/{kind}")
    team.press("Alle Briefe erstellen")
    stage.compute()
    team.go(f"{stage.event}/briefe/{kind}")
    team.follow("Zu diesen Briefen")
    with team.page.expect_download() as download:
        team.page.get_by_role("link", name="Herunterladen (PDF)").click()
    assert download.value.path().read_bytes().startswith(b"%PDF")
    team.write("Verschickt am", stage.today())
    team.press("Die Briefe sind verschickt")
    assert team.reads("Verschickt am")


def reply_in_arabic(stage: Stage) -> None:
    phone = stage.meet(phone=True, scripts=False, language="ar")
    phone.go("/antwort")
    phone.page.locator("input[name=code]").fill(code_of(stage.session, stage.invited()[0]).lower())
    phone.press(CONTINUE)
    phone.follow(YES)
    phone.press(SEND)
    assert phone.page.url.endswith("/antwort/danke")


def enter_card(stage: Stage, team: Person) -> None:
    team.go(f"{stage.event}/antworten/eintragen")
    team.write("Code, Nummer oder voller Name", str(stage.invited()[1].number))
    team.tick("Ja")
    team.press("Eintragen")
    team.go(f"{stage.event}/antworten")
    assert team.reads("Haben Ja gesagt\n2")


def others_reply(stage: Stage) -> None:
    """As the two before them, but not through the browser."""
    said = {"answer": Answer.YES, "channel": Channel.CARD, "language": "de", "dates": [], "entered_at": stage.clock()}
    stage.session.add_all(Reply(invitee_id=each.id, event_id=each.event_id, **said) for each in stage.invited()[2:])
    stage.session.commit()


def draw_panel(stage: Stage, team: Person) -> None:
    """Computed, published, drawn by hand; then somebody falls ill."""
    team.go(f"{stage.event}/auslosung")
    team.follow("Auslosung starten")
    team.page.get_by_label("Ich habe gelesen, was fehlt").check()
    team.press("Auslosung starten")
    stage.compute()
    team.go(f"{stage.event}/auslosung")
    team.follow("Annehmen und Protokoll veröffentlichen")
    team.press("Ja, Protokoll veröffentlichen")
    team.follow("Nummer eintragen")
    team.fill(**{"Die gezogene Nummer": "417", "Wer war dabei?": "Zwei Mitglieder des Gemeinderats"})
    team.press("Weiter")
    assert team.reads("417")
    team.press("Ja, diese Nummer wurde gezogen")
    assert team.reads("15 / 15")


def check_record(stage: Stage, team: Person, folder: Path) -> None:
    """Everybody checks the public record with the program beside it, the team also the sealed one; each is refused
    with one byte changed."""
    team.go(f"{stage.event}/auslosung-nachweis")
    public, program = (download(team, name, folder) for name in ("Protokoll (JSON)", "Prüfprogramm (Python)"))
    team.go(f"{stage.event}/auslosung")
    sealed = download(team, "Versiegeltes Protokoll", folder)
    for record, check, field in (
        (public, [sys.executable, "-I", str(program)], b'"pseudonym":"'),
        (sealed, [sys.executable, "-m", "fdplattform.cli", "draw", "verify"], b'"seed":"'),
    ):
        assert ends_well(check, record), record
        content = bytearray(record.read_bytes())
        content[content.index(field) + len(field)] ^= 1
        record.write_bytes(content)
        assert not ends_well(check, record), record


def download(somebody: Person, name: str, folder: Path) -> Path:
    with somebody.page.expect_download() as download:
        somebody.page.get_by_role("link", name=name).click()
    file = folder / download.value.suggested_filename
    download.value.save_as(file)
    return file


def ends_well(check: Sequence[str], record: Path) -> bool:
    """Whether the program says that the record is in order."""
    done = subprocess.run([*check, str(record)], capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    return done.returncode == 0


def sit(stage: Stage, team: Person) -> None:
    """Two scribes, who only type."""
    other = stage.meet(stage.account)
    for scribe in (team, other):
        scribe.go(f"{stage.event}/brett")
    write_card(team, "Zu wenig Bänke")
    other.page.locator("[id='H1']").wait_for()
    write_card(other, "l: Mehr Bänke, wegen H1")
    team.page.locator("[id='L1']").wait_for()
    other.go(stage.event)
    team.follow("Ergebnisse vom Brett")
    team.press("Zum Ergebnis machen")


def write_card(scribe: Person, text: str) -> None:
    scribe.page.keyboard.insert_text(text)
    scribe.page.keyboard.press("Enter")


def make_statement(stage: Stage, team: Person) -> None:
    team.go(f"{stage.event}/erklaerung")
    team.follow("Erklärung schreiben")
    team.write("Gemeinsame Erklärung", "Wir wünschen uns einen Treffpunkt.")
    team.tick("Einstimmig")
    team.press("Speichern")
    team.follow("Punkte und Antworten")
    team.press("Hinzufügen")
    team.write("In den Worten der Erklärung", "Ein Treffpunkt")
    team.press("Speichern")
    team.take_step(stage.event, "Der Rat hat seine Erklärung abgegeben")


def follow_up(stage: Stage, team: Person, name: str, day: int) -> str:
    """Create what follows the council with one click, and give it a date. Returns its address."""
    begin = (stage.begun + timedelta(days=day)).replace(hour=17, minute=0)
    team.go(f"{stage.event}/schritte")
    team.page.get_by_role("button", name=name).click()
    team.page.wait_for_load_state()
    team.fill(Beginn=typed(begin), Ende=typed(begin + timedelta(hours=2)), Ort="Rathaus")
    team.press("Speichern")
    return team.page.url.rsplit("/", 1)[0]


def answer(stage: Stage, team: Person, cafe: str, group: str) -> None:
    for event in (cafe, group):
        team.take_step(event, "Die Veranstaltung ist vorbei")
    team.take_step(stage.event, "Die Erklärung ist vorgestellt")
    team.go(f"{stage.event}/erklaerung/punkte")
    team.follow("Antwort eintragen")
    team.tick("Wird aufgegriffen")
    team.write("Stellungnahme", "Die Stadt mietet den Laden.")
    team.press("Speichern")
    team.take_step(
        stage.event,
        "Die Stellungnahme ist abgegeben",
        Stellungnahme_abgegeben_am=stage.today(),
        Stellungnahme="Danke für Ihre Zeit.",
    )


def nobody_is_known_any_more(stage: Stage) -> None:
    """After the nightly work: no name, no address, no answer is left."""
    worker = Worker(stage.registry, stage.clock)
    worker.drain()
    stage.session.rollback()
    for model in (Invitee, Member):
        known = select(func.count()).select_from(model).where(model.shredded_at.is_(None))
        assert stage.session.scalar(known) == 0
    assert not stage.session.scalar(select(func.count()).select_from(Reply).where(Reply.email.is_not(None)))
