"""One person's letter: the words that stand on its sheets, and nothing of how they look."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from markupsafe import escape

#: Alone in a paragraph: here stands the box with the code and its picture.
REPLY_BOX = "reply"


@dataclass(frozen=True)
class Words:
    """The words around the text, in one language."""

    code: str
    scan: str
    enter: str
    card: str
    yes: str
    no: str
    voluntary: str
    phone: str
    send_to: str


class Question(NamedTuple):
    """What the reply card asks besides yes or no: boxes to tick, or a line to write on where there are no options."""

    title: Any
    options: Sequence[Any] = ()


class Block(NamedTuple):
    """A part of a text: a `heading`, a `paragraph`, or the box with the code (`reply`)."""

    kind: str
    lines: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True)
class Part:
    """The letter in one language."""

    language: str
    dir: str
    date: str
    subject: str
    blocks: Sequence[Block]
    words: Words
    questions: Sequence[Question] = ()

    @property
    def title(self) -> str:
        """The subject without marks."""
        return escape(self.subject).striptags()


class Hint(NamedTuple):
    """A sentence in a language in which the person may read."""

    language: str
    dir: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Letter:
    """Everything that stands on the sheets of one person."""

    sender: str
    contact: Sequence[str]
    address: Sequence[str]
    parts: Sequence[Part]
    hints: Sequence[Hint] = ()
    code: str | None = None
    code_address: str = ""
    #: An SVG element.
    code_picture: str = ""

    @property
    def card(self) -> Sequence[Part]:
        """In which languages the reply card is written; empty without one."""
        return self.parts if self.code else ()
