"""Headers that every answer carries: what the browser may load, frame, remember and tell others."""

from collections.abc import Callable

from pyramid.config import Configurator
from pyramid.registry import Registry
from pyramid.request import Request
from pyramid.response import Response
from pyramid.tweens import INGRESS

from fdplattform.security.cookie import read_token

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'self'",
        # The design system draws its icons from data: addresses in its style sheet.
        "img-src 'self' data:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)

HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    # Addresses with a code or a token in them must not travel to other sites.
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), interest-cohort=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
TWO_YEARS = 2 * 365 * 24 * 3600


def headers_tween_factory(handler: Callable[[Request], Response], registry: Registry) -> Callable[[Request], Response]:
    """Adds the headers; one that a view has set itself stands."""
    headers = dict(HEADERS)
    if registry.fdp.secure_cookies:
        headers["Strict-Transport-Security"] = f"max-age={TWO_YEARS}"

    def headers_tween(request: Request) -> Response:
        response = handler(request)
        for name, value in headers.items():
            response.headers.setdefault(name, value)
        # A shared computer's back button must not show what a signed-out person has seen.
        if read_token(request) and not response.cache_control.public:
            response.headers["Cache-Control"] = "no-store"
        return response

    return headers_tween


def includeme(config: Configurator) -> None:
    config.add_tween("fdplattform.security.headers.headers_tween_factory", under=INGRESS)
