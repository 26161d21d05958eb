"""The file of an extract, to be read like any other."""

from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from sqlalchemy.orm import Session

from fdplattform.files.services import chunks


def copied(session: Session, file_id: int, folder: Path) -> IO[bytes]:
    """A copy in a file that has no name: it is gone as soon as it is closed, or the process ends."""
    stream: IO[bytes] = TemporaryFile(dir=folder)  # noqa: SIM115 - the caller closes it
    for piece in chunks(session, file_id):
        stream.write(piece)
    stream.seek(0)
    return stream
