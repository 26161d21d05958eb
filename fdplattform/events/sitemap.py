"""Which pages search engines should know (sitemaps.org), and which they should leave alone (RFC 9309)."""

from collections.abc import Iterator
from xml.etree import ElementTree as Xml

from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config
from sqlalchemy import select

from fdplattform.dialogues.models import Dialogue, DialogueState
from fdplattform.events.listing import everybody_sees
from fdplattform.events.models import Event
from fdplattform.municipalities.models import Municipality
from fdplattform.security.permissions import Permission
from fdplattform.web.tree import Root

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
#: What one file may contain at most.
MOST = 50_000
#: Pages of the site itself.
PAGES = ("/", "/kommunen", "/leichte-sprache", "/impressum", "/datenschutz", "/barrierefreiheit")

#: Work, ways in, and addresses that contain a code. The forms say `noindex` besides.
CLOSED = (
    "/verwaltung",
    "/anmelden",
    "/anmeldung",
    "/einladung/",
    "/passwort-vergessen",
    "/zugang/",
    "/-/",
    "/*/anmelden",
    "/*/protokoll",
)


@view_config(context=Root, name="robots.txt", permission=Permission.SITE_VIEW, request_method="GET")
def robots(_context: Root, request: Request) -> Response:
    """Where programs that collect pages should not go."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in CLOSED), f"Sitemap: {request.fdp.base_url}/sitemap.xml"]
    return Response("\n".join([*lines, ""]), content_type="text/plain", charset="utf-8")


@view_config(context=Root, name="sitemap.xml", permission=Permission.SITE_VIEW, request_method="GET")
def sitemap(_context: Root, request: Request) -> Response:
    """The public pages: of the site, of municipalities that take part, their dialogues and their events."""
    urlset = Xml.Element("urlset", xmlns=SITEMAP)
    for path in _paths(request):
        Xml.SubElement(Xml.SubElement(urlset, "url"), "loc").text = request.fdp.base_url + path
    body = Xml.tostring(urlset, encoding="utf-8", xml_declaration=True)
    return Response(body, content_type="application/xml", charset="utf-8")


def _paths(request: Request) -> Iterator[str]:
    yield from PAGES
    session = request.db
    slugs = select(Municipality.slug).where(Municipality.active).order_by(Municipality.id)
    yield from (f"/kommunen/{slug}/" for slug in session.scalars(slugs.limit(MOST // 10)))
    dialogues = (
        select(Municipality.slug, Dialogue.slug)
        .join(Dialogue.municipality)
        .where(Dialogue.state != DialogueState.DRAFT)
        .order_by(Dialogue.id.desc())
    )
    yield from (f"/kommunen/{host}/{slug}/" for host, slug in session.execute(dialogues.limit(MOST // 10)))
    events = (
        select(Municipality.slug, Dialogue.slug, Event.slug)
        .join(Event.dialogue)
        .join(Dialogue.municipality)
        .where(everybody_sees(request.registry))
        .order_by(Event.id.desc())
    )
    for host, dialogue, slug in session.execute(events.limit(MOST // 2)):
        yield f"/kommunen/{host}/{dialogue}/{slug}/"
