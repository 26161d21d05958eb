"""A plain random draw: everybody gets a random number, and the panel with the largest numbers that keeps the quotas
and the household rule sits. Who is rare is drawn more often than with equal chances, but nobody sees to fairness."""

from collections import defaultdict
from random import Random

import numpy as np

from fdplattform.tools.draw.engine.pool import Pool
from fdplattform.tools.draw.engine.solver import Program, Solver
from fdplattform.tools.draw.engine.watch import Watch

#: So many people for each seat take part at first, all only if there is no panel among them.
_FOR_EACH_SEAT = 4
_AT_LEAST = 60


def random_panel(pool: Pool, size: int, random: Random, watch: Watch) -> tuple[int, ...] | None:
    """Positions of the people of a random panel; None when there is no panel."""
    order = list(range(len(pool.people)))
    random.shuffle(order)
    number = min(len(order), max(_AT_LEAST, _FOR_EACH_SEAT * size))
    while True:
        chosen = order[:number]
        found = Solver().solve(_program(pool, size, chosen, random), watch) if chosen else None
        if found is not None:
            return tuple(sorted(chosen[place] for place in np.flatnonzero(found > 0.5).tolist()))
        if number >= len(order):
            return None
        number = min(len(order), 3 * number)


def _program(pool: Pool, size: int, chosen: list[int], random: Random) -> Program:
    homes: dict[str, list[int]] = defaultdict(list)
    for person in chosen:
        homes[pool.household_of[person]].append(person)
    shared = {home: number for number, home in enumerate(home for home, people in homes.items() if len(people) > 1)}
    first = 1 + len(pool.quotas)
    rows = [
        [0, *(1 + quota for quota in pool.quotas_of[person])]
        + ([first + shared[pool.household_of[person]]] if pool.household_of[person] in shared else [])
        for person in chosen
    ]
    return Program(
        np.array([-random.random() for _ in chosen]),
        np.zeros(len(chosen)),
        np.ones(len(chosen)),
        np.array([size, *(quota.minimum for quota in pool.quotas), *([0] * len(shared))], dtype=float),
        np.array([size, *(quota.maximum for quota in pool.quotas), *([1] * len(shared))], dtype=float),
        np.concatenate(([0], np.cumsum([len(own) for own in rows]))).astype(np.int64),
        np.concatenate([np.array(own, dtype=np.int64) for own in rows]),
        np.ones(sum(map(len, rows))),
        np.ones(len(chosen), dtype=np.int64),
    )
