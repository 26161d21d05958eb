"""From seats of classes to people: everybody in a class sits in equally many panels, give or take one."""

from collections.abc import Iterable
from heapq import heapify, heappop, heappush
from random import Random

from fdplattform.tools.draw.engine.classes import Classes, Ints
from fdplattform.tools.draw.engine.evening import even_out
from fdplattform.tools.draw.engine.pool import Pool
from fdplattform.tools.draw.engine.result import Panel


def seat(pool: Pool, classes: Classes, panels: Iterable[Ints], random: Random) -> list[Panel]:
    """A panel of people for each panel of seats: in each class those who were seated least, chance between equals."""
    queues = [[(0, random.random(), person) for person in members] for members in classes.members]
    for queue in queues:
        heapify(queue)
    # In scarce classes there is least to choose from.
    scarce = sorted(range(classes.number), key=lambda place: (len(queues[place]), place))
    rank = {place: number for number, place in enumerate(scarce)}
    seated = []
    for seats in panels:
        members: list[int] = []
        busy: set[str] = set()
        for place in sorted(seats.nonzero()[0].tolist(), key=rank.__getitem__):
            members += _take(pool, queues[place], int(seats[place]), busy, random)
        seated.append(members)
    even_out(pool, classes, seated)
    return [tuple(sorted(members)) for members in seated]


def _take(pool: Pool, queue: list[tuple[int, float, int]], number: int, busy: set[str], random: Random) -> list[int]:
    """The first `number` people of the queue whose household is free."""
    taken: list[int] = []
    passed: list[tuple[int, float, int]] = []
    while len(taken) < number:
        times, key, person = heappop(queue)
        household = pool.household_of[person]
        if household in busy:
            passed.append((times, key, person))
            continue
        busy.add(household)
        taken.append(person)
        passed.append((times + 1, random.random(), person))
    for entry in passed:
        heappush(queue, entry)
    return taken
