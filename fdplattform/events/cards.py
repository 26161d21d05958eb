"""Events in lists: on the pages of a dialogue, a municipality, and the home page."""

from collections.abc import Sequence
from typing import Any

from pyramid.config import Configurator
from pyramid.request import Request
from sqlalchemy import Select, exists, select, tuple_
from sqlalchemy.orm import aliased, contains_eager, selectinload
from translationstring import TranslationStringFactory

from fdplattform.dialogues.models import Dialogue, DialogueState
from fdplattform.dialogues.resources import DialogueResource, dialogue_resource
from fdplattform.events.listing import in_public_state
from fdplattform.events.models import Event, EventDate, EventSeries
from fdplattform.events.resources import EventResource, event_resource
from fdplattform.events.services import events_of
from fdplattform.municipalities.models import Municipality
from fdplattform.municipalities.resources import MunicipalityResource, municipality_resource
from fdplattform.security.permissions import Permission
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
        "series": [_series_link(request, context, each) for each in sorted(series, key=lambda each: each.id)],
    }


def _series_link(request: Request, context: DialogueResource, series: EventSeries) -> tuple[str, str]:
    return series.title, request.resource_path(context, "reihe", str(series.id))


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
    """Events in a public state with a date ahead, the nearest first."""
    # "No date before it" lets the database walk along the index of dates and stop; a minimum would visit all of them.
    before = aliased(EventDate)
    is_next = ~exists().where(
        before.event_id == EventDate.event_id,
        before.ends_at > request.now,
        tuple_(before.starts_at, before.id) < tuple_(EventDate.starts_at, EventDate.id),
    )
    return (
        select(Event)
        .join(EventDate, EventDate.event_id == Event.id)
        .join(Event.dialogue)
        .join(Dialogue.municipality)
        .options(contains_eager(Event.dialogue).contains_eager(Dialogue.municipality), selectinload(Event.dates))
        .where(
            EventDate.ends_at > request.now,
            is_next,
            Dialogue.state != DialogueState.DRAFT,
            Municipality.active,
            Event.hidden.is_(False),
            Event.state != CANCELLED,
            in_public_state(request.registry),
        )
        .order_by(EventDate.starts_at, EventDate.id)
        .limit(SHOWN)
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
