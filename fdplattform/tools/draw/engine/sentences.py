"""What the engine has to say, as data: whoever shows it finds the words. `str()` says it in German."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Code(StrEnum):
    """Everything the engine says about a draw; the comments name the values."""

    #: `size`, and how many people are there: `there`.
    NOBODY_THERE = "nobody-there"
    ONE_THERE = "one-there"
    FEW_THERE = "few-there"
    FEW_HOMES_THERE = "few-homes-there"
    #: `feature`, `value`, `least`, and how many such people are there: `there`.
    NONE_OF_VALUE = "none-of-value"
    ONE_OF_VALUE = "one-of-value"
    FEW_OF_VALUE = "few-of-value"
    FEW_HOMES_OF_VALUE = "few-homes-of-value"
    #: `feature`, `sum`, `size`.
    LEAST_EXCEED_SIZE = "least-exceed-size"
    MOST_BELOW_SIZE = "most-below-size"
    #: `limits`: sentences of the two codes below.
    CONTRADICTION = "contradiction"
    CONTRADICTION_WITH_HOMES = "contradiction-with-homes"
    #: `feature`, `value`, `number`.
    AT_LEAST = "at-least"
    AT_MOST = "at-most"
    #: Changes: `number` instead of `old`, and for quotas `feature` and `value`.
    OTHER_SIZE = "other-size"
    OTHER_LEAST = "other-least"
    OTHER_MOST = "other-most"
    #: Why a draw ended.
    TIME_IS_UP = "time-is-up"
    NO_MIXTURE = "no-mixture"
    SOLVER_FAILED = "solver-failed"


_GERMAN = {
    Code.NOBODY_THERE: "Es sollen {size} Personen ausgelost werden, zur Wahl steht niemand.",
    Code.ONE_THERE: "Es sollen {size} Personen ausgelost werden, zur Wahl steht nur eine Person.",
    Code.FEW_THERE: "Es sollen {size} Personen ausgelost werden, zur Wahl stehen nur {there} Personen.",
    Code.FEW_HOMES_THERE: (
        "Es sollen {size} Personen ausgelost werden, zur Wahl stehen nur {there} Personen aus verschiedenen Haushalten."
    ),
    Code.NONE_OF_VALUE: ("Bei „{feature}: {value}“ werden mindestens {least} verlangt, zur Wahl steht niemand."),
    Code.ONE_OF_VALUE: "Bei „{feature}: {value}“ werden mindestens {least} verlangt, zur Wahl steht nur eine Person.",
    Code.FEW_OF_VALUE: (
        "Bei „{feature}: {value}“ werden mindestens {least} verlangt, zur Wahl stehen nur {there} Personen."
    ),
    Code.FEW_HOMES_OF_VALUE: (
        "Bei „{feature}: {value}“ werden mindestens {least} verlangt, zur Wahl stehen nur {there} Personen aus "
        "verschiedenen Haushalten."
    ),
    Code.LEAST_EXCEED_SIZE: "Die Mindestzahlen bei „{feature}“ ergeben {sum}, das Gremium hat aber {size} Plätze.",
    Code.MOST_BELOW_SIZE: "Die Höchstzahlen bei „{feature}“ ergeben {sum}, das Gremium hat aber {size} Plätze.",
    Code.CONTRADICTION: "Diese Vorgaben lassen sich nicht zusammen erfüllen: {limits}.",
    Code.CONTRADICTION_WITH_HOMES: (
        "Diese Vorgaben lassen sich nicht zusammen erfüllen (und niemand darf mit jemandem aus demselben Haushalt "
        "zusammensitzen): {limits}."
    ),
    Code.AT_LEAST: "„{feature}: {value}“ mindestens {number}",
    Code.AT_MOST: "„{feature}: {value}“ höchstens {number}",
    Code.OTHER_SIZE: "{number} statt {old} Plätze",
    Code.OTHER_LEAST: "„{feature}: {value}“ mindestens {number} statt {old}",
    Code.OTHER_MOST: "„{feature}: {value}“ höchstens {number} statt {old}",
    Code.TIME_IS_UP: "Die Zeit ist um.",
    Code.NO_MIXTURE: "Auch nach vielen Schnitten ist keine Mischung gefunden.",
    Code.SOLVER_FAILED: "HiGHS ist nicht fertig geworden: {state}.",
}


@dataclass(frozen=True)
class Sentence:
    """A sentence: what it says, and the words and numbers in it. Values are text, numbers or tuples of sentences."""

    code: Code
    values: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return _GERMAN[self.code].format(**{name: _spoken(value) for name, value in self.values.items()})


def _spoken(value: Any) -> str:
    return "; ".join(map(str, value)) if isinstance(value, tuple) else str(value)
