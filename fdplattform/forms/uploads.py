"""Files that people send: checked by size and by what they really are, read as a stream."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO, Any

import colander

from fdplattform.files.kinds import Kind, recognise
from fdplattform.files.services import clean_name
from fdplattform.forms.messages import _

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
    """A file of one of `kinds`, at most `max_size` bytes."""

    def __init__(self, kinds: Sequence[Kind], max_size: int) -> None:
        self.kinds = tuple(kinds)
        self.max_size = max_size

    def serialize(self, _node: Any, _appstruct: Any) -> Any:
        # A browser cannot be given a file back.
        return colander.null

    def deserialize(self, node: Any, cstruct: Any) -> Any:
        if cstruct is colander.null or not getattr(cstruct, "filename", None):
            return colander.null
        file = cstruct.file
        size = file.seek(0, os.SEEK_END)
        file.seek(0)
        if size > self.max_size:
            raise colander.Invalid(node, _(TOO_LARGE, mapping={"max": max(self.max_size // 2**20, 1)}))
        if size == 0:
            raise colander.Invalid(node, EMPTY)
        name = clean_name(cstruct.filename)
        kind = recognise(file, name, self.kinds)
        if kind is None:
            raise colander.Invalid(node, WRONG_TYPE)
        return UploadedFile(name=name, content_type=kind.media_type, size=size, file=file)
