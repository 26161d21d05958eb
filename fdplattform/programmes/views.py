"""The programme office: programmes, and all municipalities of one on one page."""

from typing import Any

from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config
from translationstring import TranslationStringFactory

from fdplattform.forms import Button, attributes_of, handle, make_form
from fdplattform.method import block
from fdplattform.municipalities.facts import load_facts
from fdplattform.municipalities.resources import municipality_resource
from fdplattform.programmes import services
from fdplattform.programmes.models import Agreement, Programme
from fdplattform.programmes.people import coordinators, invitations
from fdplattform.programmes.resources import (
    ProgrammeResource,
    Programmes,
    agreement_resource,
    programme_resource,
)
from fdplattform.programmes.schemas import ProgrammeEditSchema, ProgrammeSchema
from fdplattform.programmes.titles import CONTRIBUTION_TITLES, STATUS_TITLES
from fdplattform.security.permissions import Permission

_ = TranslationStringFactory("fdplattform")

FORM_PAGE = "fdplattform.templates:forms/page.pt"


@view_config(
    context=Programmes,
    name="",
    permission=Permission.PROGRAMME_VIEW,
    renderer="fdplattform.templates:programmes/list.pt",
    request_method="GET",
)
def list_programmes(context: Programmes, request: Request) -> dict[str, Any]:
    """All programmes."""
    return {
        "title": _("Programmes"),
        "rows": [
            {
                "programme": row.programme,
                "href": request.resource_path(programme_resource(context, row.programme)),
                "period": request.fmt.days(row.programme.starts_on, row.programme.ends_on),
                "municipalities": row.municipalities,
            }
            for row in services.list_programmes(request.db)
        ],
        "create_href": request.resource_path(context, "anlegen"),
    }


@view_config(context=Programmes, name="anlegen", permission=Permission.PROGRAMME_EDIT, renderer=FORM_PAGE)
def create_programme(context: Programmes, request: Request) -> Response | dict[str, Any]:
    """A new programme."""
    form = make_form(
        ProgrammeSchema(),
        request,
        buttons=[Button(title=_("Create"))],
        cancel=request.resource_path(context),
        once=True,
    )

    def save(values: dict[str, Any]) -> str:
        programme = services.create_programme(
            request.db, services.ProgrammeData(**values), actor=request.identity.actor
        )
        request.flash(_("The programme is there. Now conclude an agreement with the first municipality."))
        return str(request.resource_path(programme_resource(context, programme)))

    return handle(request, form, on_valid=save, values={"building_blocks": [1, 2, 3]}, title=_("Create a programme"))


@view_config(context=ProgrammeResource, name="bearbeiten", permission=Permission.PROGRAMME_EDIT, renderer=FORM_PAGE)
def edit_programme(context: ProgrammeResource, request: Request) -> Response | dict[str, Any]:
    """Change a programme."""
    form = make_form(ProgrammeEditSchema(), request, cancel=request.resource_path(context))

    def save(values: dict[str, Any]) -> str:
        version = values.pop("version")
        services.edit_programme(
            request.db,
            context.programme,
            services.ProgrammeData(**values),
            version=version,
            actor=request.identity.actor,
        )
        request.flash(_("Saved."))
        return str(request.resource_path(context))

    return handle(
        request,
        form,
        on_valid=save,
        values=attributes_of(form, context.programme),
        title=_("Edit the programme"),
    )


@view_config(
    context=ProgrammeResource,
    name="",
    permission=Permission.PROGRAMME_VIEW,
    renderer="fdplattform.templates:programmes/page.pt",
    request_method="GET",
)
def programme_page(context: ProgrammeResource, request: Request) -> dict[str, Any]:
    """One programme and how far each of its municipalities is."""
    programme = context.programme
    agreements = services.agreements_of(request.db, programme.id)
    municipality_ids = {agreement.municipality_id for agreement in agreements}
    facts = load_facts(request, municipality_ids)
    people = coordinators(request.db, municipality_ids, request.now)
    invited = invitations(request.db, municipality_ids, request.now)
    return {
        "title": programme.title,
        "programme": programme,
        "facts": _programme_facts(programme, request, len(municipality_ids)),
        "agreed": len(municipality_ids),
        "rows": [
            {
                "municipality": agreement.municipality,
                "href": request.resource_path(municipality_resource(request, agreement.municipality)),
                "agreement_href": request.resource_path(agreement_resource(context, agreement)),
                "blocks": block_list(agreement.blocks, request),
                "facts": facts[agreement.municipality_id],
                "coordinators": people[agreement.municipality_id],
                "invitations": invited[agreement.municipality_id],
                "contributions": contribution_cells(agreement),
            }
            for agreement in agreements
        ],
        "conclude_href": request.resource_path(context, "vereinbaren"),
        "edit_href": request.resource_path(context, "bearbeiten"),
        "may_edit": bool(request.has_permission(Permission.PROGRAMME_EDIT, context)),
    }


def _programme_facts(programme: Programme, request: Request, agreed: int) -> list[tuple[Any, Any]]:
    number = request.fmt.number
    progress = _(
        "${agreed} of ${planned} agreed",
        mapping={"agreed": number(agreed), "planned": number(programme.planned_municipalities)},
    )
    return [
        (_("Client"), programme.client),
        (_("Provider"), programme.provider),
        (_("Period"), request.fmt.days(programme.starts_on, programme.ends_on)),
        (_("Building blocks"), block_list(programme.building_blocks, request)),
        (_("Municipalities"), progress),
    ]


def block_list(numbers: list[int], request: Request) -> str:
    """Building blocks by number and title."""
    translate = request.localizer.translate
    return str(request.fmt.list(f"{number}. {translate(block(number).title)}" for number in numbers))


def contribution_cells(agreement: Agreement) -> list[dict[str, Any]]:
    """The contributions as a picture with words."""
    return [
        {
            "title": CONTRIBUTION_TITLES[contribution.kind],
            "status": contribution.status.value,
            "status_title": STATUS_TITLES[contribution.status],
            "note": contribution.note,
        }
        for contribution in agreement.contributions
    ]
