"""What can go wrong in a draw. The sentences are read by coordinators and therefore German."""

from dataclasses import dataclass


class DrawError(Exception):
    """A draw cannot be made."""


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


class Stopped(DrawError):
    """The time is up, or somebody pressed cancel."""


class SolverFailed(DrawError):
    """HiGHS ended in a state that says neither yes nor no."""
