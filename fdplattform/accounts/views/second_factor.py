"""`/verwaltung/konto/zweiter-faktor`: turn it on with a picture, off with the password, and new recovery codes."""

from typing import Any

import segno
from markupsafe import Markup
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.renderers import render_to_response
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from fdplattform.accounts.messages import _
from fdplattform.accounts.resources import OwnAccount
from fdplattform.accounts.schemas import ConfirmSchema, TurnOnSchema
from fdplattform.accounts.services import second_factor
from fdplattform.accounts.services.second_factor import Vault, offer, offered_secret, provisioning_uri
from fdplattform.accounts.views.own import back, check_present_password
from fdplattform.errors import DomainError
from fdplattform.forms import Button, handle, make_form
from fdplattform.security.permissions import Permission

NAME = "zweiter-faktor"


@view_config(
    context=OwnAccount,
    name=NAME,
    permission=Permission.ACCOUNT_OWN,
    renderer="fdplattform.templates:accounts/second_factor.pt",
)
def turn_on(context: OwnAccount, request: Request) -> Any:
    """A picture for the app, and a code from the app."""
    account, vault = context.account, Vault(request.fdp.secret)
    if account.totp_secret is not None:
        return HTTPSeeOther(request.resource_path(context))

    def on_valid(values: dict[str, Any]) -> Response:
        codes = second_factor.enable(request.db, vault, account, values["offer"], values["code"], request.now)
        return show_codes(context, request, codes)

    # After a mistyped code the same picture stays: it has been scanned.
    sealed = _offer_sent(request, vault, account.id) or offer(vault, account.id)
    secret = offered_secret(vault, account.id, sealed)
    uri = provisioning_uri(secret, account.email, request.fdp.site_name)
    return handle(
        request,
        make_form(TurnOnSchema(), request, buttons=[Button(title=_("Turn on"))]),
        on_valid=on_valid,
        values={"offer": sealed, "code": ""},
        title=_("Set up the second factor"),
        picture=qr_picture(uri),
        uri=uri,
        secret=" ".join(secret[start : start + 4] for start in range(0, len(secret), 4)),
    )


def _offer_sent(request: Request, vault: Vault, account_id: int) -> str | None:
    sealed = request.POST.get("offer") if request.method == "POST" else None
    if not isinstance(sealed, str):
        return None
    try:
        offered_secret(vault, account_id, sealed)
    except DomainError:
        return None
    return sealed


@view_config(
    context=OwnAccount,
    name=f"{NAME}-aus",
    permission=Permission.ACCOUNT_OWN,
    renderer="fdplattform.templates:forms/page.pt",
)
def turn_off(context: OwnAccount, request: Request) -> Any:
    """Off again, with the password."""

    def on_valid(values: dict[str, Any]) -> Response:
        check_present_password(request, values["current"])
        second_factor.disable(request.db, context.account, request.identity.actor, request.now)
        request.flash(_("The second factor is off."))
        return back(request, context)

    form = make_form(ConfirmSchema(), request, buttons=[Button(title=_("Turn off"))])
    intro = _("After that your password alone signs you in.")
    return handle(request, form, on_valid=on_valid, title=_("Turn the second factor off"), intro=intro)


@view_config(
    context=OwnAccount,
    name="wiederherstellung",
    permission=Permission.ACCOUNT_OWN,
    renderer="fdplattform.templates:forms/page.pt",
)
def new_codes(context: OwnAccount, request: Request) -> Any:
    """New recovery codes in place of the old ones."""

    def on_valid(values: dict[str, Any]) -> Response:
        check_present_password(request, values["current"])
        return show_codes(context, request, second_factor.new_recovery_codes(request.db, context.account))

    form = make_form(ConfirmSchema(), request, buttons=[Button(title=_("Make new codes"))])
    intro = _("The old codes will no longer work.")
    return handle(request, form, on_valid=on_valid, title=_("New recovery codes"), intro=intro)


def show_codes(context: OwnAccount, request: Request, codes: list[str]) -> Response:
    """The codes, this once. Not a redirect: they must not be kept anywhere between two requests."""
    values = {"title": _("Your recovery codes"), "codes": codes, "back": request.resource_path(context)}
    return render_to_response("fdplattform.templates:accounts/recovery_codes.pt", values, request)


def qr_picture(text: str) -> Markup:
    """A QR code as inline SVG without styles; on white, whatever the page's colours."""
    svg = segno.make(text, error="m").svg_inline(scale=5, border=4, light="white", svgclass=None, lineclass=None)
    return Markup(svg)  # noqa: S704 - made by segno from our own text
