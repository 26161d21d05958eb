"""`/verwaltung/konto`: one's own profile, password, devices, and the way out."""

from typing import Any

from pyramid.httpexceptions import HTTPNotFound, HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from fdplattform.accounts.messages import _
from fdplattform.accounts.models import Account
from fdplattform.accounts.passwords import check_new_password, hash_password, verify_password
from fdplattform.accounts.resources import OwnAccount
from fdplattform.accounts.schemas import ChangePasswordSchema, ConfirmSchema, ProfileSchema
from fdplattform.accounts.services import people, sessions
from fdplattform.accounts.services.login import read_credentials
from fdplattform.accounts.services.second_factor import recovery_codes_left
from fdplattform.errors import DomainError
from fdplattform.forms import Button, handle, make_form
from fdplattform.security.cookie import forget_token
from fdplattform.security.permissions import Permission
from fdplattform.web.ids import parse_id

PAGE = "fdplattform.templates:forms/page.pt"


def check_present_password(request: Request, password: str) -> None:
    """Raises DomainError at `current` unless it is the password of who asks. Call it before using `request.db`."""
    with request.registry.sessions() as session:
        credentials = read_credentials(session, request.identity.email)
    if not verify_password(credentials.password_hash if credentials else None, password):
        raise DomainError(_("This is not your present password."), "current")


def back(request: Request, context: OwnAccount) -> Response:
    """To the account's start page."""
    return HTTPSeeOther(request.resource_path(context))


@view_config(context=OwnAccount, permission=Permission.ACCOUNT_OWN, renderer="fdplattform.templates:accounts/own.pt")
def overview(context: OwnAccount, request: Request) -> Any:
    """Profile form, and where the rest is."""

    def on_valid(values: dict[str, Any]) -> Response:
        people.change_profile(request.db, context.account, **values, now=request.now)
        request.flash(_("Your profile is saved."))
        return back(request, context)

    form = make_form(ProfileSchema(), request)
    account = context.account
    return handle(
        request,
        form,
        on_valid=on_valid,
        values=profile_of(account),
        current=profile_of,
        title=_("My account"),
        account=account,
        here=request.identity.session_id,
        codes_left=recovery_codes_left(request.db, account.id),
        devices=sessions.signed_in_devices(request.db, account.id, request.now),
    )


def profile_of(account: Account) -> dict[str, Any]:
    """The account as the profile form shows it."""
    return {"name": account.name, "email": account.email, "locale": account.locale or "", "version": account.version}


@view_config(context=OwnAccount, name="passwort", permission=Permission.ACCOUNT_OWN, renderer=PAGE)
def password(context: OwnAccount, request: Request) -> Any:
    """A new password; the other devices are signed out."""

    def on_valid(values: dict[str, Any]) -> Response:
        identity = request.identity
        check_present_password(request, values["current"])
        check_new_password(values["password"], name=identity.name, email=identity.email)
        hashed = hash_password(values["password"])
        people.change_password(request.db, context.account, hashed, keep_session=identity.session_id, now=request.now)
        request.flash(_("Your new password is set. Your other devices are signed out."))
        return back(request, context)

    form = make_form(ChangePasswordSchema(), request, buttons=[Button(title=_("Set password"))])
    return handle(request, form, on_valid=on_valid, title=_("Change password"))


@view_config(context=OwnAccount, name="abmelden", permission=Permission.ACCOUNT_OWN, request_method="POST")
def revoke(context: OwnAccount, request: Request) -> Response:
    """Sign one device out, or all the others."""
    account_id, here = request.identity.account_id, request.identity.session_id
    device = request.POST.get("device", "")
    if device == "others":
        sessions.revoke_sessions(request.db, account_id, request.now, but=here)
    elif not sessions.revoke_session(request.db, account_id, parse_id(device) or 0, request.now):
        raise HTTPNotFound()
    request.flash(_("Signed out."))
    return back(request, context)


@view_config(context=OwnAccount, name="loeschen", permission=Permission.ACCOUNT_OWN, renderer=PAGE)
def delete(context: OwnAccount, request: Request) -> Any:
    """Erase one's own account."""

    def on_valid(values: dict[str, Any]) -> Response:
        check_present_password(request, values["current"])
        people.delete_account(request.db, context.account, actor=request.identity.actor, now=request.now)
        request.flash(_("Your account is deleted."))
        response = HTTPSeeOther("/")
        forget_token(request, response)
        return response

    form = make_form(ConfirmSchema(), request, buttons=[Button(title=_("Delete my account for good"))])
    intro = _("Your account, your roles and your name disappear. What you did stays on record without your name.")
    return handle(request, form, on_valid=on_valid, title=_("Delete account"), intro=intro)
