"""Tokens that every reader gets anew, also on a page that was made for somebody else.

A form carries two kinds: the one against forged requests, and those that tell one filled-in form from another.
"""

import secrets
from collections.abc import Sequence

from markupsafe import escape
from pyramid.csrf import get_csrf_token
from pyramid.request import Request

_TOKENS = "fdplattform.fresh_tokens"


def fresh_token(request: Request) -> str:
    """A token that identifies a form, to be written into the page as it is."""
    token = secrets.token_urlsafe(16)
    request.environ.setdefault(_TOKENS, []).append(token)
    return token


def tokens_of(request: Request) -> tuple[str, ...]:
    """The tokens that are in the request's page: first the one against forged requests, then those of its forms."""
    return (get_csrf_token(request), *request.environ.get(_TOKENS, ()))


def renew(body: bytes, tokens: Sequence[str], request: Request) -> bytes:
    """The page for the reader who asks now: his own token against forged requests, and new ones for its forms.

    Where he has no token yet, the answer will give him one as a cookie.
    """
    own = get_csrf_token(request)
    # It may come from a cookie, which anybody may have written.
    body = body.replace(tokens[0].encode(), escape(own).encode())
    for token in tokens[1:]:
        body = body.replace(token.encode(), secrets.token_urlsafe(16).encode())
    return body
