"""Protection against forged requests: a double-submit token, and the request must come from our own pages."""

from urllib.parse import urlsplit

from pyramid.config import Configurator
from pyramid.csrf import CookieCSRFStoragePolicy
from pyramid.exceptions import BadCSRFOrigin
from pyramid.request import Request


class OriginCheckedTokens(CookieCSRFStoragePolicy):
    """Pyramid's cookie tokens; a browser that says the request comes from elsewhere is refused first.

    Pyramid's own origin check looks only at HTTPS requests and so is blind behind a proxy that ends TLS.
    """

    def new_csrf_token(self, request: Request) -> str:
        """A new token, which the answer gives to the browser as a cookie."""
        request.environ[_NEW] = request.__dict__[_NEW] = True
        return str(super().new_csrf_token(request))

    def get_csrf_token(self, request: Request) -> str:
        """The browser's token, or a new one.

        A request that is tried again still has the cookie that its first try made, but that answer was never sent.
        """
        if _NEW in request.environ and _NEW not in request.__dict__:
            return self.new_csrf_token(request)
        return str(super().get_csrf_token(request))

    def check_csrf_token(self, request: Request, supplied_token: str) -> bool:
        """True when the token fits. Raises BadCSRFOrigin when another site sent the request."""
        origin = request.headers.get("Origin")
        if origin is not None and urlsplit(origin).netloc not in own_hosts(request):
            raise BadCSRFOrigin(f"Origin checking failed - {origin} is not this site")
        return bool(super().check_csrf_token(request, supplied_token))


_NEW = "fdplattform.new_csrf_token"


def has_new_token(request: Request) -> bool:
    """True when the answer to this request gives the browser a token that it had not before."""
    return _NEW in request.environ


def own_hosts(request: Request) -> set[str]:
    """Hosts whose pages may send forms here: the one asked for, and the public one behind a proxy."""
    return {request.host, urlsplit(request.fdp.base_url).netloc}


def includeme(config: Configurator) -> None:
    secure = config.registry.fdp.secure_cookies
    config.set_csrf_storage_policy(
        OriginCheckedTokens(cookie_name="__Host-csrf" if secure else "csrf", secure=secure, httponly=True)
    )
    config.set_default_csrf_options(require_csrf=True, check_origin=False)
