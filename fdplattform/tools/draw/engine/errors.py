"""What can go wrong in a draw."""

from dataclasses import dataclass
from typing import Any

from fdplattform.tools.draw.engine.sentences import Code, Sentence


class DrawError(Exception):
    """A draw cannot be made. `reasons` say why, as data; str() is German."""

    reasons: tuple[Sentence, ...] = ()


@dataclass(frozen=True, order=True)
class Problem:
    """A fault in an input file; `line` counts from 1, as editors do."""

    source: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.source}, Zeile {self.line}: {self.text}"


class BadInput(DrawError):
    """The files cannot be used; `problems` are all the reasons, in the order of the lines."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


class _WithReason(DrawError):
    def __init__(self, code: Code, **values: Any) -> None:
        self.reasons = (Sentence(code, values),)
        super().__init__(str(self.reasons[0]))


class Stopped(_WithReason):
    """The time is up, or somebody pressed cancel."""


class SolverFailed(_WithReason):
    """HiGHS ended in a state that says neither yes nor no."""
