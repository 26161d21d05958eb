"""Files that people send: checked by size and by what they really are, read as a stream."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath, PureWindowsPath
from typing import IO, Any

import colander

from fdplattform.forms.messages import _

#: How files of a type begin (W3C PNG §5.2, JFIF, RFC 9649, ISO 32000-1 §7.5.2, PKWARE APPNOTE 4.3.7).
SIGNATURES = {
    "image/png": (b"\x89PNG\r\n\x1a\n",),
    "image/jpeg": (b"\xff\xd8\xff",),
    "image/webp": (b"RIFF",),
    "application/pdf": (b"%PDF-",),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": (b"PK\x03\x04",),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": (b"PK\x03\x04",),
}
#: Types without a signature: a file of theirs is UTF-8 text.
TEXTS = frozenset({"text/csv", "text/plain"})
NAME_LENGTH = 200
SAMPLE = 4096

WRONG_TYPE = _("This kind of file is not accepted here.")
TOO_LARGE = _("The file is larger than ${max} MB.")
EMPTY = _("The file is empty.")


@dataclass(frozen=True, kw_only=True)
class UploadedFile:
    """A file that was sent. `file` is open for reading at its beginning, until the request ends."""

    name: str
    content_type: str
    size: int
    file: IO[bytes]


class Upload(colander.SchemaType):
    """A file of one of the media types `accept`, at most `max_size` bytes."""

    def __init__(self, accept: Sequence[str], max_size: int) -> None:
        unknown = set(accept) - SIGNATURES.keys() - TEXTS
        if unknown:
            raise ValueError(f"it is not known how to recognise {min(unknown)}")
        self.accept = tuple(accept)
        self.max_size = max_size

    def serialize(self, _node: Any, _appstruct: Any) -> Any:
        # A browser cannot be given a file back.
        return colander.null

    def deserialize(self, node: Any, cstruct: Any) -> Any:
        if cstruct is colander.null or not getattr(cstruct, "filename", None):
            return colander.null
        file = cstruct.file
        size = file.seek(0, os.SEEK_END)
        if size > self.max_size:
            raise colander.Invalid(node, _(TOO_LARGE, mapping={"max": max(self.max_size // 2**20, 1)}))
        if size == 0:
            raise colander.Invalid(node, EMPTY)
        file.seek(0)
        content_type = self._recognise(file.read(SAMPLE))
        file.seek(0)
        if content_type is None:
            raise colander.Invalid(node, WRONG_TYPE)
        return UploadedFile(name=bare_name(cstruct.filename), content_type=content_type, size=size, file=file)

    def _recognise(self, beginning: bytes) -> str | None:
        for content_type in self.accept:
            if content_type in TEXTS and _is_text(beginning):
                return content_type
            if beginning.startswith(SIGNATURES.get(content_type, ())):
                return content_type
        return None


def bare_name(filename: str) -> str:
    """The file's name without folders, at most 200 characters."""
    name = PureWindowsPath(PurePosixPath(filename).name).name.strip()
    return "".join(character for character in name if character.isprintable())[-NAME_LENGTH:] or "file"


def _is_text(beginning: bytes) -> bool:
    try:
        # A character may be cut in two at the end of the sample.
        beginning.decode("utf-8", errors="strict")
    except UnicodeDecodeError as error:
        return error.start > len(beginning) - 4 and len(beginning) == SAMPLE
    return b"\x00" not in beginning
