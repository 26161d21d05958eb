"""To whom letters go: a random sample, proportional to the combinations of categories, one person of a household.

Everybody of one weight has the same chance, but for the rule of households. The number of each combination is its exact
claim rounded down or up, by systematic sampling (W. G. Madow and L. H. Madow, "On the theory of systematic sampling",
Annals of Mathematical Statistics 15, 1944): the claims are laid end to end, and a comb with teeth one apart, at a
random place, counts them. Rounding to the largest remainders would never write to anybody of a rare combination.
Knows no database.
"""

import secrets
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from fdplattform.tools.draw.register.work.reading import People


def make_generator() -> np.random.Generator:
    """Randomness from the operating system. The seed is kept nowhere: nobody can draw the same sample again."""
    return np.random.default_rng(secrets.SystemRandom().getrandbits(256))


def draw_sample(
    people: People, size: int, weights: Mapping[int, float], random: np.random.Generator
) -> NDArray[np.intp]:
    """The places of `size` people in the arrays, in random order; fewer when there are not so many households.

    `weights`: for the id of a category, how many times as often its people are drawn; 1 where nothing is said.
    """
    weight = np.array([_weight(categories, weights) for categories in people.strata], dtype=float)
    order = _shuffled(people.strata, random)
    free = np.ones(len(people.lines), dtype=bool)
    chosen: list[NDArray[np.intp]] = []
    left = size
    while left > 0 and free.any():
        room = _share_out(np.bincount(people.stratum[free], minlength=len(people.strata)), weight, left, order, random)
        taken = _take(people, free, room, random)
        chosen.append(taken)
        left -= len(taken)
        free &= ~np.isin(people.household, people.household[taken])
    found = np.concatenate(chosen) if chosen else np.array([], dtype=np.intp)
    return random.permutation(found)


def _weight(categories: Sequence[int], weights: Mapping[int, float]) -> float:
    return float(np.prod([weights.get(category, 1.0) for category in categories])) if categories else 1.0


def _shuffled(strata: Sequence[tuple[int, ...]], random: np.random.Generator) -> NDArray[np.intp]:
    """The combinations sorted by their first category, then by the second …, each in random order.

    Neighbours share the places that rounding gives: so each category of the first criterion gets its claim, too.
    """
    place = {category: random.random() for category in sorted({each for stratum in strata for each in stratum})}
    keys = [tuple(place[category] for category in stratum) for stratum in strata]
    return np.array(sorted(range(len(strata)), key=keys.__getitem__), dtype=np.intp)


def _share_out(
    available: NDArray[np.intp],
    weight: NDArray[np.float64],
    places: int,
    order: NDArray[np.intp],
    random: np.random.Generator,
) -> NDArray[np.intp]:
    """How many of the `places` each combination gets, never more than it has people."""
    claim = available * weight
    claim *= places / claim.sum()
    # The comb: a tooth at every whole number plus a random part; a claim gets the teeth that it covers.
    ends = np.floor(np.cumsum(claim[order]) + random.random()).astype(np.intp)
    ends[-1] = places
    room = np.empty_like(ends)
    room[order] = np.diff(ends, prepend=0)
    return np.minimum(room, available)


def _take(
    people: People, free: NDArray[np.bool_], room: NDArray[np.intp], random: np.random.Generator
) -> NDArray[np.intp]:
    """People in random order, as long as their combination has room and nobody else of the household was taken."""
    left, homes, taken = room.tolist(), set(), []
    wanted = int(room.sum())
    for place in random.permutation(np.flatnonzero(free)):
        stratum, home = int(people.stratum[place]), int(people.household[place])
        if left[stratum] > 0 and home not in homes:
            left[stratum] -= 1
            homes.add(home)
            taken.append(place)
            if len(taken) == wanted:
                break
    return np.array(taken, dtype=np.intp)
