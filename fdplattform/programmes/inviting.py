"""Invite the coordinator of a municipality with an agreement; send the invitation again, or withdraw it."""

from typing import Any

from pyramid.httpexceptions import HTTPNotFound, HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config
from translationstring import TranslationStringFactory

from fdplattform.accounts.models import OneTimeLink
from fdplattform.accounts.services import invite, withdraw_invitation
from fdplattform.forms import Button, handle, make_form
from fdplattform.municipalities.models import Municipality
from fdplattform.programmes.people import invitations
from fdplattform.programmes.resources import AgreementResource
from fdplattform.programmes.schemas import InvitationSchema
from fdplattform.security.permissions import Permission, Role
from fdplattform.web.ids import parse_id

_ = TranslationStringFactory("fdplattform")


@view_config(
    context=AgreementResource,
    name="einladen",
    permission=Permission.PROGRAMME_EDIT,
    renderer="fdplattform.templates:forms/page.pt",
)
def invite_coordinator(context: AgreementResource, request: Request) -> Response | dict[str, Any]:
    """Invite the person who coordinates the dialogue in the municipality."""
    form = make_form(
        InvitationSchema(),
        request,
        buttons=[Button(title=_("Send the invitation"))],
        cancel=request.resource_path(context),
    )

    def save(values: dict[str, Any]) -> str:
        send_invitation(request, context.agreement.municipality, values["email"])
        request.flash(_("The invitation is on its way."))
        return str(request.resource_path(context))

    return handle(request, form, on_valid=save, title=_("Invite the coordinator"))


def send_invitation(request: Request, municipality: Municipality, email: str) -> None:
    """Invite somebody to coordinate in the municipality; an open invitation to the same address is replaced."""
    invite(
        request.db,
        email=email,
        role=Role.COORDINATOR,
        municipality_id=municipality.id,
        place=municipality.name,
        actor=request.identity.actor,
        base_url=request.fdp.base_url,
        now=request.now,
        locale=request.locale_name,
    )


@view_config(
    context=AgreementResource, name="erneut-einladen", permission=Permission.PROGRAMME_EDIT, request_method="POST"
)
def invite_again(context: AgreementResource, request: Request) -> Response:
    """Send an open invitation once more; the old link works no longer, and the new one for seven days."""
    send_invitation(request, context.agreement.municipality, str(_invitation(context, request).email))
    request.flash(_("The invitation is on its way."))
    return HTTPSeeOther(request.resource_path(context))


@view_config(
    context=AgreementResource,
    name="einladung-zurueckziehen",
    permission=Permission.PROGRAMME_EDIT,
    request_method="POST",
)
def withdraw(context: AgreementResource, request: Request) -> Response:
    """Withdraw an open invitation."""
    withdraw_invitation(
        request.db,
        context.agreement.municipality_id,
        _invitation(context, request).id,
        actor=request.identity.actor,
        now=request.now,
    )
    request.flash(_("The invitation is withdrawn."))
    return HTTPSeeOther(request.resource_path(context))


def _invitation(context: AgreementResource, request: Request) -> OneTimeLink:
    """The open invitation that the button names. Raises HTTPNotFound for another place's, or another role's."""
    here, asked = context.agreement.municipality_id, parse_id(request.POST.get("invitation"))
    found = next((each for each in invitations(request.db, {here}, request.now)[here] if each.id == asked), None)
    if found is None:
        raise HTTPNotFound()
    return found
