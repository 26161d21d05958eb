"""Where a format has its place, and what it is good for."""

from dataclasses import dataclass
from enum import StrEnum

from fdplattform.plugins.format.errors import BadFormat


class Openness(StrEnum):
    """Who can come."""

    OPEN = "open"
    INVITED = "invited"
    DRAWN = "drawn"


class Suitability(StrEnum):
    """How well a format carries open conflict."""

    POOR = "poor"
    FAIR = "fair"
    GOOD = "good"


class Aim(StrEnum):
    """What an event can be for; the advisor asks for it."""

    INFORM = "inform"
    COLLECT_IDEAS = "collect_ideas"
    FIND_FIELDS = "find_fields"
    DEEPEN_FIELD = "deepen_field"
    FORM_GROUPS = "form_groups"
    SOLVE_CONFLICT = "solve_conflict"
    ADVISE_COUNCIL = "advise_council"
    PRESENT_RESULTS = "present_results"


@dataclass(frozen=True)
class Span:
    """From `least` to `most`, both included; the unit is the field's."""

    least: float
    most: float

    def __post_init__(self) -> None:
        if not 0 <= self.least <= self.most:
            raise BadFormat(f"a span from {self.least} to {self.most} is not one")

    def __contains__(self, value: float) -> bool:
        return self.least <= value <= self.most


@dataclass(frozen=True, kw_only=True)
class Profile:
    """What the advisor and the page that compares formats say of a format."""

    #: Number of people.
    people: Span
    #: Length in hours, all dates together.
    hours: Span
    openness: Openness
    conflict: Suitability
    #: Weeks from the decision to the event, at least.
    preparation_weeks: int
    #: People from the town hall who work on it, at least.
    staff: int
    aims: frozenset[Aim]
    #: Translatable sentences.
    good_for: tuple[str, ...]
    bad_for: tuple[str, ...]
    funding: str = ""
    example: str = ""

    def __post_init__(self) -> None:
        if not self.aims or not self.good_for or not self.bad_for:
            raise BadFormat("a profile names aims, what the format is good for and what it is not good for")


@dataclass(frozen=True, kw_only=True)
class Fit:
    """Where a format has its place.

    A format with `follows` can only be created after an event of one of these formats (chained); only such a format
    may do without a profile.
    """

    blocks: frozenset[int]
    profile: Profile | None = None
    follows: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if not self.blocks or not self.blocks <= set(range(1, 7)):
            raise BadFormat(f"building blocks are 1 to 6, not {sorted(self.blocks)}")
        if self.profile is None and not self.follows:
            raise BadFormat("a format that can be chosen freely needs a profile")

    @property
    def chained_only(self) -> bool:
        """True when it is only offered after another event."""
        return bool(self.follows)
