"""The draw from beginning to end: a lottery of panels of equal weight."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from random import Random

import numpy as np

from fdplattform.tools.draw.engine.classes import Classes, Floats, make_classes
from fdplattform.tools.draw.engine.errors import Stopped
from fdplattform.tools.draw.engine.infeasible import infeasible
from fdplattform.tools.draw.engine.leximin import Chances, Cut, Prices, leximin
from fdplattform.tools.draw.engine.mixture import mix, rounded, some_panel
from fdplattform.tools.draw.engine.peeling import Batch, peel, whole_counts
from fdplattform.tools.draw.engine.persons import Panel, seat
from fdplattform.tools.draw.engine.pool import Pool
from fdplattform.tools.draw.engine.random_draw import random_panel
from fdplattform.tools.draw.engine.watch import Watch

#: Far more reasons than were ever needed; then the best lottery so far must do.
_CUTS = 100


class Method(StrEnum):
    """How panels are found."""

    LEXIMIN = "leximin"
    RANDOM = "random"


class Outcome(StrEnum):
    """What the lottery can claim."""

    #: LEXIMIN, but for rounding to the number of panels.
    EXACT = "exact"
    #: The time was up: the best lottery so far. The bound says how far from the fairest it can be.
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
    #: The proof of the bound: the weight of each person, the price of the size and of each quota.
    weights: tuple[float, ...]
    prices: tuple[float, ...]
    #: How many reasons were found why mixtures of panels cannot do what expected seats could.
    cuts: int = 0

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


def draw(
    pool: Pool, size: int, *, seed: int, method: Method = Method.LEXIMIN, panels: int = 1000, watch: Watch | None = None
) -> Lottery:
    """A lottery of `panels` panels; the same `seed` gives the same lottery.

    When the time is up, the best lottery so far is returned. Raises Infeasible, and Stopped when there was not even
    time for one panel.
    """
    watch = watch or Watch()
    random = Random(seed)  # noqa: S311 - the seed is drawn by the caller; the same seed must give the same lottery
    classes = make_classes(pool, size)
    example = some_panel(classes, watch) if classes.number else None
    if example is None:
        raise infeasible(pool, size, watch)
    search = _Search(classes, len(pool.quotas), panels, random, watch, [(example, 1)])
    if method is Method.RANDOM:
        search.prove()
        seated = _random_panels(pool, size, panels, random, watch)
    else:
        search.run()
        seated = _seated(pool, classes, search.batches, random)
    exact = search.exact and method is Method.LEXIMIN
    first = search.first or Prices(np.ones(classes.number), np.zeros(1 + len(pool.quotas)))
    fairest = search.chances.of_class if exact and search.chances else np.zeros(0)
    return Lottery(
        pool,
        size,
        method,
        Outcome.UNFAIR if method is Method.RANDOM else Outcome.EXACT if exact else Outcome.STOPPED_EARLY,
        tuple(seated),
        seed,
        _of_people(classes, fairest) if exact else (),
        _of_people(classes, first.weights),
        tuple(first.rows.tolist()),
        len(search.cuts),
    )


@dataclass
class _Search:
    """What is known so far; a time limit can end `run` at any point."""

    classes: Classes
    quotas: int
    panels: int
    random: Random
    watch: Watch
    #: Together always `panels` panels once `run` has returned.
    batches: list[Batch]
    cuts: list[Cut] = field(default_factory=list)
    chances: Chances | None = None
    first: Prices | None = None
    exact: bool = False

    def prove(self) -> None:
        """Only the bound. Without time for it there is none but the trivial one."""
        try:
            chances = leximin(self.classes, self.quotas, [], self.watch)
        except Stopped:
            return
        assert chances is not None, "there is a panel"
        self.first = chances.prices

    def run(self) -> None:
        """Find the fairest lottery, or the best that there is time for."""
        try:
            while not self._attempt():
                if len(self.cuts) > _CUTS:
                    raise Stopped("Auch nach vielen Schnitten ist keine Mischung gefunden.")
            self.exact = True
        except Stopped:
            self.batches = _filled(self.batches, self.panels)

    def _attempt(self) -> bool:
        """One round. Returns False when a reason was found why these chances cannot be had."""
        known = [panel for panel, _ in self.batches]
        self.chances = leximin(self.classes, self.quotas, self.cuts, self.watch)
        assert self.chances is not None, "there is a panel, and cuts leave every panel"
        self.first = self.first or self.chances.prices
        seats: Floats = self.chances.of_class * self.classes.people
        counts = whole_counts(self.classes, seats, self.panels, self.random, self.watch)
        if counts is not None:
            found: list[Batch] = []
            try:
                if peel(self.classes, counts, self.panels, self.random, self.watch, found):
                    return True
            finally:
                # Never lose the panels that we have: they are what is left when the time is up.
                self.batches = found or [(panel, 1) for panel in known]
            known += [panel for panel, _ in found]
        result = mix(self.classes, seats, known, self.watch)
        if isinstance(result, Cut):
            self.cuts.append(result)
            return False
        self.batches = rounded(self.classes, seats, result, self.panels, self.watch)
        return True


def _filled(batches: list[Batch], panels: int) -> list[Batch]:
    """`panels` panels from those there are, in nearly the same proportions."""
    total = sum(times for _, times in batches)
    ends = [round(sum(times for _, times in batches[: number + 1]) * panels / total) for number in range(len(batches))]
    times: list[int] = np.diff([0, *ends]).tolist()
    return [(panel, count) for (panel, _), count in zip(batches, times, strict=True) if count]


def _seated(pool: Pool, classes: Classes, batches: Iterable[Batch], random: Random) -> list[Panel]:
    shapes = [panel for panel, times in batches for _ in range(times)]
    random.shuffle(shapes)
    return seat(pool, classes, shapes, random)


def _random_panels(pool: Pool, size: int, panels: int, random: Random, watch: Watch) -> list[Panel]:
    found: list[Panel] = []
    for number in range(panels):
        panel = random_panel(pool, size, random, watch)
        assert panel is not None, "there is a panel"
        found.append(panel)
        watch.tell("Gremien auslosen", (number + 1) / panels)
    return found


def _of_people(classes: Classes, values: Floats) -> tuple[float, ...]:
    """The value of each person's class."""
    of_people = np.zeros(int(classes.people.sum()))
    for members, value in zip(classes.members, values.tolist(), strict=True):
        of_people[list(members)] = value
    return tuple(of_people.tolist())
