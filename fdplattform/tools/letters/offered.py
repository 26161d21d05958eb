"""What an event makes of a kind of letter: its format may say other words, its tools have something to say in it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from pyramid.config import Configurator
from pyramid.registry import Registry
from sqlalchemy.orm import Session

from fdplattform.events.models import Event
from fdplattform.events.tools import tools_of
from fdplattform.plugins.format import BadFormat, LetterText, ToolUse
from fdplattform.tools.letters.kinds import DefaultText, LetterKind, Placeholder, letter_kinds
from fdplattform.translation.packed import localizer_for

#: The options of formats: kind of letter → `LetterText`, and kind of letter → guards as those of a step.
TEXTS, GUARDS = "texts", "guards"


@dataclass(frozen=True, kw_only=True)
class ToolPlaceholder:
    """A placeholder in the letters of every event that uses `tool`.

    What `value` returns is written as the values of a kind are (`writing.Writer`).
    """

    name: str
    tool: str
    title: str
    #: The page on which staff enter it, relative to the event's own page; empty when there is none.
    page: str = ""
    value: Callable[[Session, Event, ToolUse], Any]


def add_letter_placeholder(config: Configurator, placeholder: ToolPlaceholder) -> None:
    """Directive: let a tool say something in letters. Two placeholders of one name are a configuration conflict."""
    known = config.registry.letter_placeholders
    config.action(("letter placeholder", placeholder.name), known.append, (placeholder,))


def kind_at(registry: Registry, event: Event, kind_id: str) -> LetterKind | None:
    """The kind of letter as it is written at `event`; None when nobody knows it."""
    kind = letter_kinds(registry).get(kind_id)
    return None if kind is None else _as_written_at(registry, event, kind)


def _as_written_at(registry: Registry, event: Event, kind: LetterKind) -> LetterKind:
    uses = {use.tool: use for use in _uses(registry, event)}
    options = uses["letters"].options if "letters" in uses else {}
    own = options.get(TEXTS, {}).get(kind.id)
    offered = [each for each in registry.letter_placeholders if each.tool in uses]

    def values(session: Session, event: Event) -> Mapping[str, Any]:
        said = {each.name: each.value(session, event, uses[each.tool]) for each in offered}
        return {**said, **kind.values(session, event)}

    return replace(
        kind,
        default_texts=kind.default_texts if own is None else _in_every_language(registry, own),
        placeholders=(
            *kind.placeholders,
            *(Placeholder(name=each.name, title=each.title, page=each.page) for each in offered),
        ),
        values=values,
        guards=tuple(options.get(GUARDS, {}).get(kind.id, ())),
    )


def _uses(registry: Registry, event: Event) -> Iterator[ToolUse]:
    format_ = registry.plugins.formats.get(event.format_id)
    yield from tools_of(event, format_) if format_ is not None else ()


def _in_every_language(registry: Registry, text: LetterText) -> dict[str, DefaultText]:
    translators = {locale: localizer_for(registry, locale).translate for locale in registry.fdp.locales}
    return {
        locale: DefaultText(subject=str(translate(text.subject)), body=str(translate(text.body)))
        for locale, translate in translators.items()
    }


def check_options(use: ToolUse) -> None:
    """`texts` maps kinds of letters to `LetterText`s, `guards` maps them to tuples of guards. Raises BadFormat."""
    texts, guards = use.options.get(TEXTS, {}), use.options.get(GUARDS, {})
    if not isinstance(texts, Mapping) or not all(isinstance(text, LetterText) for text in texts.values()):
        raise BadFormat("the option texts of the tool letters maps kinds of letters to a LetterText each")
    if not isinstance(guards, Mapping) or not all(_are_guards(given) for given in guards.values()):
        raise BadFormat("the option guards of the tool letters maps kinds of letters to a tuple of guards each")


def _are_guards(given: Any) -> bool:
    return isinstance(given, tuple) and all(callable(guard) for guard in given)


def includeme(config: Configurator) -> None:
    config.registry.letter_placeholders = []
    config.add_directive("add_letter_placeholder", add_letter_placeholder)
