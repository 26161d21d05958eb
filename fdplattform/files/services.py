"""Store a file piece by piece, read it piece by piece, delete it."""

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath
from typing import IO

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session
from translationstring import TranslationStringFactory

from fdplattform.db import utcnow
from fdplattform.errors import DomainError
from fdplattform.files.kinds import Kind, recognise
from fdplattform.files.models import FileChunk, StoredFile

_ = TranslationStringFactory("fdplattform")

CHUNK = 256 * 1024


class FileTooLarge(DomainError):
    """The file is larger than allowed."""

    status = 413


def store(
    session: Session,
    stream: IO[bytes],
    *,
    name: str,
    owner_type: str,
    owner_id: int,
    kinds: Sequence[Kind],
    max_size: int,
    field: str | None = None,
) -> StoredFile:
    """Store what `stream` gives, at most `max_size` bytes, if it is one of `kinds`.

    What a file is, is known by its content together with the ending of its name; what the browser says is not believed.
    Raises DomainError (at `field`) for other kinds, and FileTooLarge.
    """
    name = clean_name(name)
    kind = _kind_of(stream, name, kinds, field)
    file = StoredFile(
        name=name,
        media_type=kind.media_type,
        size=0,
        sha256="",
        created_at=utcnow(),
        owner_type=owner_type,
        owner_id=owner_id,
    )
    session.add(file)
    session.flush()
    digest = hashlib.sha256()
    position = 0
    while piece := stream.read(CHUNK):
        file.size += len(piece)
        if file.size > max_size:
            raise FileTooLarge(_("The file is too large: at most ${n} MB.", mapping={"n": max_size // 1024**2}), field)
        digest.update(piece)
        # Not through the session, which would keep every piece in memory until the commit.
        session.execute(insert(FileChunk), [{"file_id": file.id, "position": position, "content": piece}])
        position += 1
    file.sha256 = digest.hexdigest()
    session.flush()
    return file


def clean_name(name: str) -> str:
    """A name fit for a download: no folders, no control characters, at most 200 characters with its ending."""
    plain = unicodedata.normalize("NFC", name.replace("\\", "/").rpartition("/")[2])
    plain = re.sub(r"[\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]", "", plain).strip(" .")
    path = PurePosixPath(plain or "file")
    return path.stem[: 200 - len(path.suffix[:20])] + path.suffix[:20]


def chunk(session: Session, file_id: int, position: int) -> bytes | None:
    """The piece number `position` (from 0), or None behind the end."""
    query = select(FileChunk.content).where(FileChunk.file_id == file_id, FileChunk.position == position)
    return session.scalar(query)


def chunks(session: Session, file_id: int) -> Iterator[bytes]:
    """The content, piece by piece."""
    position = 0
    while (piece := chunk(session, file_id, position)) is not None:
        yield piece
        position += 1


def get(session: Session, file_id: int) -> StoredFile | None:
    """The file without its content."""
    return session.get(StoredFile, file_id)


def remove(session: Session, file_id: int) -> None:
    """Delete the file and its content."""
    session.execute(delete(StoredFile).where(StoredFile.id == file_id))


def remove_of(session: Session, owner_type: str, owner_id: int) -> None:
    """Delete every file of an owner that is itself being deleted."""
    session.execute(delete(StoredFile).where(StoredFile.owner_type == owner_type, StoredFile.owner_id == owner_id))


def _kind_of(stream: IO[bytes], name: str, kinds: Sequence[Kind], field: str | None) -> Kind:
    kind = recognise(stream, name, kinds)
    if kind is not None:
        return kind
    allowed = ", ".join(sorted({suffix.lstrip(".").upper() for kind in kinds for suffix in kind.suffixes}))
    raise DomainError(_("This file cannot be accepted. Accepted are: ${kinds}.", mapping={"kinds": allowed}), field)
