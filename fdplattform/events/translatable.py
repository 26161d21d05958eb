"""What can be translated of an event: its own texts, the public answers to its format's form, its tools' texts."""

from collections.abc import Mapping
from typing import Any

from pyramid.config import Configurator
from translationstring import TranslationStringFactory

from fdplattform.events.details import read_details
from fdplattform.events.models import Event
from fdplattform.events.resources import EventResource
from fdplattform.events.tools import ToolText, tools, tools_of
from fdplattform.forms import LongText, Text
from fdplattform.plugins.format import EventFormat
from fdplattform.security.permissions import Permission
from fdplattform.translation.pages import Translatable, TranslatableField

_ = TranslationStringFactory("fdplattform")

#: Before the names of a format's fields, so that they never meet those of an event.
PREFIX = "details_"

OWN = (
    TranslatableField("title", _("Title"), 200),
    TranslatableField("goal", _("What is this about?"), 2000),
    TranslatableField("results_promise", _("What happens with the results?"), 2000),
    TranslatableField("description", _("More about it"), 10_000),
    TranslatableField("public_notice", _("Notice for everybody"), 2000),
)


class EventTexts:
    """An event and its answers, as the room `translation` sees it: one thing with texts in one language."""

    __tablename__ = Event.__tablename__

    def __init__(self, event: Event, answers: Mapping[str, Any], of_tools: Mapping[str, str] | None = None) -> None:
        self.id, self.language = event.id, event.language
        self._event = event
        self._more = {**{PREFIX + name: answer for name, answer in answers.items()}, **(of_tools or {})}
        self.TRANSLATED = (*Event.TRANSLATED, *self._more)

    def __getattr__(self, name: str) -> Any:
        return self._more[name] if name in self._more else getattr(self._event, name)


def is_text(node: Any) -> bool:
    """True for a field of a format's form that everybody reads and that somebody writes in words."""
    return type(node) in (Text, LongText) and bool(getattr(node, "public", False))


def fields_of(place: EventResource) -> tuple[TranslatableField, ...]:
    """The event's own texts, its format's and its tools'."""
    of_format = (TranslatableField(PREFIX + node.name, node.title, node.max) for node in _nodes(place.format))
    of_tools = (TranslatableField(text.name, text.title, text.length) for text in _tool_texts(place))
    return (*OWN, *of_format, *of_tools)


def _thing(place: EventResource) -> EventTexts:
    if place.format is None:
        return EventTexts(place.event, {})
    values = read_details(place.request.db, place.event, place.format)
    answers = {node.name: values[node.name] for node in _nodes(place.format)}
    return EventTexts(place.event, answers, {text.name: text.text for text in _tool_texts(place)})


def _tool_texts(place: EventResource) -> list[ToolText]:
    request = place.request
    used = tools_of(place.event, place.format) if place.format is not None else ()
    return [text for use in used for text in tools(request.registry)[use.tool].texts(request.db, place.event)]


def _nodes(format_: EventFormat | None) -> list[Any]:
    if format_ is None or format_.data.details is None:
        return []
    return [node for node in format_.data.details().children if is_text(node)]


def _scope(place: EventResource) -> dict[str, Any]:
    return {
        "municipality_id": place.municipality_id,
        "dialogue_id": place.event.dialogue_id,
        "event_id": place.event.id,
    }


def includeme(config: Configurator) -> None:
    config.add_translatable(
        EventResource,
        Translatable(
            thing=_thing,
            fields=fields_of,
            permission=Permission.EVENT_EDIT,
            journal=("event:translate", _scope),
        ),
    )
    config.add_journal_tag("event:translate", _("Event translated: ${language}"))
