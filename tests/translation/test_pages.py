"""Translating on the page, through HTTP."""

import pytest
from pyramid.router import Router
from sqlalchemy import select
from sqlalchemy.orm import Session

from fdplattform.dialogues.models import Dialogue
from fdplattform.events.models import Event, EventSeries
from fdplattform.journal.models import JournalEntry
from fdplattform.journal.services import SYSTEM
from fdplattform.security.permissions import Role
from fdplattform.testing.client import Client
from fdplattform.testing.factories import Make
from fdplattform.tools.agenda.services import save_agenda
from fdplattform.tools.agenda.texts import name_of
from fdplattform.translation.models import TextTranslation


@pytest.fixture
def dialogue(client: Client, make: Make) -> Dialogue:
    place = make.municipality()
    client.login(make.account(Role.COORDINATOR, place))
    return make.dialogue(place, title="Zusammenleben")


def test_coordinator_translates(client: Client, make: Make, session: Session, dialogue: Dialogue) -> None:
    path = make.path(dialogue, "uebersetzen")
    page = client.get(path, {"sprache": "ar"})
    original = page.html.find("span", string="Zusammenleben")
    assert (original["lang"], original["dir"]) == ("de", "ltr")
    form = page.forms["form"]
    form["title"] = "العيش معًا"
    form["reviewed"] = True
    form.submit("submit", status=303)
    row = session.scalars(select(TextTranslation)).one()
    assert (row.language, row.text, row.original, row.reviewed) == ("ar", "العيش معًا", "Zusammenleben", True)
    entry = session.scalars(select(JournalEntry).where(JournalEntry.tag == "dialogue:translate")).one()
    assert entry.payload == {"language": "ar", "fields": ["title"]}
    assert "العيش معًا" in client.get(make.path(dialogue), {"lang": "ar"}).html.h1.text


def test_changed_original_is_pointed_out(client: Client, make: Make, session: Session, dialogue: Dialogue) -> None:
    path = f"{make.path(dialogue, 'uebersetzen')}?sprache=en&lang=de"
    form = client.get(path).forms["form"]
    form["title"] = "Living together"
    form.submit("submit", status=303)
    assert "Original hat sich" not in client.get(path)
    dialogue.title = "Ganz neu"
    session.commit()
    assert "Das Original hat sich seit der Übersetzung geändert" in client.get(path)


@pytest.mark.parametrize("language", ["de", "xx", "", "../.."])
def test_unknown_language_is_not_found(client: Client, make: Make, dialogue: Dialogue, language: str) -> None:
    client.get(make.path(dialogue, "uebersetzen"), {"sprache": language}, status=404)


def test_too_long_a_translation_is_refused_and_kept(client: Client, make: Make, dialogue: Dialogue) -> None:
    form = client.get(make.path(dialogue, "uebersetzen")).forms["form"]
    form["title"] = "x" * 121
    answer = form.submit("submit", status=422)
    assert answer.forms["form"]["title"].value == "x" * 121


def test_municipality_without_introduction_has_nothing_to_translate(client: Client, make: Make) -> None:
    place = make.municipality()
    client.login(make.account(Role.COORDINATOR, place))
    page = client.get(make.path(place, "uebersetzen"), {"lang": "de"})
    assert "noch nichts zu übersetzen" in page


def test_the_public_answers_to_a_formats_form_are_translated(client: Client, make: Make, dialogue: Dialogue) -> None:
    event = make.event(dialogue, state="open", details={"question": "Wie leben wir?", "decided_on": None})
    form = client.get(make.path(event, "uebersetzen?sprache=ar")).forms["form"]
    assert "details_decided_on" not in form.fields
    form["details_question"] = "كيف نعيش؟"
    form.submit("submit", status=303)
    client.logout()
    arabic = client.get(make.path(event), {"lang": "ar"}).html.find("span", string="كيف نعيش؟")
    assert (arabic["lang"], arabic["dir"]) == ("ar", "rtl")
    german = client.get(make.path(event), {"lang": "de"}).html.find("span", string="Wie leben wir?")
    assert (german["lang"], german["dir"]) == ("de", "ltr")


def test_the_agenda_is_translated_with_the_event(
    client: Client, make: Make, session: Session, dialogue: Dialogue
) -> None:
    event = make.event(dialogue, state="open")
    said = [("Begrüßung", "", True), ("Pause", "Murmelgruppe", True), ("Pause", "", True), ("Nur für uns", "", False)]
    _write_agenda(session, event, said)
    page = client.get(make.path(event, "uebersetzen?sprache=ar&lang=de"))
    assert "Nur für uns" not in page
    assert page.text.count(">Pause<") == 1
    form = page.forms["form"]
    form[name_of("Pause")] = "استراحة"
    form[name_of("Murmelgruppe")] = "مجموعة همس"
    form.submit("submit", status=303)
    arabic = client.get(make.path(event), {"lang": "ar"}).html.select_one("ol.agenda")
    assert [span.text for span in arabic.find_all("span", lang="ar")] == ["استراحة", "مجموعة همس", "استراحة"]
    assert arabic.find("span", string="Begrüßung")["lang"] == "de"
    assert "استراحة" not in client.get(make.path(event), {"lang": "de"})


def test_the_translation_of_a_line_stays_when_the_line_moves_and_goes_with_its_words(
    client: Client, make: Make, session: Session, dialogue: Dialogue
) -> None:
    event = make.event(dialogue, state="open")
    _write_agenda(session, event, [("Begrüßung", "", True), ("Pause", "", True)])
    form = client.get(make.path(event, "uebersetzen?sprache=ar")).forms["form"]
    form[name_of("Begrüßung")], form[name_of("Pause")] = "ترحيب", "استراحة"
    form.submit("submit", status=303)
    moved = client.get(make.path(event, "ablauf")).forms["form"].submit("__rows__", value="down:0")
    moved.forms["form"].submit("submit", status=303)
    assert "ترحيب" in client.get(make.path(event), {"lang": "ar"})
    edited = client.get(make.path(event, "ablauf")).forms["form"]
    edited.fields["title"][0].value = "Essen"
    edited.submit("submit", status=303)
    session.rollback()
    left = session.scalars(select(TextTranslation.text).where(TextTranslation.field.startswith("agenda"))).all()
    assert left == ["ترحيب"]


def _write_agenda(session: Session, event: Event, said: list[tuple[str, str, bool]]) -> None:
    rows = [
        {
            "minutes": 10,
            "title": title,
            "method": method,
            "lead": "",
            "material": "",
            "public": public,
            "next_date": False,
        }
        for title, method, public in said
    ]
    save_agenda(session, event, rows, version=event.version, actor=SYSTEM)
    session.commit()


def test_a_series_is_translated(client: Client, make: Make, session: Session, dialogue: Dialogue, app: Router) -> None:
    series = EventSeries(
        dialogue_id=dialogue.id,
        format_id="probe",
        title="Reihe zum Wohnen",
        synthesis="Alle wollen einen Treff.",
        language="de",
        created_at=app.registry.clock(),
    )
    session.add(series)
    session.flush()
    event = make.event(dialogue, state="open")
    event.series_id = series.id
    session.commit()
    path = make.path(dialogue, "reihe", str(series.id))
    assert client.get(path).click("Übersetzen").status_int == 200
    form = client.get(f"{path}/uebersetzen?sprache=ar").forms["form"]
    form["title"], form["synthesis"] = "سلسلة", "الجميع يريد مكانًا"
    form.submit("submit", status=303)
    client.logout()
    page = client.get(path, {"lang": "ar"})
    assert page.html.h1.text == "سلسلة"
    assert "الجميع يريد مكانًا" in page
    assert "سلسلة" in client.get(make.path(dialogue), {"lang": "ar"})
    assert client.get(f"{path}/bearbeiten", status=303)
    other = make.dialogue()
    assert client.get(make.path(other, "reihe", str(series.id)), status=404)
