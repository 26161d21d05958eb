"""Conclude an agreement and change it, keep track of own contributions."""

from typing import Any

from pyramid.httpexceptions import HTTPNotFound
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config
from sqlalchemy import select
from translationstring import TranslationStringFactory

from fdplattform.forms import Button, attributes_of, handle, make_form
from fdplattform.municipalities.models import Municipality
from fdplattform.municipalities.services import SEARCH_LETTERS, search_query
from fdplattform.municipalities.views import place
from fdplattform.programmes import services
from fdplattform.programmes.inviting import send_invitation
from fdplattform.programmes.models import Agreement, ContributionKind
from fdplattform.programmes.people import coordinators, invitations
from fdplattform.programmes.resources import AgreementResource, ProgrammeResource, agreement_resource
from fdplattform.programmes.schemas import AgreementEditSchema, AgreementSchema, ContributionsSchema
from fdplattform.programmes.views import FORM_PAGE, block_list, contribution_cells
from fdplattform.security.permissions import Permission
from fdplattform.web.tree import nearest

_ = TranslationStringFactory("fdplattform")

HITS = 20


@view_config(
    context=ProgrammeResource,
    name="vereinbaren",
    permission=Permission.PROGRAMME_EDIT,
    renderer="fdplattform.templates:programmes/find.pt",
    request_method="GET",
)
def find_municipality(context: ProgrammeResource, request: Request) -> dict[str, Any]:
    """With whom? Three letters are enough."""
    text = request.GET.get("q", "").strip()
    found = request.db.scalars(search_query(text).limit(HITS)).all() if text else []
    return {
        "title": _("Conclude an agreement"),
        "search_text": text,
        "search_action": request.path,
        "too_short": 0 < len(text) < SEARCH_LETTERS and not found,
        "rows": [
            {
                "name": each.name,
                "place": place(request, each),
                "href": request.resource_path(context, "vereinbarung", each.slug),
            }
            for each in found
        ],
    }


@view_config(
    context=ProgrammeResource,
    name="vereinbarung",
    permission=Permission.PROGRAMME_EDIT,
    renderer=FORM_PAGE,
    takes_subpath=True,
)
def conclude(context: ProgrammeResource, request: Request) -> Response | dict[str, Any]:
    """The agreement with one municipality, named by its slug: `…/vereinbarung/ostfildern`."""
    municipality = request.db.scalar(select(Municipality).where(Municipality.slug == "/".join(request.subpath)))
    if municipality is None:
        raise HTTPNotFound
    form = make_form(
        AgreementSchema(),
        request,
        buttons=[Button(title=_("Conclude the agreement"))],
        cancel=request.resource_path(context),
        once=True,
    )

    def save(values: dict[str, Any]) -> str:
        agreement = services.conclude_agreement(
            request.db, context.programme, municipality, _agreed(values), actor=request.identity.actor
        )
        if values["coordinator_email"]:
            send_invitation(request, municipality, values["coordinator_email"])
        request.flash(_("The agreement is concluded."))
        return str(request.resource_path(agreement_resource(context, agreement)))

    return handle(
        request,
        form,
        on_valid=save,
        values={
            "blocks": context.programme.building_blocks,
            "concluded_on": request.fmt.local(request.now).date(),
        },
        title=municipality.name,
        intro=_("Conclude an agreement"),
    )


@view_config(
    context=AgreementResource,
    name="",
    permission=Permission.PROGRAMME_VIEW,
    renderer="fdplattform.templates:programmes/agreement.pt",
    request_method="GET",
)
def agreement_page(context: AgreementResource, request: Request) -> dict[str, Any]:
    """What was agreed, what the municipality provides, who coordinates."""
    agreement = context.agreement
    municipality = agreement.municipality
    return {
        "title": municipality.name,
        "facts": [
            (_("Building blocks"), block_list(agreement.blocks, request)),
            (_("Concluded on"), request.fmt.date(agreement.concluded_on)),
            (_("Contact for the agreement"), agreement.contact),
            (_("Notes"), agreement.notes),
        ],
        "contributions": contribution_cells(agreement),
        "coordinators": coordinators(request.db, {municipality.id}, request.now)[municipality.id],
        "invitations": invitations(request.db, {municipality.id}, request.now)[municipality.id],
        "here": request.resource_path(context),
        "edit_href": request.resource_path(context, "bearbeiten"),
        "invite_href": request.resource_path(context, "einladen"),
        "contributions_href": request.resource_path(context, "eigenleistungen"),
        "may_edit": bool(request.has_permission(Permission.PROGRAMME_EDIT, context)),
    }


@view_config(context=AgreementResource, name="bearbeiten", permission=Permission.PROGRAMME_EDIT, renderer=FORM_PAGE)
def edit(context: AgreementResource, request: Request) -> Response | dict[str, Any]:
    """Change what was agreed."""
    form = make_form(AgreementEditSchema(), request, cancel=request.resource_path(context))

    def save(values: dict[str, Any]) -> str:
        services.edit_agreement(
            request.db,
            nearest(context, ProgrammeResource).programme,
            context.agreement,
            _agreed(values),
            version=values["version"],
            actor=request.identity.actor,
        )
        request.flash(_("Saved."))
        return str(request.resource_path(context))

    return handle(
        request,
        form,
        on_valid=save,
        values=attributes_of(form, context.agreement),
        title=_("Edit the agreement"),
        intro=context.agreement.municipality.name,
    )


def _agreed(values: dict[str, Any]) -> services.AgreementData:
    return services.AgreementData(
        blocks=values["blocks"],
        concluded_on=values["concluded_on"],
        contact=values["contact"] or None,
        notes=values["notes"] or None,
    )


@view_config(
    context=AgreementResource, name="eigenleistungen", permission=Permission.PROGRAMME_EDIT, renderer=FORM_PAGE
)
def edit_contributions(context: AgreementResource, request: Request) -> Response | dict[str, Any]:
    """What the municipality provides itself, and how certain it is."""
    form = make_form(ContributionsSchema(), request, cancel=request.resource_path(context))

    def save(values: dict[str, Any]) -> str:
        promises = {
            kind: services.Promise(values[kind.value]["status"], values[kind.value]["note"] or None)
            for kind in ContributionKind
        }
        services.edit_contributions(
            request.db,
            nearest(context, ProgrammeResource).programme,
            context.agreement,
            promises,
            version=values["version"],
            actor=request.identity.actor,
        )
        request.flash(_("Saved."))
        return str(request.resource_path(context))

    return handle(
        request,
        form,
        on_valid=save,
        values=_contribution_values(context.agreement),
        current=_contribution_values,
        title=_("Own contributions"),
    )


def _contribution_values(agreement: Agreement) -> dict[str, Any]:
    groups = {
        contribution.kind.value: {"status": contribution.status, "note": contribution.note}
        for contribution in agreement.contributions
    }
    return {**groups, "version": agreement.version}
