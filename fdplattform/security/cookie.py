"""The cookies of a signed-in device."""

from datetime import timedelta

from pyramid.request import Request
from pyramid.response import Response

from fdplattform.settings import Settings


def cookie_name(settings: Settings) -> str:
    """`__Host-` ties the cookie to this host and to HTTPS (RFC 6265bis, 4.1.3.2)."""
    return "__Host-anmeldung" if settings.secure_cookies else "anmeldung"


def read_token(request: Request) -> str | None:
    """The session token that the browser sent, or None."""
    return request.cookies.get(cookie_name(request.fdp)) or None


def send_token(request: Request, response: Response, token: str, lasts: timedelta) -> None:
    """Let the browser keep `token`."""
    response.set_cookie(
        cookie_name(request.fdp),
        token,
        max_age=lasts,
        path="/",
        secure=request.fdp.secure_cookies,
        httponly=True,
        samesite="Lax",
    )


def forget_token(request: Request, response: Response) -> None:
    """Let the browser forget its token."""
    response.set_cookie(
        cookie_name(request.fdp), None, path="/", secure=request.fdp.secure_cookies, httponly=True, samesite="Lax"
    )
