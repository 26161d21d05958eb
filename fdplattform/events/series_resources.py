"""`/kommunen/{municipality}/{dialogue}/reihe/{id}`: a series of events."""

from dataclasses import dataclass

from pyramid.config import Configurator
from pyramid.request import Request
from translationstring import TranslationStringFactory

from fdplattform.dialogues.resources import DialogueResource
from fdplattform.events.models import EventSeries
from fdplattform.security.permissions import Permission
from fdplattform.translation.pages import Translatable, TranslatableField
from fdplattform.web.ids import parse_id
from fdplattform.web.tree import Resource, nearest

_ = TranslationStringFactory("fdplattform")

NAME = "reihe"


@dataclass(kw_only=True)
class SeriesList(Resource):
    """`/reihe`: what is below are the dialogue's series; it has no page of its own."""


@dataclass(kw_only=True)
class SeriesResource(Resource):
    """One series; who may do what follows from the dialogue."""

    series: EventSeries

    def page_title(self, request: Request) -> str:
        """For the breadcrumbs: the title in the reader's language."""
        return str(request.texts(self.series).get(self.series, "title"))


def series_resource(dialogue: DialogueResource, series: EventSeries) -> SeriesResource:
    """The resource of `series`, e.g. to make addresses with."""
    parent = SeriesList(__name__=NAME, __parent__=dialogue, request=dialogue.request)
    return SeriesResource(__name__=str(series.id), __parent__=parent, request=dialogue.request, series=series)


def _find_list(parent: DialogueResource, name: str) -> Resource | None:
    return SeriesList(__name__=NAME, __parent__=parent, request=parent.request) if name == NAME else None


def _find_series(parent: SeriesList, name: str) -> Resource | None:
    series_id = parse_id(name)
    series = None if series_id is None else parent.request.db.get(EventSeries, series_id)
    dialogue = nearest(parent, DialogueResource)
    if series is None or series.dialogue_id != dialogue.dialogue.id:
        return None
    return series_resource(dialogue, series)


TRANSLATABLE = Translatable(
    thing=lambda place: place.series,
    fields=(
        TranslatableField("title", _("Title"), 200),
        TranslatableField("synthesis", _("What the events together say"), 10_000),
    ),
    permission=Permission.EVENT_CREATE,
    journal=(
        "event:translate_series",
        lambda place: {
            "dialogue_id": place.series.dialogue_id,
            "municipality_id": nearest(place, DialogueResource).dialogue.municipality_id,
        },
    ),
)


def includeme(config: Configurator) -> None:
    config.add_child_finder(DialogueResource, _find_list)
    config.add_child_finder(SeriesList, _find_series)
    config.add_translatable(SeriesResource, TRANSLATABLE)
    config.add_journal_tag("event:translate_series", _("Series of events translated: ${language}"))
    config.add_toolbar_link(SeriesResource, "", _("Public page"), permission=Permission.EVENT_CREATE, order=0)
    config.add_toolbar_link(
        SeriesResource, "bearbeiten", _("Title and synthesis"), permission=Permission.EVENT_CREATE, order=10
    )
