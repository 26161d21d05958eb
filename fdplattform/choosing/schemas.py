"""The questions of the advisor, read from an address that can be shared. What makes no sense leaves a question open."""

from enum import StrEnum
from typing import TypeVar

from webob.multidict import MultiDict

from fdplattform.method.advisor import Answers, Question, Tension
from fdplattform.plugins.format import Aim, Openness

Option = TypeVar("Option", bound=StrEnum)

#: The names in the address are German, as all addresses are.
NAMES = {
    Question.AIMS: "ziel",
    Question.PEOPLE: "personen",
    Question.TENSION: "stimmung",
    Question.WEEKS: "wochen",
    Question.OPENNESS: "wer",
    Question.STAFF: "team",
}

#: The largest number that is taken, so that nobody's typing error becomes a page full of digits.
LIMITS = {Question.PEOPLE: 10_000, Question.WEEKS: 520, Question.STAFF: 100}


def read_answers(query: MultiDict) -> Answers:
    """The answers in the address."""
    chosen = (_option(Aim, value) for value in query.getall(NAMES[Question.AIMS]))
    return Answers(
        aims=frozenset(aim for aim in chosen if aim is not None),
        people=_number(query, Question.PEOPLE, least=1),
        tension=_option(Tension, query.get(NAMES[Question.TENSION], "")),
        weeks=_number(query, Question.WEEKS, least=0),
        openness=_option(Openness, query.get(NAMES[Question.OPENNESS], "")),
        staff=_number(query, Question.STAFF, least=0),
    )


def read_block(query: MultiDict) -> int | None:
    """The building block in the address (`block`), or None."""
    text = query.get("block", "")
    return int(text) if text in {"1", "2", "3", "4", "5", "6"} else None


def _number(query: MultiDict, question: Question, least: int) -> int | None:
    text = query.get(NAMES[question], "").strip()
    if not (text.isascii() and text.isdigit()) or len(text) > len(str(LIMITS[question])):
        return None
    number = int(text)
    return number if least <= number <= LIMITS[question] else None


def _option(options: type[Option], value: str) -> Option | None:
    return options(value) if value in set(options) else None
