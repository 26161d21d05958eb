"""What the handbook calls a button or a page is called so on the screen."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
CHAPTERS = sorted((ROOT / "docs/handbuch").glob("*.md"))
CATALOGUES = [*ROOT.glob("fdplattform/locale/de/*/*.po"), *ROOT.glob("plugins/*/*/locale/de/*/*.po")]
NAMED = re.compile(r"\*\*„([^“]+)“\*\*")


def words_on_the_screen() -> set[str]:
    words = set()
    for path in CATALOGUES:
        with path.open("rb") as file:
            words |= {str(message.string) for message in read_po(file) if message.id}
    return words


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda path: path.stem)
def test_everything_is_named_as_on_the_screen(chapter: Path) -> None:
    named = {" ".join(name.split()) for name in NAMED.findall(chapter.read_text())}
    assert named - words_on_the_screen() == set()


def test_the_handbook_names_what_is_on_the_screen() -> None:
    assert sum(len(NAMED.findall(chapter.read_text())) for chapter in CHAPTERS) > 50
