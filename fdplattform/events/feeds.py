"""What is new, for feed readers (Atom, RFC 4287), and all dates of a municipality, for calendars."""

import re
from collections.abc import Iterator, Sequence
from datetime import timedelta
from urllib.parse import urlsplit
from xml.etree import ElementTree as Xml

from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import contains_eager, selectinload

from fdplattform.dialogues.models import Dialogue, DialogueState
from fdplattform.dialogues.resources import DialogueResource, dialogue_resource
from fdplattform.events.calendar import MEDIA_TYPE, CalendarEntry, calendar_file
from fdplattform.events.listing import everybody_sees
from fdplattform.events.models import Event, EventDate
from fdplattform.events.resources import event_resource
from fdplattform.journal.models import JournalEntry
from fdplattform.journal.pages import title_of
from fdplattform.journal.services import Scope, read
from fdplattform.municipalities.models import Municipality
from fdplattform.municipalities.resources import MunicipalityResource, municipality_resource
from fdplattform.security.permissions import Permission
from fdplattform.web.tree import Resource

ATOM = "http://www.w3.org/2005/Atom"
#: Seconds for which a reader need not ask again.
FRESH = 60
#: How many entries a feed has.
ENTRIES = 30
#: A calendar shows what was, too, but not for ever.
CALENDAR_PAST = timedelta(days=365)
#: What XML 1.0 cannot contain, however it is written.
NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@view_config(
    context=MunicipalityResource, name="neues.atom", permission=Permission.MUNICIPALITY_VIEW, request_method="GET"
)
def municipality_feed(context: MunicipalityResource, request: Request) -> Response:
    """The public steps of all that goes on in a municipality."""
    scope = Scope(municipality_id=context.municipality.id)
    return _feed(context, request, scope, context.municipality.name)


@view_config(context=DialogueResource, name="neues.atom", permission=Permission.DIALOGUE_VIEW, request_method="GET")
def dialogue_feed(context: DialogueResource, request: Request) -> Response:
    """The public steps of a dialogue and its events."""
    return _feed(context, request, Scope(dialogue_id=context.dialogue.id), context.page_title(request))


def _feed(context: Resource, request: Request, scope: Scope, title: str) -> Response:
    entries = read(request.db, scope, only_public=True, per_page=ENTRIES).entries
    addresses = _addresses(request, entries)
    here = request.resource_url(context)
    feed = Xml.Element("feed", {"xmlns": ATOM, "xml:lang": request.page.language})
    _add(feed, "id", here)
    _add(feed, "title", f"{title} – {request.fdp.site_name}")
    _add(feed, "updated", (entries[0].at if entries else request.now).isoformat())
    Xml.SubElement(feed, "link", rel="alternate", href=here)
    Xml.SubElement(feed, "link", rel="self", href=request.resource_url(context, "neues.atom"))
    _add(Xml.SubElement(feed, "author"), "name", request.fdp.site_name)
    for entry in entries:
        _entry(feed, request, entry, addresses.get(_place(entry), here))
    body = Xml.tostring(feed, encoding="utf-8", xml_declaration=True)
    return _kept_briefly(Response(body, content_type="application/atom+xml", charset="utf-8"))


def _entry(feed: Xml.Element, request: Request, entry: JournalEntry, href: str) -> None:
    # The journal never gives an id twice, so the name of an entry stays its own for ever (RFC 4151).
    host = urlsplit(request.fdp.base_url).hostname or "localhost"
    found = Xml.SubElement(feed, "entry")
    _add(found, "id", f"tag:{host},{entry.at:%Y-%m-%d}:{entry.id}")
    _add(found, "title", title_of(request, entry))
    _add(found, "updated", entry.at.isoformat())
    Xml.SubElement(found, "link", rel="alternate", href=href)


def _add(parent: Xml.Element, name: str, text: str) -> None:
    Xml.SubElement(parent, name).text = NOT_IN_XML.sub("", text)


def _place(entry: JournalEntry) -> tuple[str, int | None]:
    return ("event", entry.event_id) if entry.event_id is not None else ("dialogue", entry.dialogue_id)


def _addresses(request: Request, entries: Sequence[JournalEntry]) -> dict[tuple[str, int | None], str]:
    """The address of each event and dialogue that the entries are about, where everybody sees it; two queries."""
    places = {_place(entry) for entry in entries}
    events = _public_events(request, Event.id.in_([key for kind, key in places if kind == "event"]))
    dialogues = request.db.scalars(
        select(Dialogue)
        .join(Dialogue.municipality)
        .options(contains_eager(Dialogue.municipality))
        .where(
            Dialogue.id.in_([key for kind, key in places if kind == "dialogue"]),
            Dialogue.state != DialogueState.DRAFT,
        )
    )
    found: dict[tuple[str, int | None], str] = {("event", event.id): _event_url(request, event) for event in events}
    for dialogue in dialogues:
        place = municipality_resource(request, dialogue.municipality)
        found["dialogue", dialogue.id] = request.resource_url(dialogue_resource(place, dialogue))
    return found


@view_config(
    context=MunicipalityResource, name="termine.ics", permission=Permission.MUNICIPALITY_VIEW, request_method="GET"
)
def municipality_calendar(context: MunicipalityResource, request: Request) -> Response:
    """The dates of all public events of a municipality, for a calendar that asks again from time to time."""
    since = request.now - CALENDAR_PAST
    events = _public_events(
        request, Dialogue.municipality_id == context.municipality.id, Event.dates.any(EventDate.ends_at > since)
    )
    content = calendar_file(_calendar_entries(request, events), base_url=request.fdp.base_url, now=request.now)
    response = Response(content, content_type=MEDIA_TYPE, charset="utf-8")
    response.content_disposition = f'inline; filename="{context.municipality.slug}.ics"'
    return _kept_briefly(response)


def _calendar_entries(request: Request, events: Sequence[Event]) -> Iterator[CalendarEntry]:
    texts = request.texts(*events)
    for event in events:
        title, url = texts.get(event, "title").value, _event_url(request, event)
        for date in event.dates:
            yield CalendarEntry(event=event, date=date, title=title, url=url)


def _public_events(request: Request, *conditions: ColumnElement[bool]) -> Sequence[Event]:
    query = (
        select(Event)
        .join(Event.dialogue)
        .join(Dialogue.municipality)
        .options(contains_eager(Event.dialogue).contains_eager(Dialogue.municipality), selectinload(Event.dates))
        .where(everybody_sees(request.registry), *conditions)
        .order_by(Municipality.id, Event.id)
    )
    found: Sequence[Event] = request.db.scalars(query).all()
    return found


def _event_url(request: Request, event: Event) -> str:
    place = municipality_resource(request, event.dialogue.municipality)
    return str(request.resource_url(event_resource(dialogue_resource(place, event.dialogue), event)))


def _kept_briefly(response: Response) -> Response:
    response.cache_control.public = True
    response.cache_control.max_age = FRESH
    # The texts are in the reader's language.
    response.vary = ("Accept-Language", "Cookie")
    return response
