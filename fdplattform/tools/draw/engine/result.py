"""What a draw yields. Free of numpy and the solver, so that pages can show a draw without loading them."""

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cached_property

from fdplattform.tools.draw.engine.bound import TIGHT, Proof, smallest_chance_at_most
from fdplattform.tools.draw.engine.pool import Pool

#: A lottery is called exact only if rounding moved nobody's chance by more than so many panels.
ROUNDING = 5

#: The positions of the people who sit together.
Panel = tuple[int, ...]


class Method(StrEnum):
    """How panels are found."""

    LEXIMIN = "leximin"
    RANDOM = "random"


class Outcome(StrEnum):
    """What the lottery can claim."""

    #: LEXIMIN, but for rounding to the number of panels.
    EXACT = "exact"
    #: The time was up, or there was nothing that could be proven: the best lottery so far. The bound says how far from
    #: the fairest it can be.
    STOPPED_EARLY = "stopped-early"
    #: No claim: a plain random draw.
    UNFAIR = "random"


@dataclass(frozen=True)
class Lottery:
    """Panels of equal weight (positions of people); one of them is drawn in public."""

    pool: Pool
    size: int
    method: Method
    outcome: Outcome
    panels: tuple[Panel, ...]
    seed: int
    #: The fairest chance of each person before rounding to panels; empty when the outcome is not exact.
    fairest: tuple[float, ...]
    #: Why no lottery gives everybody more than `bound`, in the numbers that are written down.
    proof: Proof

    @cached_property
    def counts(self) -> tuple[int, ...]:
        """In how many panels each person sits."""
        counts = Counter(person for panel in self.panels for person in panel)
        return tuple(counts[person] for person in range(len(self.pool.people)))

    @property
    def largest_deviation(self) -> float:
        """How far anybody's chance is from the fairest, by rounding; 0 when there is nothing to compare with."""
        pairs = zip(self.counts, self.fairest, strict=False)
        return max((abs(count / len(self.panels) - chance) for count, chance in pairs), default=0.0)

    @cached_property
    def bound(self) -> Fraction:
        """No lottery gives everybody a larger chance."""
        return smallest_chance_at_most(self.pool, self.size, self.proof)

    @property
    def is_proven(self) -> bool:
        """Whether the smallest of the fairest chances is the bound, and the panels come near the fairest chances."""
        near = self.largest_deviation * len(self.panels) <= ROUNDING
        return bool(self.fairest) and near and abs(Fraction(min(self.fairest)) - self.bound) <= TIGHT
