"""People whom nothing distinguishes form a class; the draw is computed over classes.

The composition of a household is the multiset of its members' profiles; a class is a profile within a composition.
LEXIMIN treats everyone in a class alike, and any number of seats that keeps the rows below can be given to people of
different households, because each household of a composition has somebody of each of its classes: nothing is lost.
"""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from fdplattform.tools.draw.engine.pool import Pool

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Profile = tuple[int, ...]


@dataclass(frozen=True)
class Classes:
    """Classes and the rows that a panel, as a number of seats for each class, must keep.

    Row 0 is the size, then come the quotas, then the compositions of more than one class. All coefficients are 1.
    """

    members: tuple[tuple[int, ...], ...]
    #: The most seats that a class can have on a panel: the number of its households.
    limit: Ints
    #: For each class the rows that count it, padded with -1.
    rows_of: Ints
    row_lower: Ints
    row_upper: Ints

    @cached_property
    def people(self) -> Ints:
        """The number of people in each class."""
        return np.array([len(members) for members in self.members], dtype=np.int64)

    @property
    def number(self) -> int:
        """How many classes there are."""
        return len(self.members)

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return len(self.row_lower)

    @cached_property
    def _pairs(self) -> tuple[Ints, Ints]:
        classes, places = np.nonzero(self.rows_of >= 0)
        return classes.astype(np.int64), self.rows_of[classes, places]

    def totals(self, seats: Ints) -> Ints:
        """What each row counts for a number of seats of each class."""
        classes, rows = self._pairs
        return np.rint(np.bincount(rows, weights=seats[classes], minlength=self.rows)).astype(np.int64)

    def sums(self, seats: Floats) -> Floats:
        """As `totals`, for expected seats."""
        classes, rows = self._pairs
        return np.bincount(rows, weights=seats[classes], minlength=self.rows).astype(np.float64)

    def columns(self, chosen: Ints) -> tuple[Ints, Ints]:
        """The matrix of some classes, column by column: where each begins (and the end), and the rows."""
        rows = self.rows_of[chosen]
        used = rows >= 0
        start = np.concatenate(([0], np.cumsum(used.sum(axis=1)))).astype(np.int64)
        return start, rows[used]


def make_classes(pool: Pool, size: int) -> Classes:
    """The classes of a pool for panels of `size`."""
    homes: dict[str, list[int]] = defaultdict(list)
    for person, household in enumerate(pool.household_of):
        homes[household].append(person)
    compositions: dict[tuple[Profile, ...], list[list[int]]] = defaultdict(list)
    for home in homes.values():
        compositions[tuple(sorted(pool.quotas_of[person] for person in home))].append(home)

    members: list[tuple[int, ...]] = []
    limit: list[int] = []
    rows_of: list[list[int]] = []
    lower = [size, *(quota.minimum for quota in pool.quotas)]
    upper = [size, *(quota.maximum for quota in pool.quotas)]
    for composition, same in sorted(compositions.items()):
        profiles = sorted(set(composition))
        shared = [len(lower)] if len(profiles) > 1 else []
        if shared:
            lower.append(0)
            upper.append(len(same))
        for profile in profiles:
            members.append(tuple(p for home in same for p in home if pool.quotas_of[p] == profile))
            limit.append(len(same))
            rows_of.append([0, *(1 + quota for quota in profile), *shared])
    width = max((len(rows) for rows in rows_of), default=1)
    padded = [rows + [-1] * (width - len(rows)) for rows in rows_of]
    return Classes(
        tuple(members),
        np.array(limit, dtype=np.int64),
        np.array(padded, dtype=np.int64).reshape(len(members), width),
        np.array(lower, dtype=np.int64),
        np.array(upper, dtype=np.int64),
    )
