"""The guide values of `guide.toml`."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, kw_only=True)
class Publication:
    """How many days lie between publishing the intention and inviting, and the norm that says so in one Land."""

    days: int
    norm: str
    state: str
    source: str
    recorded_on: date
    checked_by: str


@dataclass(frozen=True, kw_only=True)
class Council:
    """How many members a council has, and how many dates."""

    least_members: int
    most_members: int
    dates: int
    source: str
    recorded_on: date
    checked_by: str


@dataclass(frozen=True, kw_only=True)
class Guide:
    """All guide values."""

    publication: Publication
    council: Council


@cache
def guide() -> Guide:
    """What `guide.toml` says. Raises TypeError when a value is missing or unknown."""
    entries = tomllib.loads(files(__package__).joinpath("guide.toml").read_text(encoding="utf-8"))
    return Guide(publication=Publication(**entries["publication"]), council=Council(**entries["council"]))
