"""Letters on paper: each begins on a sheet of its own, however many are laid out at a time."""

import io

import pytest
from pypdf import PdfReader

from fdplattform.tools.letters import rendering
from fdplattform.tools.letters.letter import Block, Letter, Part, Words
from fdplattform.tools.letters.rendering import make_pdf

WORDS = Words(
    code="", scan="", enter="", card="Karte", yes="Ja", no="Nein", voluntary="", phone="Telefon", send_to="An"
)


def letter(name: str, *, paragraphs: int = 1) -> Letter:
    blocks = [Block("paragraph", [f"{name} liest das gern."]) for _ in range(paragraphs)]
    part = Part(language="de", dir="ltr", date="heute", subject=f"Brief an {name}", blocks=blocks, words=WORDS)
    return Letter(sender="Rathaus", contact=["Frau Kurz"], address=[name, "Gasse 1", "Ort"], parts=[part])


@pytest.mark.parametrize("size", [1, 2, 50])
def test_each_letter_begins_on_a_front_side(monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    monkeypatch.setattr(rendering, "SLICE", size)
    told: list[int] = []
    letters = [letter("Amal"), letter("Bo", paragraphs=60), letter("Ça"), letter("Dê"), letter("Eva")]
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(make_pdf(letters, told.append))).pages]
    begins = [number for number, page in enumerate(pages) if "Brief an" in page]
    assert len(begins) == len(letters)
    assert all(number % 2 == 0 for number in begins)
    assert told[-1] == len(letters)


def test_a_long_name_stays_within_the_sheet() -> None:
    page = PdfReader(io.BytesIO(make_pdf([letter("A" * 300)]))).pages[0]
    assert page.extract_text().count("A") >= 300


def test_who_stops_the_work_gets_no_file() -> None:
    class Enough(Exception):
        pass

    def stop(_done: int) -> None:
        raise Enough

    with pytest.raises(Enough):
        make_pdf([letter("Amal")], stop)
