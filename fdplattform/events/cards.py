"""Events in lists: on the pages of a dialogue, a municipality, and the home page."""

from collections.abc import Sequence
from typing import Any

from pyramid.config import Configurator
from pyramid.request import Request
from sqlalchemy import Select, literal_column, select
from sqlalchemy.orm import aliased, contains_eager, selectinload
from translationstring import TranslationStringFactory

from fdplattform.db.sql import constant
from fdplattform.dialogues.models import Dialogue
from fdplattform.dialogues.resources import DialogueResource, dialogue_resource
from fdplattform.events.listing import everybody_sees
from fdplattform.events.models import Event, EventDate, EventSeries
from fdplattform.events.resources import EventResource, event_resource
from fdplattform.events.series_resources import series_resource
from fdplattform.events.services import events_of
from fdplattform.municipalities.models import Municipality
from fdplattform.municipalities.resources import MunicipalityResource, municipality_resource
from fdplattform.security.permissions import Permission
from fdplattform.translation.services import Text
from fdplattform.web.tree import Root
from fdplattform.workflow import CANCELLED

_ = TranslationStringFactory("fdplattform")

#: How many coming events a page shows that is not about one dialogue.
SHOWN = 6


def make_cards(request: Request, resources: Sequence[EventResource], *, with_place: bool) -> list[dict[str, Any]]:
    """What a card shows of each event; one query for all texts."""
    texts = request.texts(*(resource.event for resource in resources))
    return [_card(request, resource, texts, with_place=with_place) for resource in resources]


def _card(request: Request, resource: EventResource, texts: Any, *, with_place: bool) -> dict[str, Any]:
    event, format_, state = resource.event, resource.format, resource.state
    coming = [date for date in event.dates if date.ends_at > request.now] or event.dates
    return {
        "title": texts.get(event, "title"),
        "href": request.resource_path(resource),
        "format": format_.title if format_ is not None else event.format_id,
        "when": request.fmt.period(coming[0].starts_at, coming[0].ends_at) if coming else None,
        "where": coming[0].place if coming else None,
        "language": event.language,
        "state": state.title if state is not None else None,
        "state_kind": _kind(event, resource),
        "public": resource.is_public,
        "postponed": event.postponed_at is not None,
        "municipality": resource.__parent__.__parent__.municipality.name if with_place else None,  # type: ignore[union-attr]
    }


def _kind(event: Event, resource: EventResource) -> str:
    if event.state == CANCELLED or event.postponed_at is not None:
        return "warning"
    return "success" if resource.state is not None and resource.state.final else "info"


def dialogue_panel(context: DialogueResource, request: Request) -> dict[str, Any] | None:
    """The dialogue's events, as far as the person may see them; the team also sees what to do next."""
    resources = [event_resource(context, event) for event in events_of(request.db, context.dialogue.id)]
    shown = [resource for resource in resources if request.has_permission(Permission.EVENT_VIEW, resource)]
    may_create = request.identity is not None and request.has_permission(Permission.EVENT_CREATE, context)
    if not shown and not may_create:
        return None
    series = {resource.event.series for resource in shown if resource.event.series is not None}
    return {
        "cards": make_cards(request, shown, with_place=False),
        "choose": request.resource_path(context, "format-waehlen") if may_create else None,
        "series": _series_links(request, context, sorted(series, key=lambda each: each.id)),
    }


def _series_links(request: Request, context: DialogueResource, found: Sequence[EventSeries]) -> list[tuple[Text, str]]:
    texts = request.texts(*found)
    return [(texts.get(each, "title"), request.resource_path(series_resource(context, each))) for each in found]


def municipality_panel(context: MunicipalityResource, request: Request) -> dict[str, Any] | None:
    """The next public events of the municipality."""
    query = _coming(request).where(Dialogue.municipality_id == context.municipality.id)
    cards = _coming_cards(request, query, with_place=False)
    return {"cards": cards, "choose": None, "series": []} if cards else None


def home_panel(_context: Root, request: Request) -> dict[str, Any] | None:
    """The next public events everywhere."""
    cards = _coming_cards(request, _coming(request), with_place=True)
    return {"cards": cards, "choose": None, "series": []} if cards else None


def _coming(request: Request) -> Select[Event]:
    """Events that everybody sees and that have a date ahead, the nearest first."""
    # By their end, and asked of each date by itself, not joined: so the database walks along an index from now on, and
    # stops.
    ahead = aliased(EventDate)
    next_date = (
        select(ahead.id)
        .where(ahead.event_id == EventDate.event_id, ahead.ends_at > request.now)
        .order_by(ahead.ends_at, ahead.id)
        .limit(literal_column("1"))
        .scalar_subquery()
    )
    return (
        select(Event)
        .join(EventDate, EventDate.event_id == Event.id)
        .join(Event.dialogue)
        .join(Dialogue.municipality)
        .options(contains_eager(Event.dialogue).contains_eager(Dialogue.municipality), selectinload(Event.dates))
        .where(
            EventDate.ends_at > request.now,
            EventDate.id == next_date,
            Municipality.active,
            Event.state != constant(Event.state, CANCELLED),
            everybody_sees(request.registry),
        )
        .order_by(EventDate.ends_at, EventDate.id)
        # Written out, so that PostgreSQL plans for so few rows also when it plans once for all values.
        .limit(literal_column(str(SHOWN)))
    )


def _coming_cards(request: Request, query: Select[Event], *, with_place: bool) -> list[dict[str, Any]]:
    resources = [
        event_resource(
            dialogue_resource(municipality_resource(request, event.dialogue.municipality), event.dialogue), event
        )
        for event in request.db.scalars(query).all()
    ]
    return make_cards(request, resources, with_place=with_place)


def includeme(config: Configurator) -> None:
    renderer = "fdplattform.templates:events/cards.pt"
    config.add_panel(DialogueResource, "events", dialogue_panel, renderer, order=20)
    config.add_panel(MunicipalityResource, "events", municipality_panel, renderer, order=30)
    config.add_panel(Root, "events", home_panel, renderer, order=20)
