"""Kinds of letters: who gets them, what they say by default, and which placeholders they know.

A room makes a kind known with `config.add_letter_kind(LetterKind(…))`; the pages, files and deletion come from here.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pyramid.config import Configurator
from pyramid.registry import Registry
from sqlalchemy.orm import Session

from fdplattform.events.models import Event
from fdplattform.tools.codes import Purpose
from fdplattform.tools.letters.letter import Question
from fdplattform.tools.letters.writing import Writer
from fdplattform.workflow import Guard


@dataclass(frozen=True, kw_only=True)
class Recipient:
    """Somebody to whom a letter goes. Without street or city no letter is made; staff are told."""

    #: Names the person in this kind of letter for good, e.g. `invitee:17`; at most 60 characters.
    key: str
    name: str
    street: str | None
    postal_code: str | None
    city: str | None
    #: The language that the person reads besides German; None when that is not known.
    language: str | None = None
    #: The code of the reply, where the kind has one, and the address that it opens.
    code: str | None = None
    code_url: str | None = None
    #: The page on which staff complete the address, relative to the event's own page; empty when there is none.
    page: str = ""
    #: What the kind's own placeholders stand for in this person's letter.
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class DefaultText:
    """What a letter says as long as nobody has written something else."""

    subject: str
    body: str


@dataclass(frozen=True, kw_only=True)
class Placeholder:
    """`${name}` in a text, and what it means. What the `values` of the kind hold is the same for everybody."""

    name: str
    title: str
    #: What a preview shows for a placeholder that is another in each letter; None for one of `values`.
    example: str | None = None
    #: The page on which staff enter what one of `values` stands for, relative to the event's own page; empty when there
    #: is none.
    page: str = ""


def _no_values(_session: Session, _event: Event) -> Mapping[str, Any]:
    return {}


def _no_date(_session: Session, _event: Event) -> date | None:
    return None


def _no_questions(_session: Session, _event: Event, _write: Writer) -> Sequence[Question]:
    return ()


@dataclass(frozen=True, kw_only=True)
class LetterKind:
    """A kind of letter. It is offered at events that use `tool`, to who has `permission` besides writing letters."""

    id: str
    title: str
    #: What the letter is for, in a sentence for the list of kinds.
    summary: str
    permission: str
    tool: str
    #: Everybody to whom a letter of this kind goes, in a constant number of queries; not who was erased.
    recipients: Callable[[Session, Event], Iterable[Recipient]]
    #: By language; German has to be among them.
    default_texts: Mapping[str, DefaultText]
    #: What the letter's code opens. With it the letter carries the code with its picture, and ends with a card to send
    #: back.
    code_purpose: Purpose | None = None
    #: Placeholders besides those of every letter.
    placeholders: tuple[Placeholder, ...] = ()
    #: What the kind's placeholders stand for in every letter of the event; dates are written in the letter's language.
    values: Callable[[Session, Event], Mapping[str, Any]] = _no_values
    #: What the reply card asks besides yes or no, in the writer's language.
    questions: Callable[[Session, Event, Writer], Sequence[Question]] = _no_questions
    #: What speaks against making or posting these letters now, as the event's format says.
    guards: tuple[Guard, ...] = ()
    #: The last day on which the files of the letters are needed; None: four weeks after posting.
    keep_until: Callable[[Session, Event], date | None] = _no_date


def add_letter_kind(config: Configurator, kind: LetterKind) -> None:
    """Directive: make a kind of letter known. Two kinds of one id are a configuration conflict."""
    config.action(("letter kind", kind.id), lambda: config.registry.letter_kinds.__setitem__(kind.id, kind))


def letter_kinds(registry: Registry) -> dict[str, LetterKind]:
    """The known kinds by id."""
    found: dict[str, LetterKind] = registry.letter_kinds
    return found


def includeme(config: Configurator) -> None:
    config.registry.letter_kinds = {}
    config.add_directive("add_letter_kind", add_letter_kind)
