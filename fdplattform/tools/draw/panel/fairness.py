"""How fair a lottery is, in figures that name nobody: kept with the draw and shown as a picture."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fdplattform.tools.draw.engine.fairness import GroupChances, almost_sure, of_groups
from fdplattform.tools.draw.engine.record import Record
from fdplattform.tools.draw.engine.result import Lottery

#: So many combinations of people who are drawn almost surely are named.
NAMED_COMBINATIONS = 10
#: Of a smaller group everybody reads nothing: who belongs to it could be guessed.
SMALLEST_PUBLIC_GROUP = 5


@dataclass(frozen=True, kw_only=True)
class Fairness:
    """What can be said about a lottery's fairness. Chances are shares from 0 to 1."""

    people: int
    size: int
    panels: int
    #: Number of panels in which somebody sits → how many people do.
    counts: Mapping[int, int]
    gini: float
    #: How far rounding moved anybody's chance at most.
    deviation: float
    #: No lottery under these rules gives everybody more.
    bound: float
    groups: Sequence[GroupChances]
    #: How many people are drawn almost surely, and (people, values) of the most frequent combinations.
    sure: int
    combinations: Sequence[tuple[int, Sequence[str]]]

    @property
    def smallest(self) -> float:
        """The smallest chance of anybody."""
        return min(self.counts) / self.panels

    @property
    def largest(self) -> float:
        """The largest chance of anybody."""
        return max(self.counts) / self.panels

    @property
    def gap(self) -> float:
        """How much larger the smallest chance could be at most."""
        return max(0.0, self.bound - self.smallest)

    @property
    def public_groups(self) -> list[GroupChances]:
        """The groups that are large enough for everybody to read about them."""
        return [group for group in self.groups if group.people >= SMALLEST_PUBLIC_GROUP]

    def sorted_chances(self) -> Iterator[tuple[int, float]]:
        """How many people have which chance, the smallest first."""
        for count in sorted(self.counts):
            yield self.counts[count], count / self.panels


def figures(lottery: Lottery, record: Record) -> dict[str, Any]:
    """The figures of a lottery as JSON, see `read`."""
    chances = [count / len(lottery.panels) for count in lottery.counts]
    sure = almost_sure(chances)
    combinations = Counter(lottery.pool.people[person].values for person in sure).most_common(NAMED_COMBINATIONS)
    return {
        "people": len(chances),
        "size": lottery.size,
        "panels": len(lottery.panels),
        "counts": sorted(Counter(lottery.counts).items()),
        "gini": float(record["sections"]["chances"]["gini"]),
        "deviation": lottery.largest_deviation,
        "bound": float(record["sections"]["bound"]["smallest_chance_at_most"]),
        "groups": [vars(group) for group in of_groups(lottery.pool, chances)],
        "sure": len(sure),
        "combinations": [[people, list(values)] for values, people in combinations],
    }


def read(stored: Mapping[str, Any]) -> Fairness:
    """What `figures` wrote."""
    return Fairness(
        **{
            **stored,
            "counts": dict(stored["counts"]),
            "groups": [GroupChances(**group) for group in stored["groups"]],
            "combinations": [(people, values) for people, values in stored["combinations"]],
        }
    )
