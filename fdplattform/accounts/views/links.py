"""What a link from a mail opens: an invitation, a new password, the first admin. And how one asks for such a link."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from fdplattform.accounts.messages import _
from fdplattform.accounts.models import Account, LinkPurpose
from fdplattform.accounts.passwords import check_new_password, hash_password
from fdplattform.accounts.schemas import FirstAdminSchema, ForgottenSchema, NewAccountSchema, NewPasswordSchema
from fdplattform.accounts.services import access_links, invitations
from fdplattform.accounts.services.links import find_link
from fdplattform.accounts.services.login import SignIn
from fdplattform.accounts.services.people import find_account
from fdplattform.accounts.services.sessions import device_of, open_session
from fdplattform.accounts.views.login import HOME, signed_in
from fdplattform.forms import Button, FormSchema, handle, make_form
from fdplattform.security.permissions import Permission
from fdplattform.security.titles import ROLES

PAGE = "fdplattform.templates:forms/page.pt"


def welcome(request: Request, account: Account) -> Response:
    """Sign the owner of a fresh account in."""
    token = open_session(request.db, account.id, device_of(request.user_agent), request.now)
    return signed_in(request, SignIn(token=token, pending=False), HOME)


@view_config(route_name="invitation", permission=Permission.SITE_VIEW, renderer=PAGE)
def invitation(request: Request) -> Any:
    """`/einladung/{token}`: name and password from somebody new, one click from somebody with an account."""
    token = request.matchdict["token"]
    with request.registry.sessions() as session:
        link = find_link(session, token, request.now, LinkPurpose.INVITATION)
        known = find_account(session, link.email or "")
    assert link.role is not None

    def accept(_values: dict[str, Any]) -> Response:
        invitations.accept_invitation(request.db, token, now=request.now)
        request.flash(_("You have accepted the invitation."))
        return HTTPSeeOther(HOME)

    def accept_and_join(values: dict[str, Any]) -> Response:
        check_new_password(values["password"], name=values["name"], email=link.email or "")
        hashed = hash_password(values["password"])
        account = invitations.accept_invitation(
            request.db,
            token,
            now=request.now,
            name=values["name"],
            password_hash=hashed,
            locale=request.locale_name,
        )
        return welcome(request, account)

    schema = FormSchema() if known else NewAccountSchema()
    form = make_form(schema, request, buttons=[Button(title=_("Accept invitation"))])
    intro = _(
        "You are invited with the address ${email}. Your role: ${role}.",
        mapping={"email": link.email, "role": request.localizer.translate(ROLES[link.role])},
    )
    on_valid = accept if known else accept_and_join
    return handle(request, form, on_valid=on_valid, title=_("Invitation"), intro=intro)


@view_config(route_name="forgotten", permission=Permission.SITE_VIEW, renderer=PAGE)
def forgotten(request: Request) -> Any:
    """`/passwort-vergessen`: the answer does not tell whether there is an account."""

    def on_valid(values: dict[str, Any]) -> Response:
        access_links.request_reset(request.db, values["email"])
        request.flash(_("If there is an account with this address, a mail is on its way to it."), "info")
        return HTTPSeeOther(request.route_path("login"))

    form = make_form(ForgottenSchema(), request, buttons=[Button(title=_("Send me a link"))])
    intro = _("We send you a link with which you set a new password.")
    return handle(request, form, on_valid=on_valid, title=_("Forgotten password"), intro=intro)


@view_config(route_name="access", permission=Permission.SITE_VIEW, renderer=PAGE)
def access(request: Request) -> Any:
    """`/zugang/{token}`: a new password, or the first admin."""
    token = request.matchdict["token"]
    with request.registry.sessions() as session:
        link = find_link(session, token, request.now, LinkPurpose.PASSWORD_RESET, LinkPurpose.FIRST_ADMIN)
        owner = None if link.account_id is None else session.get_one(Account, link.account_id)
    return _first_admin(request, token) if owner is None else _reset(request, token, owner)


def _reset(request: Request, token: str, owner: Account) -> Any:
    def on_valid(values: dict[str, Any]) -> Response:
        check_new_password(values["password"], name=owner.name, email=owner.email)
        hashed = hash_password(values["password"])
        access_links.reset_password(request.db, token, hashed, request.now)
        request.flash(_("Your new password is set. Please sign in with it."))
        return HTTPSeeOther(request.route_path("login"))

    form = make_form(NewPasswordSchema(), request, buttons=[Button(title=_("Set password"))])
    intro = _("For the account ${email}. All devices will be signed out.", mapping={"email": owner.email})
    return handle(request, form, on_valid=on_valid, title=_("Set a new password"), intro=intro)


def _first_admin(request: Request, token: str) -> Any:
    def on_valid(values: dict[str, Any]) -> Response:
        check_new_password(values["password"], name=values["name"], email=values["email"])
        hashed = hash_password(values["password"])
        account = access_links.accept_first_admin(
            request.db,
            token,
            email=values["email"],
            name=values["name"],
            password_hash=hashed,
            locale=request.locale_name,
            now=request.now,
        )
        return welcome(request, account)

    form = make_form(FirstAdminSchema(), request, buttons=[Button(title=_("Create account"))])
    intro = _("You set up this platform: with this account you may do everything here and invite others.")
    return handle(request, form, on_valid=on_valid, title=_("Set up the first account"), intro=intro)
