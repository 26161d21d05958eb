"""Answer with a stored file. Who may read it, the owner's view has decided."""

from collections.abc import Iterator
from urllib.parse import quote

from pyramid.httpexceptions import HTTPNotFound
from pyramid.request import Request
from pyramid.response import Response
from sqlalchemy.orm import Session, sessionmaker

from fdplattform.files.models import StoredFile
from fdplattform.files.services import chunk, get

#: Kinds that a browser may show by itself; everything else is saved. (PDF viewers do not run in the sandbox below.)
_INLINE = frozenset({"image/png", "image/jpeg", "image/webp", "image/svg+xml"})


class _Pieces:
    """The content. Each piece is fetched in a session of its own: the request's is closed when the body is sent, and
    a slow reader must not hold a connection."""

    def __init__(self, sessions: sessionmaker[Session], file_id: int) -> None:
        self._sessions = sessions
        self._file_id = file_id

    def __iter__(self) -> Iterator[bytes]:
        position = 0
        while piece := self._piece(position):
            yield piece
            position += 1

    def _piece(self, position: int) -> bytes | None:
        with self._sessions() as session:
            return chunk(session, self._file_id, position)


def file_response(request: Request, file_id: int, *, download: bool = False, public: bool = False) -> Response:
    """The file as an answer, with ETag; `download` makes the browser save it, `public` lets caches keep it.

    Raises HTTPNotFound when there is no such file.
    """
    file = get(request.db, file_id)
    if file is None:
        raise HTTPNotFound
    response = Response(
        app_iter=_Pieces(request.registry.sessions, file.id),
        content_type=file.media_type,
        content_length=file.size,
        conditional_response=True,
    )
    if file.media_type.startswith("text/"):
        response.charset = "utf-8"
    response.etag = file.sha256
    response.last_modified = file.created_at
    response.headers.update(_headers(file, download=download))
    response.cache_control.public = public
    response.cache_control.private = not public
    response.cache_control.max_age = 3600 if public else 0
    return response


def _headers(file: StoredFile, *, download: bool) -> dict[str, str]:
    disposition = "attachment" if download or file.media_type not in _INLINE else "inline"
    plain = "".join(character if character.isalnum() or character in "._- " else "_" for character in file.name)
    plain = plain.encode("ascii", "replace").decode("ascii").replace("?", "_")
    return {
        "Content-Disposition": f"{disposition}; filename=\"{plain}\"; filename*=UTF-8''{quote(file.name, safe='')}",
        "X-Content-Type-Options": "nosniff",
        # Whatever got past the checks runs nothing and belongs to no site.
        "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox",
    }
