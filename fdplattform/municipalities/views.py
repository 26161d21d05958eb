"""The home page, the list of municipalities and the public page of each."""

from collections.abc import Sequence
from typing import Any

from pyramid.request import Request
from pyramid.view import view_config
from translationstring import TranslationStringFactory

from fdplattform.municipalities import register
from fdplattform.municipalities.facts import Fact, load_facts
from fdplattform.municipalities.models import Municipality
from fdplattform.municipalities.resources import Municipalities, MunicipalityResource, municipality_resource
from fdplattform.municipalities.services import SEARCH_LETTERS, count, participating_query, search_query
from fdplattform.security.permissions import Permission
from fdplattform.web.pagination import Pages
from fdplattform.web.tree import Root

_ = TranslationStringFactory("fdplattform")

PER_PAGE = 24
SUGGESTIONS = 10


@view_config(
    context=Root,
    name="",
    permission=Permission.SITE_VIEW,
    renderer="fdplattform.templates:municipalities/home.pt",
    request_method="GET",
    shared_page=True,
)
def home(context: Root, request: Request) -> dict[str, Any]:
    """What is going on where."""
    return {"title": _("Shaping our place together"), "panels": request.panels(context)}


@view_config(
    context=Municipalities,
    name="",
    permission=Permission.MUNICIPALITY_VIEW,
    renderer="fdplattform.templates:municipalities/list.pt",
    request_method="GET",
    shared_page=True,
)
def list_municipalities(_context: Municipalities, request: Request) -> dict[str, Any]:
    """Those that take part; with `q`, a search among all."""
    text = request.GET.get("q", "").strip()
    query = search_query(text) if text else participating_query()
    pages = Pages.of(request, count(request.db, query), PER_PAGE)
    found = request.db.scalars(query.limit(pages.size).offset(pages.offset)).all()
    return {
        "title": _("Municipalities"),
        "search_text": text,
        "too_short": 0 < len(text) < SEARCH_LETTERS and not found,
        "rows": municipality_rows(request, found),
        "pages": pages,
        "attribution": register.ATTRIBUTION,
        "licence_url": register.LICENCE_URL,
    }


def municipality_rows(request: Request, municipalities: Sequence[Municipality]) -> list[dict[str, Any]]:
    """Municipalities as lists show them, with the facts that other rooms know about them."""
    facts = load_facts(request, [each.id for each in municipalities if each.active])
    return [
        {
            "municipality": each,
            "href": request.resource_path(municipality_resource(request, each)),
            "place": place(request, each),
            "facts": facts.get(each.id, []),
        }
        for each in municipalities
    ]


def place(request: Request, municipality: Municipality) -> str:
    """Where it is, so that places of one name can be told apart."""
    parts = (municipality.type, municipality.district, municipality.state)
    text = " · ".join(part for part in parts if part)
    if municipality.population is None:
        return text
    residents = _("${number} residents", mapping={"number": request.fmt.number(municipality.population)})
    return f"{text} · {request.localizer.translate(residents)}"


@view_config(
    context=Municipalities,
    name="suche",
    permission=Permission.MUNICIPALITY_VIEW,
    renderer="json",
    request_method="GET",
)
def suggest(_context: Municipalities, request: Request) -> dict[str, Any]:
    """The first hits of the search, for scripts. Without a searchable text there are none."""
    query = search_query(request.GET.get("q", ""))
    found = request.db.scalars(query.limit(SUGGESTIONS)).all()
    return {
        "items": [
            {
                "name": each.name,
                "place": place(request, each),
                "slug": each.slug,
                "ags": each.ags,
                "active": each.active,
                "url": request.resource_url(municipality_resource(request, each)),
            }
            for each in found
        ],
        "total": count(request.db, query),
    }


@view_config(
    context=MunicipalityResource,
    name="",
    permission=Permission.MUNICIPALITY_VIEW,
    renderer="fdplattform.templates:municipalities/page.pt",
    request_method="GET",
    shared_page=True,
)
def municipality_page(context: MunicipalityResource, request: Request) -> dict[str, Any]:
    """What is going on here, and whom to ask."""
    municipality = context.municipality
    return {
        "title": municipality.name,
        "follow": [
            (_("What is new, for feed readers (Atom)"), request.resource_path(context, "neues.atom")),
            (_("All dates, for your calendar"), request.resource_path(context, "termine.ics")),
            (_("Every step of this process"), request.resource_path(context, "transparenz")),
        ],
        "municipality": municipality,
        "place": place(request, municipality),
        "introduction": request.texts(municipality).get(municipality, "introduction"),
        "panels": request.panels(context),
        "contact": _contact(municipality),
    }


def _contact(municipality: Municipality) -> list[Fact]:
    phone, mail, website = municipality.contact_phone, municipality.contact_email, municipality.website
    facts = [
        Fact(label=_("Contact person"), value=municipality.contact_name),
        Fact(label=_("Phone"), value=phone, href=f"tel:{''.join(phone.split())}" if phone else None),
        Fact(label=_("E-mail"), value=mail, href=f"mailto:{mail}" if mail else None),
        Fact(label=_("Website"), value=website, href=website),
    ]
    return [fact for fact in facts if fact.value]
