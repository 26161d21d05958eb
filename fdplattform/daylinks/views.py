"""Where the team makes links for the day, and where they lead."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from pyramid.config import Configurator
from pyramid.csrf import new_csrf_token
from pyramid.httpexceptions import HTTPNotFound, HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config
from sqlalchemy.orm import Session

from fdplattform.accounts.services import Guest, Identity
from fdplattform.daylinks import services
from fdplattform.daylinks.messages import _
from fdplattform.daylinks.models import DayLink
from fdplattform.dialogues.models import Dialogue
from fdplattform.dialogues.resources import dialogue_resource
from fdplattform.errors import NotAllowed
from fdplattform.events.models import Event
from fdplattform.events.resources import EventResource, event_resource
from fdplattform.events.toolbar import DAY
from fdplattform.forms import Button, Choice, FormSchema, Text, handle, make_form
from fdplattform.municipalities.models import Municipality
from fdplattform.municipalities.resources import municipality_resource
from fdplattform.security.cookie import send_token
from fdplattform.security.permissions import Permission
from fdplattform.web.ids import parse_id
from fdplattform.web.private import keep_private, qr_response


class NewLinkSchema(FormSchema):
    """For whom, and for which date."""

    name = Text(
        80,
        title=_("For whom is the link?"),
        description=_("A name, or what it is for: “Table 3”. It stands in the journal beside what is entered with it."),
    )
    date_id = Choice(lambda bindings: bindings["dates"], kind=int, title=_("Date"))


def _zone(request: Request) -> ZoneInfo:
    return ZoneInfo(request.fdp.time_zone)


@view_config(
    context=EventResource,
    name="tageslinks",
    permission=Permission.EVENT_EDIT,
    renderer="fdplattform.templates:daylinks/list.pt",
)
def links(context: EventResource, request: Request) -> Response | dict[str, Any]:
    """The event's links, and the form for a new one."""
    zone = _zone(request)
    dates = [each for each in context.event.dates if request.now < services.window_of(each, zone).closes]
    rows = [_row(context, request, link) for link in services.links_of(request.db, context.event.id)]
    page = {"title": _("Links for the day"), "rows": rows, "dates_href": request.resource_path(context, "termine")}
    if not dates:
        return {**page, "form": None}
    options = [(date.id, request.fmt.period(date.starts_at, date.ends_at)) for date in dates]
    form = make_form(NewLinkSchema(), request, buttons=(Button(title=_("Make a link")),), once=True, dates=options)

    def save(values: dict[str, Any]) -> str:
        link = services.add_link(
            request.db,
            context.event,
            next(date for date in dates if date.id == values["date_id"]),
            values["name"],
            secret=request.fdp.secret,
            actor=request.identity.actor,
            now=request.now,
        )
        return request.resource_path(context, "tageslink", query={"id": link.id})

    return handle(request, form, on_valid=save, values={"date_id": dates[0].id}, **page)


def _row(context: EventResource, request: Request, link: DayLink) -> dict[str, Any]:
    window = services.window_of(link.date, _zone(request))
    usable = link.revoked_at is None and request.now < window.closes
    return {
        "link": link,
        "from": request.fmt.datetime(window.opens),
        "until": request.fmt.datetime(window.closes),
        "usable": usable,
        "href": request.resource_path(context, "tageslink", query={"id": link.id}),
    }


def _link(context: EventResource, request: Request) -> DayLink:
    link_id = parse_id(request.params.get("id"))
    link = None if link_id is None else services.find_link(request.db, context.event.id, link_id)
    if link is None:
        raise HTTPNotFound()
    return link


def _address(request: Request, link: DayLink) -> str:
    return f"{request.fdp.base_url}/tageslink/{services.token_of(request.fdp.secret, link.seed)}"


@view_config(
    context=EventResource,
    name="tageslink",
    permission=Permission.EVENT_EDIT,
    renderer="fdplattform.templates:daylinks/link.pt",
    request_method="GET",
)
def show(context: EventResource, request: Request) -> dict[str, Any]:
    """One link, to print or to send."""
    keep_private(request)
    link = _link(context, request)
    return {
        "title": _("Link for the day: ${name}", mapping={"name": link.name}),
        "event_title": context.texts.get(context.event, "title"),
        "row": _row(context, request, link),
        "address": _address(request, link),
        "qr": request.resource_path(context, "tageslink.svg", query={"id": link.id}),
        "back": request.resource_path(context, "tageslinks"),
        "revoke": request.resource_path(context, "tageslink-zurueckziehen", query={"id": link.id}),
    }


@view_config(context=EventResource, name="tageslink.svg", permission=Permission.EVENT_EDIT, request_method="GET")
def qr_code(context: EventResource, request: Request) -> Response:
    """The link as a QR code."""
    return qr_response(_address(request, _link(context, request)))


@view_config(
    context=EventResource, name="tageslink-zurueckziehen", permission=Permission.EVENT_EDIT, request_method="POST"
)
def revoke(context: EventResource, request: Request) -> Response:
    """The link no longer works."""
    services.revoke_link(request.db, _link(context, request), actor=request.identity.actor, now=request.now)
    request.flash(_("The link no longer works. Every device that was opened with it is signed out."))
    return HTTPSeeOther(request.resource_path(context, "tageslinks"))


@view_config(route_name="day_link", permission=Permission.SITE_VIEW, renderer="fdplattform.templates:forms/page.pt")
def start(request: Request) -> Response | dict[str, Any]:
    """`/tageslink/{token}`: one click, and this device leads the event until its day is over."""
    keep_private(request)
    token = request.matchdict["token"]
    with request.registry.sessions() as session:
        link = services.usable_link(session, token, zone=_zone(request), now=request.now)
    if isinstance(request.identity, Identity):
        raise NotAllowed(
            _("You are signed in with your account already. This link is for people who have none: open it elsewhere.")
        )
    closes = services.window_of(link.date, _zone(request)).closes

    def on_valid(_values: dict[str, Any]) -> Response:
        found = services.usable_link(request.db, token, zone=_zone(request), now=request.now)
        services.open_link(request.db, found, now=request.now)
        response = HTTPSeeOther(_event_path(request, found))
        send_token(request, response, token, closes - request.now)
        new_csrf_token(request)
        return response

    form = make_form(FormSchema(), request, buttons=(Button(title=_("Begin")),))
    intro = _(
        "With this link you lead the event as “${name}”, without an account: you tick who has come and enter what "
        "comes out. It works on this device until ${until}.",
        mapping={"name": link.name, "until": request.fmt.datetime(closes)},
    )
    return handle(request, form, on_valid=on_valid, title=_("Lead the event"), intro=intro)


def _event_path(request: Request, link: DayLink) -> str:
    event = request.db.get_one(Event, link.event_id)
    dialogue = request.db.get_one(Dialogue, event.dialogue_id)
    place = municipality_resource(request, request.db.get_one(Municipality, dialogue.municipality_id))
    path: str = request.resource_path(event_resource(dialogue_resource(place, dialogue), event))
    return path


def includeme(config: Configurator) -> None:
    settings = config.registry.fdp
    zone = ZoneInfo(settings.time_zone)

    def find(session: Session, token: str, now: datetime) -> Guest | None:
        return services.find_guest(session, token, zone=zone, now=now)

    config.add_guest_finder(find)
    config.add_route("day_link", "/tageslink/{token}")
    config.add_rate_limit(
        "day_link",
        limit=settings.limit_code,
        pattern="/tageslink",
        methods=("GET", "HEAD", "POST"),
        only_failures=True,
    )
    config.add_toolbar_link(
        EventResource, "tageslinks", _("Links for the day"), permission=Permission.EVENT_EDIT, order=10, group=DAY
    )
