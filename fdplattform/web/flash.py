"""Messages for the next page, in a signed cookie: `request.flash(_("Saved."))`.

The cookie exists only between a success and the page that tells of it.
"""

import json
from typing import NamedTuple

from pyramid.config import Configurator
from pyramid.request import Request
from pyramid.session import JSONSerializer, SignedCookieSessionFactory
from translationstring import TranslationString

FLASH_COOKIE = "flash"
KINDS = ("success", "info", "warning", "danger")
#: Characters of one message; in any script it still fits.
LONGEST = 300
#: Bytes of all messages as JSON. A browser takes 4 KB for a cookie, and signing makes a third more of it.
ROOM = 2500


class Message(NamedTuple):
    """A message and its kind: success, info, warning or danger."""

    kind: str
    text: str


def flash(request: Request, text: str | TranslationString, kind: str = "success") -> None:
    """Say `text` on the next page. Raises ValueError for an unknown kind.

    When nobody looks at the next page for long, the oldest messages are forgotten.
    """
    if kind not in KINDS:
        raise ValueError(f"{kind!r} is none of {KINDS}")
    # Translated now: the cookie holds JSON, which knows no translatable strings.
    said: str = request.localizer.translate(text)
    waiting = [*request.session.pop_flash(), [kind, said if len(said) <= LONGEST else f"{said[: LONGEST - 1]}…"]]
    while len(json.dumps(waiting)) > ROOM:
        del waiting[0]
    for message in waiting:
        request.session.flash(message)


def take_messages(request: Request) -> list[Message]:
    """The messages that wait for this page; each is told once."""
    # Opening the session would set the cookie on every page.
    if FLASH_COOKIE not in request.cookies and "session" not in request.__dict__:
        return []
    if not request.session.peek_flash():
        return []
    return [Message(kind, text) for kind, text in request.session.pop_flash()]


def includeme(config: Configurator) -> None:
    settings = config.registry.fdp
    config.set_session_factory(
        SignedCookieSessionFactory(
            settings.secret,
            cookie_name=FLASH_COOKIE,
            salt="fdplattform.flash",
            serializer=JSONSerializer(),
            timeout=3600,
            reissue_time=None,
            httponly=True,
            secure=settings.secure_cookies,
            samesite="Lax",
        )
    )
    config.add_request_method(flash, "flash")
