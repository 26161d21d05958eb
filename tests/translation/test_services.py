"""Texts in the reader's language."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from fdplattform.db import Base
from fdplattform.testing.factories import Make
from fdplattform.testing.queries import queries
from fdplattform.translation.models import TextTranslation
from fdplattform.translation.services import erase, is_outdated, load_texts, save, translations_of

NOW = datetime(2026, 5, 1, tzinfo=UTC)


def test_untranslated_text_is_the_original(session: Session, make: Make) -> None:
    dialogue = make.dialogue(title="Zusammenleben")
    text = load_texts(session, [dialogue], "ar").get(dialogue, "title")
    assert (text.value, text.lang, text.dir) == ("Zusammenleben", "de", "ltr")


def test_translated_text_has_its_own_direction(session: Session, make: Make) -> None:
    dialogue = make.dialogue()
    save(session, dialogue, "ar", {"title": "<b>معًا</b>"}, now=NOW)
    text = load_texts(session, [dialogue], "ar").get(dialogue, "title")
    assert text.__html__() == '<span lang="ar" dir="rtl">&lt;b&gt;معًا&lt;/b&gt;</span>'


def test_missing_optional_text_is_empty(session: Session, make: Make) -> None:
    dialogue = make.dialogue()
    assert not load_texts(session, [dialogue], "de").get(dialogue, "occasion")


def test_paragraphs_are_divided_by_empty_lines(session: Session, make: Make) -> None:
    dialogue = make.dialogue(goal="Eins\nweiter\r\n\r\n\n\nZwei")
    text = load_texts(session, [dialogue], "de").get(dialogue, "goal")
    assert [paragraph.value for paragraph in text.paragraphs] == ["Eins\nweiter", "Zwei"]


def test_many_objects_of_several_kinds_need_one_query(session: Session, make: Make) -> None:
    dialogues = [make.dialogue() for _number in range(5)]
    places = [make.municipality() for _number in range(5)]
    with queries(session.get_bind()) as asked:
        texts = load_texts(session, [*dialogues, *places], "ar")
        load_texts(session, dialogues, "ar", into=texts)
    assert len(asked) == 1


def test_originals_in_the_readers_language_need_no_query(session: Session, make: Make) -> None:
    dialogue = make.dialogue()
    with queries(session.get_bind()) as asked:
        load_texts(session, [dialogue], "de")
    assert not asked


def test_objects_of_one_id_and_different_kind_are_kept_apart(session: Session, make: Make) -> None:
    place = make.municipality(introduction="Wir")
    dialogue = make.dialogue(place)
    save(session, place, "en", {"introduction": "We"}, now=NOW)
    texts = load_texts(session, [place, dialogue], "en")
    assert texts.get(place, "introduction").value == "We"
    assert texts.get(dialogue, "goal").lang == "de"


def test_saving_says_what_has_changed(session: Session, make: Make) -> None:
    dialogue = make.dialogue()
    assert save(session, dialogue, "en", {"title": "A", "goal": ""}, now=NOW) == ["title"]
    assert save(session, dialogue, "en", {"title": "A"}, now=NOW) == []
    assert save(session, dialogue, "en", {"title": "A"}, now=NOW, reviewed=True) == ["title"]
    assert save(session, dialogue, "en", {"title": "  "}, now=NOW) == ["title"]
    assert not session.scalars(select(TextTranslation)).all()


def test_original_and_undeclared_fields_are_refused(session: Session, make: Make) -> None:
    dialogue = make.dialogue()
    with pytest.raises(ValueError, match="original"):
        save(session, dialogue, "de", {"title": "A"}, now=NOW)
    with pytest.raises(ValueError, match="slug"):
        save(session, dialogue, "en", {"slug": "a"}, now=NOW)


def test_changed_original_makes_a_translation_outdated(session: Session, make: Make) -> None:
    dialogue = make.dialogue(title="Alt")
    save(session, dialogue, "en", {"title": "Old"}, now=NOW)
    session.flush()
    row = translations_of(session, dialogue)["en"]["title"]
    assert not is_outdated(dialogue, row)
    dialogue.title = "Neu"
    assert is_outdated(dialogue, row)


def test_translations_go_with_their_object(session: Session, make: Make) -> None:
    gone, kept = make.dialogue(), make.dialogue()
    for dialogue in (gone, kept):
        save(session, dialogue, "en", {"title": "T"}, now=NOW)
    session.delete(gone)
    session.flush()
    assert session.scalars(select(TextTranslation.object_id)).all() == [kept.id]
    erase(session, kept)
    assert not session.scalars(select(TextTranslation)).all()


def test_every_declared_field_is_a_column_beside_a_language(migrated_app: object) -> None:
    for mapper in Base.registry.mappers:
        declared = getattr(mapper.class_, "TRANSLATED", ())
        assert set(declared) <= set(mapper.columns.keys()), mapper
        assert not declared or "language" in mapper.columns, mapper
