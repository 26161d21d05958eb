"""Every text that a format shows, and the plugin's catalogues."""

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from babel.messages.pofile import read_po
from colander import SchemaNode

from fdplattform.plugins.format import EventFormat
from fdplattform.testing.contract.samples import empty_facts
from fdplattform.workflow.rules import reasons_against

VARIABLE = re.compile(r"\$\{\w+\}")


def texts_of(format_: EventFormat, now: datetime) -> Iterator[tuple[str, Any]]:
    """(where, text) of everything that is written in the declaration; empty texts are left out."""
    found = [*_head(format_), *_workflow(format_, now), *_data(format_)]
    return ((where, text) for where, text in found if text)


def _head(format_: EventFormat) -> Iterator[tuple[str, Any]]:
    yield "title", format_.title
    yield "summary", format_.summary
    profile = format_.fit.profile
    if profile is not None:
        yield from (("good_for", text) for text in profile.good_for)
        yield from (("bad_for", text) for text in profile.bad_for)
        yield "funding", profile.funding
        yield "example", profile.example
    yield from (("permission", title) for title in format_.conduct.permissions.values())
    for line in format_.conduct.agenda:
        yield "agenda line", line.title
        yield "agenda method", line.method
    for use in format_.conduct.tools:
        parts = (part for option in use.options.values() if isinstance(option, tuple) for part in option)
        yield from ((f"tool {use.tool}", part.title) for part in parts if hasattr(part, "title"))
        letters = use.options.get("texts", {}) if use.tool == "letters" else {}
        yield from ((f"letter {kind}", part) for kind, text in letters.items() for part in (text.subject, text.body))
    for follow_up in format_.conduct.follow_ups:
        yield f"follow-up {follow_up.id}", follow_up.title
        yield f"follow-up {follow_up.id}", follow_up.description
    if format_.conduct.series is not None:
        yield "series", format_.conduct.series.event_title
    for material in format_.output.materials:
        yield f"material {material.id}", material.title
        yield f"material {material.id}", material.description


def _workflow(format_: EventFormat, now: datetime) -> Iterator[tuple[str, Any]]:
    workflow = format_.conduct.workflow
    for state in workflow.states:
        yield f"state {state.id}", state.title
        yield f"state {state.id}", state.description
    for step in workflow.transitions:
        yield f"transition {step.id}", step.title
        yield f"transition {step.id}", step.description
        facts = empty_facts(format_, step.sources[0], now)
        yield from ((f"guard of {step.id}", reason.message) for reason in reasons_against(step, facts, now))


def _data(format_: EventFormat) -> Iterator[tuple[str, Any]]:
    data = format_.data
    for name, schema in (("details", data.details), ("settings", data.settings)):
        if schema is not None:
            yield from _schema(name, schema())
    for each in data.lists:
        yield f"list {each.id}", each.title
        yield f"list {each.id}", each.row_title
        yield f"list {each.id}", each.description
        yield from _schema(f"list {each.id}", each.schema())
    for field in data.personal:
        yield f"personal field {field.column}", field.purpose
        yield f"personal field {field.column}", field.basis


def _schema(where: str, schema: SchemaNode) -> Iterator[tuple[str, Any]]:
    for node in schema.children:
        place = f"{where}.{node.name}"
        for name in ("title", "description", "why", "kept"):
            yield place, getattr(node, name, None)
        options = getattr(node, "options", ())
        yield from ((place, title) for _value, title in (() if callable(options) else options))
        yield from _schema(place, node)


def catalogue(locale: Path, language: str, domain: str) -> dict[str, list[str]]:
    """The translations of each message in the catalogue; a message with plurals has several."""
    with (locale / language / "LC_MESSAGES" / f"{domain}.po").open("rb") as source:
        messages = [message for message in read_po(source, locale=language) if message.id and not message.fuzzy]
    return {_first(message.id): _all(message.string) for message in messages}


def variables(text: str) -> set[str]:
    """The `${…}` in a text."""
    return set(VARIABLE.findall(text))


def _first(text: Any) -> str:
    return text if isinstance(text, str) else text[0]


def _all(text: Any) -> list[str]:
    return [text] if isinstance(text, str) else list(text)
