"""Files: only what is what it says, never larger than allowed, handed out safely."""

import io
import zipfile
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyramid.request import Request
from pyramid.response import Response
from pyramid.router import Router
from sqlalchemy.orm import Session

from fdplattform.errors import DomainError
from fdplattform.files import services
from fdplattform.files.download import file_response
from fdplattform.files.kinds import DOCUMENTS, DOCX, IMAGES, TEXT
from fdplattform.files.models import FileChunk, StoredFile
from fdplattform.files.services import CHUNK, FileTooLarge, chunks, clean_name, remove, remove_of, store
from fdplattform.files.svg import is_harmless_svg

PNG = b"\x89PNG\r\n\x1a\n" + b"x" * 100
ANY = (*IMAGES, *DOCUMENTS)


def put(session: Session, content: bytes, name: str = "bild.png", max_size: int = 10**7) -> StoredFile:
    return store(
        session, io.BytesIO(content), name=name, owner_type="test", owner_id=1, kinds=ANY, max_size=max_size, field="f"
    )


def zipped(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return buffer.getvalue()


def test_content_comes_back_in_pieces(session: Session) -> None:
    content = PNG + bytes(range(256)) * 3000
    file = put(session, content)
    session.commit()
    pieces = list(chunks(session, file.id))
    assert b"".join(pieces) == content
    assert [len(piece) for piece in pieces] == [CHUNK] * (len(content) // CHUNK) + [len(content) % CHUNK]
    assert (file.size, file.media_type) == (len(content), "image/png")


def test_a_file_that_is_too_large_leaves_nothing(session: Session) -> None:
    with pytest.raises(FileTooLarge) as caught:
        put(session, PNG + b"x" * CHUNK * 3, max_size=CHUNK * 2)
    assert caught.value.field == "f"
    session.rollback()
    assert session.query(FileChunk).count() == 0


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("bild.png", b"\xff\xd8\xff"),
        ("bild.png", b""),
        ("bild.png.html", PNG),
        ("seite.html", b"<html>"),
        ("seite.txt", b"a\0b"),
        ("text.pdf", b"MZ"),
        ("brief.docx", b"PK\x03\x04 and nothing more"),
        ("brief.docx", zipped("xl/workbook.xml")),
        ("brief.docx", zipped("word/document.xml", "word/vbaProject.bin")),
        ("bild.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused(session: Session, name: str, content: bytes) -> None:
    with pytest.raises(DomainError) as caught:
        put(session, content, name)
    assert caught.value.field == "f"
    assert session.query(StoredFile).count() == 0


def test_what_is_what_it_says_is_taken(session: Session) -> None:
    for name, content in (
        ("a.JPG", b"\xff\xd8\xff\xe0"),
        ("a.webp", b"RIFF1234WEBP"),
        ("a.pdf", b"%PDF-1.7"),
        ("a.docx", zipped("word/document.xml")),
        ("a.csv", "größe;straße".encode()),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><path d='M0 0h1'/></svg>"),
    ):
        assert put(session, content, name).name == name
    assert DOCX.media_type.startswith("application/vnd")
    # A character cut in two where the look at the beginning ends is no reason to refuse.
    assert TEXT.fits("ä".encode()[:1])


@pytest.mark.parametrize(
    "inside",
    [
        "<script/>",
        "<SCRIPT/>",
        "<s:script xmlns:s='http://www.w3.org/2000/svg'/>",
        "<a href='javascript:alert(1)'/>",
        "<a xlink:href='https://example.org' xmlns:xlink='http://www.w3.org/1999/xlink'/>",
        "<image href='https://example.org/x.png'/>",
        "<path onload='x()'/>",
        "<foreignObject/>",
        "<style>@import 'https://example.org'</style>",
        "<style>a{fill:url(https://example.org)}</style>",
        "<path style='fill:url( \"//example.org\")'/>",
        "<animate attributeName='href' to='javascript:x'/>",
        "<path>",
    ],
)
def test_a_picture_that_does_more_than_show_is_refused(inside: str) -> None:
    assert not is_harmless_svg(f"<svg xmlns='http://www.w3.org/2000/svg'>{inside}</svg>".encode())


def test_a_picture_with_entities_or_of_another_kind_is_refused() -> None:
    assert not is_harmless_svg(b"<!DOCTYPE svg [<!ENTITY a 'b'>]><svg>&a;</svg>")
    assert not is_harmless_svg(b"<html xmlns='http://www.w3.org/1999/xhtml'/>")
    assert not is_harmless_svg(b"<?xml-stylesheet href='x'?><svg/>")
    assert not is_harmless_svg(b"")
    assert is_harmless_svg(
        b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'><style>a{fill:red}</style>"
        b"<use href='#x'/><rect fill='url(#g)'/><image href='data:image/png;base64,AA=='/></svg>"
    )


@given(st.text())
def test_a_name_is_safe_whatever_is_given(name: str) -> None:
    cleaned = clean_name(name)
    assert cleaned
    assert len(cleaned) <= 200
    assert not set(cleaned) & set("/\\\0\n\r")


def test_a_name_keeps_its_ending() -> None:
    assert clean_name("C:\\Users\\x\\Ayşes Bild.png") == "Ayşes Bild.png"
    assert clean_name("x" * 300 + ".png").endswith("x.png")
    assert clean_name("../../etc/passwd") == "passwd"
    assert clean_name("bild\u202egnp.exe") == "bildgnp.exe"


@pytest.fixture
def served(app: Router, session: Session) -> Iterator[Request]:
    """A request inside the application, whose session can be closed before the body is read."""
    request = Request.blank("/")
    request.registry = app.registry
    request.db = app.registry.sessions()
    yield request
    request.db.close()


def answer(request: Request, file: StoredFile, **options: bool) -> Response:
    response = file_response(request, file.id, **options)
    request.db.close()
    return response


def test_a_file_is_answered_after_the_session_is_gone(session: Session, served: Request) -> None:
    content = PNG + b"y" * CHUNK * 2
    file = put(session, content, 'Ayşe "x".png')
    session.commit()
    response = answer(served, file)
    assert b"".join(response.app_iter) == content
    assert response.content_length == len(content)
    assert response.content_type == "image/png"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response.headers["Content-Security-Policy"]
    assert response.headers["Content-Disposition"] == (
        "inline; filename=\"Ay_e _x_.png\"; filename*=UTF-8''Ay%C5%9Fe%20%22x%22.png"
    )
    assert response.cache_control.private


def test_what_a_browser_should_not_show_is_saved(session: Session, served: Request) -> None:
    file = put(session, b"a,b", "liste.csv")
    session.commit()
    assert answer(served, file).headers["Content-Disposition"].startswith("attachment")
    image = put(session, PNG)
    session.commit()
    assert answer(served, image, download=True).headers["Content-Disposition"].startswith("attachment")


def test_what_the_browser_has_is_not_sent_again(session: Session, served: Request) -> None:
    file = put(session, PNG)
    session.commit()
    served.if_none_match = f'"{file.sha256}"'
    again = served.get_response(answer(served, file, public=True))
    assert again.status_int == 304
    assert again.body == b""


def test_files_go_with_their_owner(session: Session) -> None:
    first, second = put(session, PNG), put(session, PNG)
    session.commit()
    remove(session, first.id)
    session.commit()
    assert [chunk.file_id for chunk in session.query(FileChunk)] == [second.id]
    remove_of(session, "test", 2)
    assert services.get(session, second.id) is not None
    remove_of(session, "test", 1)
    session.commit()
    assert session.query(FileChunk).count() == 0
