"""`/verwaltung/konten`: all accounts, for the admin."""

from typing import Any

from pyramid.httpexceptions import HTTPNotFound, HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from fdplattform.accounts.messages import _
from fdplattform.accounts.places import places_of
from fdplattform.accounts.resources import AccountResource, Accounts
from fdplattform.accounts.schemas import InviteSchema
from fdplattform.accounts.services import access_links, invitations, memberships, people
from fdplattform.errors import NotAllowed
from fdplattform.forms import Button, handle, make_form
from fdplattform.security.permissions import Permission
from fdplattform.security.titles import ROLES
from fdplattform.web.ids import parse_id
from fdplattform.web.pagination import Pages


@view_config(
    context=Accounts,
    permission=Permission.ACCOUNT_MANAGE,
    request_method="GET",
    renderer="fdplattform.templates:accounts/list.pt",
)
def list_accounts(_context: Accounts, request: Request) -> dict[str, Any]:
    """Search and list."""
    text = request.GET.get("q", "").strip()[:100]
    pages = Pages.of(request, people.count_accounts(request.db, text))
    found = people.search_accounts(request.db, text, limit=pages.size, offset=pages.offset)
    return {
        "title": _("Accounts"),
        "search_text": text,
        "pages": pages,
        "accounts": found,
        "places": places_of(request, found),
        "roles": ROLES,
        "invitations": invitations.open_invitations(request.db, None, request.now),
    }


@view_config(
    context=Accounts,
    name="einladen",
    permission=Permission.ACCOUNT_MANAGE,
    renderer="fdplattform.templates:forms/page.pt",
)
def invite(context: Accounts, request: Request) -> Any:
    """Invite an admin or somebody of the programme office. Others are invited by their municipality."""

    def on_valid(values: dict[str, Any]) -> str:
        invitations.invite(
            request.db,
            email=values["email"],
            role=values["role"],
            municipality_id=None,
            place=request.fdp.site_name,
            actor=request.identity.actor,
            base_url=request.fdp.base_url,
            now=request.now,
            locale=request.locale_name,
        )
        request.flash(_("The invitation is on its way."))
        return request.resource_path(context)

    form = make_form(
        InviteSchema(), request, buttons=[Button(title=_("Send invitation"))], cancel=request.resource_path(context)
    )
    intro = _("People in a municipality are invited on the municipality's team page.")
    return handle(request, form, on_valid=on_valid, title=_("Invite somebody"), intro=intro)


@view_config(context=Accounts, name="zurueckziehen", permission=Permission.ACCOUNT_MANAGE, request_method="POST")
def withdraw(context: Accounts, request: Request) -> Response:
    """Withdraw an invitation to the whole deployment."""
    link_id = parse_id(request.POST.get("invitation")) or 0
    if not invitations.withdraw_invitation(request.db, None, link_id, actor=request.identity.actor, now=request.now):
        raise HTTPNotFound()
    request.flash(_("The invitation is withdrawn."))
    return HTTPSeeOther(request.resource_path(context))


@view_config(
    context=AccountResource,
    permission=Permission.ACCOUNT_MANAGE,
    request_method="GET",
    renderer="fdplattform.templates:accounts/account.pt",
)
def show_account(context: AccountResource, request: Request) -> dict[str, Any]:
    """One account: what it is, and what the admin can do for it."""
    return {
        "title": context.account.name,
        "account": context.account,
        "places": places_of(request, [context.account]),
        "roles": ROLES,
        "own": context.account.id == request.identity.account_id,
    }


@view_config(context=AccountResource, name="sperren", permission=Permission.ACCOUNT_MANAGE, request_method="POST")
def lock(context: AccountResource, request: Request) -> Response:
    """Lock the account, or unlock it."""
    account, actor = context.account, request.identity.actor
    if account.disabled_at is None:
        people.disable_account(request.db, account, actor=actor, now=request.now)
        request.flash(_("The account is locked."))
    else:
        people.enable_account(request.db, account, actor=actor, now=request.now)
        request.flash(_("The account is unlocked."))
    return HTTPSeeOther(request.resource_path(context))


@view_config(context=AccountResource, name="rolle-beenden", permission=Permission.ACCOUNT_MANAGE, request_method="POST")
def end_role(context: AccountResource, request: Request) -> Response:
    """End one of the account's roles."""
    wanted = parse_id(request.POST.get("membership"))
    membership = next((each for each in context.account.memberships if each.id == wanted), None)
    if membership is None:
        raise HTTPNotFound()
    memberships.end_membership(request.db, membership, actor=request.identity.actor, now=request.now)
    request.flash(_("The role is ended."))
    return HTTPSeeOther(request.resource_path(context))


@view_config(
    context=AccountResource, name="neues-passwort", permission=Permission.ACCOUNT_MANAGE, request_method="POST"
)
def send_reset(context: AccountResource, request: Request) -> Response:
    """Send the person a link for a new password. The admin never sees it."""
    access_links.request_reset(request.db, context.account.email)
    request.flash(_("A link for a new password is on its way to the person."))
    return HTTPSeeOther(request.resource_path(context))


@view_config(context=AccountResource, name="loeschen", permission=Permission.ACCOUNT_MANAGE, request_method="POST")
def erase(context: AccountResource, request: Request) -> Response:
    """Erase somebody else's account; one's own goes with the password, on one's own page."""
    if context.account.id == request.identity.account_id:
        raise NotAllowed(_("You delete your own account on your account page."))
    people.delete_account(request.db, context.account, actor=request.identity.actor, now=request.now)
    request.flash(_("The account is deleted."))
    return HTTPSeeOther(request.resource_path(context.__parent__))
