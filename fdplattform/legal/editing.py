"""Staff fill the gaps: the admin those of the deployment, coordinators those of their municipality."""

from typing import Any

from pyramid.httpexceptions import HTTPNotFound
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config
from translationstring import TranslationStringFactory

from fdplattform.forms import FormSchema, LongText, Text, Version, handle, make_form
from fdplattform.legal.gaps import GAPS, MAX_LENGTH, TITLES, Gap
from fdplattform.legal.models import LegalPage, LegalText
from fdplattform.legal.services import load_page, own_entries, save_entries
from fdplattform.municipalities.resources import MunicipalityResource
from fdplattform.security.permissions import Permission
from fdplattform.web.tree import Administration, Resource

_ = TranslationStringFactory("fdplattform")

FORM_PAGE = "fdplattform.templates:forms/page.pt"
LINE_LENGTH = 300


def owner_of(context: Resource) -> int | None:
    """Whose entries are edited here: a municipality's (its id), or the deployment's (None)."""
    return context.municipality.id if isinstance(context, MunicipalityResource) else None


@view_config(
    context=Administration,
    name="rechtstexte",
    permission=Permission.SITE_ADMINISTER,
    renderer="fdplattform.templates:legal/overview.pt",
    request_method="GET",
)
@view_config(
    context=MunicipalityResource,
    name="rechtstexte",
    permission=Permission.MUNICIPALITY_EDIT,
    renderer="fdplattform.templates:legal/overview.pt",
    request_method="GET",
)
def overview(context: Resource, request: Request) -> dict[str, Any]:
    """The legal pages and what is missing in each."""
    owner = owner_of(context)
    return {
        "title": _("Legal texts"),
        "for_municipality": owner is not None,
        "rows": [
            {
                "title": TITLES[page],
                "missing": load_page(request.db, page, owner).missing,
                "href": request.resource_path(context, "rechtstext", page.value),
            }
            for page in LegalPage
        ],
    }


@view_config(
    context=Administration,
    name="rechtstext",
    permission=Permission.SITE_ADMINISTER,
    renderer=FORM_PAGE,
    takes_subpath=True,
)
@view_config(
    context=MunicipalityResource,
    name="rechtstext",
    permission=Permission.MUNICIPALITY_EDIT,
    renderer=FORM_PAGE,
    takes_subpath=True,
)
def fill(context: Resource, request: Request) -> Response | dict[str, Any]:
    """The gaps of one page: `…/rechtstext/impressum`."""
    page = _page(request)
    owner = owner_of(context)
    back = str(request.resource_path(context, "rechtstexte"))
    form = make_form(gap_schema(GAPS[page]), request, cancel=back)

    def save(values: dict[str, Any]) -> str:
        version = values.pop("version")
        save_entries(request.db, page, owner, values, version=version, now=request.now, actor=request.identity.actor)
        request.flash(_("Saved."))
        return back

    return handle(
        request,
        form,
        on_valid=save,
        values=_values(own_entries(request.db, page, owner)),
        current=_values,
        title=TITLES[page],
        intro=_("What you leave empty is taken from the deployment.") if owner else None,
    )


def gap_schema(gaps: tuple[Gap, ...]) -> FormSchema:
    """A form with a field for each gap. All may stay empty: better half an imprint than none."""
    schema = FormSchema()
    for gap in gaps:
        kind, length = (LongText, MAX_LENGTH) if gap.multiline else (Text, LINE_LENGTH)
        schema.add(kind(length, name=gap.name, title=gap.title, description=gap.help or "", required=False))
    schema.add(Version())
    return schema


def _page(request: Request) -> LegalPage:
    try:
        return LegalPage("/".join(request.subpath))
    except ValueError:
        raise HTTPNotFound from None


def _values(text: LegalText | None) -> dict[str, Any]:
    return {"version": 0} if text is None else {**text.gaps, "version": text.version}
