"""Signing in, in one step or two, and signing out."""

from typing import Any
from urllib.parse import urlencode, urlsplit

from pyramid.csrf import new_csrf_token
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from fdplattform.accounts.messages import _
from fdplattform.accounts.passwords import verify_password
from fdplattform.accounts.schemas import CodeSchema, SignInSchema
from fdplattform.accounts.services import Identity
from fdplattform.accounts.services import login as services
from fdplattform.accounts.services.second_factor import Vault
from fdplattform.accounts.services.sessions import device_of
from fdplattform.forms import Button, handle, make_form
from fdplattform.security.cookie import forget_token, read_token, send_token
from fdplattform.security.permissions import Permission

HOME = "/verwaltung"


def next_page(request: Request) -> str:
    """Where the person wanted to go: a path on this site from `?weiter=`, or the start page of staff."""
    wanted = request.GET.get("weiter", "")
    parts = urlsplit(wanted)
    # "//host", "/\\host" and control characters, which browsers drop, would lead elsewhere.
    own = wanted.startswith("/") and not wanted.startswith(("//", "/\\")) and wanted.isprintable()
    return wanted if own and not parts.scheme and not parts.netloc else HOME


def signed_in(request: Request, sign_in: services.SignIn, location: str) -> Response:
    """On to `location` with the cookie; forms of the time before are void."""
    response = HTTPSeeOther(location)
    send_token(request, response, sign_in.token, sign_in.lasts)
    new_csrf_token(request)
    return response


@view_config(route_name="login", permission=Permission.SITE_VIEW, renderer="fdplattform.templates:accounts/login.pt")
def login(request: Request) -> Any:
    """`/anmelden`"""

    def on_valid(values: dict[str, Any]) -> Response:
        with request.registry.sessions() as session:
            credentials = services.read_credentials(session, values["email"])
        # Outside any transaction, and equally long when there is no such account.
        fits = verify_password(credentials.password_hash if credentials else None, values["password"])
        if credentials is None or not fits:
            raise services.refusal()
        sign_in = services.log_in(request.db, credentials, device=device_of(request.user_agent), now=request.now)
        if not sign_in.pending:
            return signed_in(request, sign_in, next_page(request))
        query = urlencode({"weiter": next_page(request)})
        return signed_in(request, sign_in, f"{request.route_path('login_code')}?{query}")

    form = make_form(SignInSchema(), request, buttons=[Button(title=_("Sign in"))])
    return handle(request, form, on_valid=on_valid, title=_("Sign in"))


@view_config(route_name="login_code", permission=Permission.SITE_VIEW, renderer="fdplattform.templates:forms/page.pt")
def login_code(request: Request) -> Any:
    """`/anmelden/code`: the second factor."""
    token = read_token(request)
    if token is None or services.find_pending(request.db, token, request.now) is None:
        return HTTPSeeOther(request.route_path("login"))

    def on_valid(values: dict[str, Any]) -> Response:
        sign_in = services.confirm(request.db, Vault(request.fdp.secret), token, values["code"], request.now)
        return signed_in(request, sign_in, next_page(request))

    form = make_form(CodeSchema(), request, buttons=[Button(title=_("Sign in"))])
    return handle(request, form, on_valid=on_valid, title=_("Confirm that it is you"))


@view_config(route_name="logout", permission=Permission.SITE_VIEW, request_method="POST")
def logout(request: Request) -> Response:
    """`/abmelden`"""
    response = HTTPSeeOther("/")
    if isinstance(request.identity, Identity):
        services.log_out(request.db, request.identity.account_id, request.identity.session_id, request.now)
    if request.identity is not None:
        request.flash(_("You are signed out."))
    forget_token(request, response)
    new_csrf_token(request)
    return response
