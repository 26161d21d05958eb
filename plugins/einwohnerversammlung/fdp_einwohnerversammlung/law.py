"""The law of the Länder as data. It knows no event and no page; what it does not know is None.

The values, their sources and whether somebody has checked them stand in `laws.toml`.
"""

import tomllib
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cache
from importlib.resources import files
from math import ceil
from typing import Any


@dataclass(frozen=True, kw_only=True)
class QuorumStep:
    """A share of those who may sign, within limits, in municipalities of up to `up_to` residents (None: all larger)."""

    percent: Fraction
    up_to: int | None = None
    least: int = 0
    most: int | None = None

    def signatures(self, eligible: int) -> int:
        """How many signatures are needed, rounded up: a share is not reached by less than it."""
        wanted = max(ceil(self.percent * eligible / 100), self.least)
        return wanted if self.most is None else min(wanted, self.most)


@dataclass(frozen=True, kw_only=True)
class Notice:
    """How the assembly is made known. Where the law names no number of days, `days` is None."""

    days: int | None = None
    text: str | None = None
    contents: str | None = None


@dataclass(frozen=True, kw_only=True)
class Petition:
    """With which residents can demand an assembly. Months are calendar months, `age` is in years."""

    form: str | None = None
    electronic: bool | None = None
    quorum: tuple[QuorumStep, ...] = ()
    age: int | None = None
    months_of_residence: int | None = None
    block_months: int | None = None
    trusted_persons: int | None = None
    admissibility_by: str | None = None
    held_within_months: int | None = None


@dataclass(frozen=True, kw_only=True)
class FollowUp:
    """Until when suggestions are dealt with, and by whom. `duty` is "soll" or "muss"."""

    months: int
    duty: str
    body: str | None = None

    def __post_init__(self) -> None:
        if self.duty not in {"soll", "muss"}:
            raise ValueError(f"a duty is soll or muss, not {self.duty!r}")


@dataclass(frozen=True, kw_only=True)
class Law:
    """What the law of one Land says about assemblies of residents."""

    state: str
    norm: str | None = None
    name: str | None = None
    decides: str | None = None
    convenes: str | None = None
    chairs: str | None = None
    rhythm: str | None = None
    take_part: str | None = None
    speak: str | None = None
    votes: str | None = None
    notice: Notice = field(default_factory=Notice)
    petition: Petition | None = None
    follow_up: FollowUp | None = None
    #: Names of fields, also of the petition's, whose value no citable source confirms.
    unconfirmed: frozenset[str] = frozenset()
    source: str | None = None
    recorded_on: date | None = None
    checked_by: str = ""

    def confirms(self, name: str) -> bool:
        """False for a value that is only presumed."""
        return name not in self.unconfirmed

    def quorum(self, population: int, eligible: int) -> int | None:
        """How many of the `eligible` residents must sign in a municipality of `population`; None when not recorded."""
        for step in self.petition.quorum if self.petition is not None else ():
            if step.up_to is None or population <= step.up_to:
                return step.signatures(eligible)
        return None


def law_of(state: str) -> Law:
    """The law of a Land. Where nothing is recorded, as in the city states, everything about it is None."""
    return laws().get(state, Law(state=state))


@cache
def laws() -> dict[str, Law]:
    """What `laws.toml` says, by Land. Raises ValueError or TypeError when the file contradicts itself."""
    entries = tomllib.loads(files(__package__).joinpath("laws.toml").read_text(encoding="utf-8"))["law"]
    return {entry["state"]: _read(entry) for entry in entries}


def _read(entry: dict[str, Any]) -> Law:
    values = dict(entry)
    if "notice" in values:
        values["notice"] = Notice(**values["notice"])
    if "petition" in values:
        values["petition"] = _read_petition(values["petition"])
    if "follow_up" in values:
        values["follow_up"] = FollowUp(**values["follow_up"])
    values["unconfirmed"] = frozenset(values.get("unconfirmed", ()))
    return Law(**values)


def _read_petition(entry: dict[str, Any]) -> Petition:
    steps = tuple(QuorumStep(**{**step, "percent": Fraction(step["percent"])}) for step in entry.get("quorum", ()))
    return Petition(**{**entry, "quorum": steps})


def add_months(day: date, months: int) -> date:
    """The same day `months` later, or the last of the month where it has no such day (§ 188 (3) BGB)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for number in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, number)
        except ValueError:
            continue
    raise AssertionError("every month has a 28th")
