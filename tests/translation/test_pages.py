"""Translating on the page, through HTTP."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from fdplattform.dialogues.models import Dialogue
from fdplattform.journal.models import JournalEntry
from fdplattform.security.permissions import Role
from fdplattform.testing.client import Client
from fdplattform.testing.factories import Make
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
