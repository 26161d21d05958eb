"""What stands in one person's letter."""

import re
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from pyramid.router import Router
from sqlalchemy.orm import Session

from fdplattform.events.models import Event
from fdplattform.testing.draws import add_invited
from fdplattform.tools.draw.replies.invitation import INVITATION
from fdplattform.tools.letters.composing import Occasion, compose, load_occasion
from fdplattform.tools.letters.kinds import Recipient
from fdplattform.tools.letters.letter import Letter
from fdplattform.tools.letters.rendering import make_page


@pytest.fixture
def occasion(app: Router, session: Session, event: Event) -> Occasion:
    return load_occasion(session, app.registry, event.id, INVITATION, app.registry.clock())


@pytest.fixture
def recipient(session: Session, event: Event) -> Recipient:
    add_invited(session, event, 1)
    return next(iter(INVITATION.recipients(session, event)))


def words(letter: Letter) -> str:
    return " ".join(line for part in letter.parts for block in part.blocks for line in block.lines)


def test_everything_that_the_standard_text_names_is_filled_in(occasion: Occasion, recipient: Recipient) -> None:
    for language in ("de", "en", "ar"):
        letter = compose(occasion, Recipient(**{**vars(recipient), "language": language}))
        assert "${" not in words(letter)
        assert "${" not in letter.parts[-1].subject
        assert "Frau Schutz" in words(letter)
        assert "Der Landesbeauftragte" in words(letter)
    assert occasion.missing() == []


def test_german_is_first_and_the_own_language_second(occasion: Occasion, recipient: Recipient) -> None:
    arabic = compose(occasion, Recipient(**{**vars(recipient), "language": "ar"}))
    assert [(part.language, part.dir) for part in arabic.parts] == [("de", "ltr"), ("ar", "rtl")]
    assert not arabic.hints
    german = compose(occasion, Recipient(**{**vars(recipient), "language": "de"}))
    assert [part.language for part in german.parts] == ["de"]
    assert not german.hints


@pytest.mark.parametrize("language", [None, "xx"])
def test_whose_language_is_not_known_is_told_where_to_read_it(
    occasion: Occasion, recipient: Recipient, language: str | None
) -> None:
    letter = compose(occasion, Recipient(**{**vars(recipient), "language": language}))
    assert [part.language for part in letter.parts] == ["de"]
    assert [(hint.language, hint.dir) for hint in letter.hints] == [("en", "ltr"), ("ar", "rtl")]
    assert all(f"localhost/antwort/{recipient.code}" in hint.text for hint in letter.hints)


def test_the_code_is_written_and_drawn(occasion: Occasion, recipient: Recipient) -> None:
    letter = compose(occasion, recipient)
    assert re.fullmatch(r"([0-9A-Z]{4}-){2}[0-9A-Z]{4}", letter.code or "")
    assert letter.code_address == "localhost/antwort"
    assert [block.kind for block in letter.parts[0].blocks].count("reply") == 1
    picture = ElementTree.fromstring(letter.code_picture)
    assert picture.tag.endswith("svg")


def test_values_keep_their_direction_in_a_text_from_right_to_left(occasion: Occasion, recipient: Recipient) -> None:
    letter = compose(occasion, Recipient(**{**vars(recipient), "language": "ar"}))
    german, arabic = ("".join(line for block in part.blocks for line in block.lines) for part in letter.parts)
    assert f"\u2068{recipient.name}\u2069" in arabic
    assert "\u2068" not in german


@pytest.mark.parametrize(
    ("name", "street"),
    [
        ("A" * 150 + " " + "B" * 149, "C" * 200),
        ("عبد الرحمن", "شارع السلام ٥"),
        ("Zoé 🌻 O'Neill", 'Straße "des 17. Juni" <3>'),
        ("<script>alert(1)</script>", "& Söhne"),
    ],
)
def test_strange_names_stand_in_the_letter_as_they_are(occasion: Occasion, name: str, street: str) -> None:
    person = Recipient(
        key="x", name=name, street=street, postal_code=None, city="Ort", code="A", code_url="http://h/a/A"
    )
    read = BeautifulSoup(make_page([compose(occasion, person)]), "html.parser")
    assert [line.text for line in read.select(".address bdi")] == [name, street, "Ort"]
    assert f"Guten Tag {name}," in read.text
    assert not read.find("script")
