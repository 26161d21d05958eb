"""Which kinds of files are accepted, and how one knows that a file is what it says."""

import io
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import IO

from fdplattform.files.svg import is_harmless_svg

#: Bytes from the beginning that suffice to know most kinds.
HEAD = 4096
#: A whole look at a file (pictures as SVG, office documents) is made in memory up to this size.
MAX_WHOLE = 20 * 1024 * 1024


@dataclass(frozen=True)
class Kind:
    """A kind of file. `fits` looks at the beginning of the content, or at all of it where `whole` says so."""

    media_type: str
    suffixes: tuple[str, ...]
    fits: Callable[[bytes], bool]
    whole: bool = False


def _begins(*magic: bytes) -> Callable[[bytes], bool]:
    return lambda content: content.startswith(magic)


def _is_webp(content: bytes) -> bool:
    return content[:4] == b"RIFF" and content[8:12] == b"WEBP"


def _is_text(content: bytes) -> bool:
    # A character may be cut in two at the end of the piece.
    return b"\0" not in content and "\ufffd" not in content.decode("utf-8", "replace")[:-1]


def _holds(member: str) -> Callable[[bytes], bool]:
    def fits(content: bytes) -> bool:
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                names = archive.namelist()
        except (zipfile.BadZipFile, ValueError, NotImplementedError):
            return False
        # A document with macros is a program.
        return member in names and not any(name.lower().endswith("vbaproject.bin") for name in names)

    return fits


_OFFICE = "application/vnd.openxmlformats-officedocument"

PNG = Kind("image/png", (".png",), _begins(b"\x89PNG\r\n\x1a\n"))
JPEG = Kind("image/jpeg", (".jpg", ".jpeg"), _begins(b"\xff\xd8\xff"))
WEBP = Kind("image/webp", (".webp",), _is_webp)
SVG = Kind("image/svg+xml", (".svg",), is_harmless_svg, whole=True)
PDF = Kind("application/pdf", (".pdf",), _begins(b"%PDF-"))
DOCX = Kind(f"{_OFFICE}.wordprocessingml.document", (".docx",), _holds("word/document.xml"), whole=True)
XLSX = Kind(f"{_OFFICE}.spreadsheetml.sheet", (".xlsx",), _holds("xl/workbook.xml"), whole=True)
ODT = Kind("application/vnd.oasis.opendocument.text", (".odt",), _holds("content.xml"), whole=True)
CSV = Kind("text/csv", (".csv",), _is_text)
TEXT = Kind("text/plain", (".txt",), _is_text)

IMAGES = (PNG, JPEG, WEBP, SVG)
DOCUMENTS = (PDF, DOCX, XLSX, ODT, CSV, TEXT, PNG, JPEG, WEBP)


def recognise(stream: IO[bytes], name: str, kinds: Sequence[Kind]) -> Kind | None:
    """Which of `kinds` the file is, by its content together with the ending of its name; the stream stays in place."""
    start = stream.tell()
    head = stream.read(HEAD)
    try:
        for kind in kinds:
            if not head or not name.lower().endswith(kind.suffixes):
                continue
            content = head
            if kind.whole:
                stream.seek(start)
                content = stream.read(MAX_WHOLE)
            if kind.fits(content):
                return kind
        return None
    finally:
        stream.seek(start)
