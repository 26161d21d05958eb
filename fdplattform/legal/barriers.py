"""The declaration on accessibility with its way to report a barrier, and the list of reports for staff."""

from datetime import timedelta
from typing import Any

from pyramid.httpexceptions import HTTPNotFound, HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config
from translationstring import TranslationStringFactory

from fdplattform.forms import Button, FormSchema, LongText, Text, handle, make_form
from fdplattform.jobs.registry import JobContext
from fdplattform.legal.editing import owner_of
from fdplattform.legal.models import LegalPage
from fdplattform.legal.services import (
    Barrier,
    barrier_reports,
    delete_old_reports,
    find_report,
    report_barrier,
    settle_report,
)
from fdplattform.legal.views import legal_values
from fdplattform.municipalities.resources import MunicipalityResource
from fdplattform.security.permissions import Permission
from fdplattform.web.ids import by_id
from fdplattform.web.tree import Administration, Resource, Root

_ = TranslationStringFactory("fdplattform")

#: How long a report is kept after it was dealt with.
KEPT = timedelta(days=365)
CONTACT_WHY = _("So that we can answer you.")
CONTACT_KEPT = _("One year after the report was dealt with.")


class BarrierSchema(FormSchema):
    """What somebody tells about a barrier."""

    message = LongText(4000, title=_("What did not work?"))
    page = Text(300, required=False, title=_("On which page?"), description=_("Its address or its heading."))
    contact = Text(
        254,
        required=False,
        title=_("How can we reach you?"),
        description=_("E-mail or phone, if you would like an answer."),
        why=CONTACT_WHY,
        kept=CONTACT_KEPT,
        autocomplete="email",
    )


@view_config(
    context=Root,
    name=LegalPage.ACCESSIBILITY,
    permission=Permission.SITE_VIEW,
    renderer="fdplattform.templates:legal/accessibility.pt",
)
@view_config(
    context=MunicipalityResource,
    name=LegalPage.ACCESSIBILITY,
    permission=Permission.MUNICIPALITY_VIEW,
    renderer="fdplattform.templates:legal/accessibility.pt",
)
def accessibility(context: Resource, request: Request) -> Response | dict[str, Any]:
    """The declaration, and a form for those who met a barrier."""
    page = legal_values(LegalPage.ACCESSIBILITY, context, request)
    municipality = page["municipality"]
    form = make_form(BarrierSchema(), request, buttons=[Button(title=_("Send the report"))])

    def save(values: dict[str, Any]) -> str:
        barrier = Barrier(message=values["message"], page=values["page"] or None, contact=values["contact"] or None)
        report_barrier(
            request.db,
            barrier,
            municipality_id=municipality.id if municipality else None,
            now=request.now,
            locale=request.fdp.default_locale,
        )
        request.flash(_("Thank you. Your report has arrived."))
        return str(request.path_qs)

    return handle(request, form, on_valid=save, **page)


@view_config(
    context=Administration,
    name="barrieren",
    permission=Permission.SITE_ADMINISTER,
    renderer="fdplattform.templates:legal/barriers.pt",
    request_method="GET",
)
@view_config(
    context=MunicipalityResource,
    name="barrieren",
    permission=Permission.MUNICIPALITY_EDIT,
    renderer="fdplattform.templates:legal/barriers.pt",
    request_method="GET",
)
def list_reports(context: Resource, request: Request) -> dict[str, Any]:
    """The reports, open ones first."""
    return {
        "title": _("Reported barriers"),
        "reports": barrier_reports(request.db, owner_of(context)),
        "settle_href": request.resource_path(context, "barrieren"),
    }


@view_config(context=Administration, name="barrieren", permission=Permission.SITE_ADMINISTER, request_method="POST")
@view_config(
    context=MunicipalityResource, name="barrieren", permission=Permission.MUNICIPALITY_EDIT, request_method="POST"
)
def settle(context: Resource, request: Request) -> HTTPSeeOther:
    """Note that a report was dealt with."""
    report = by_id(request.POST.get("report"), lambda number: find_report(request.db, number, owner_of(context)))
    if report is None:
        raise HTTPNotFound
    settle_report(request.db, report, now=request.now, actor=request.identity.actor)
    request.flash(_("Noted."))
    return HTTPSeeOther(request.resource_path(context, "barrieren"))


def forget_old_reports(context: JobContext) -> None:
    """Periodic job: delete reports that were dealt with a year ago."""
    with context.transaction() as session:
        delete_old_reports(session, context.now - KEPT)
