"""The draw from beginning to end: a lottery of panels of equal weight."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from fractions import Fraction
from random import Random

import numpy as np

from fdplattform.tools.draw.engine.bound import PricedCut, Proof
from fdplattform.tools.draw.engine.canonical import decimal, fraction
from fdplattform.tools.draw.engine.classes import Classes, Floats, Ints, make_classes
from fdplattform.tools.draw.engine.errors import Stopped
from fdplattform.tools.draw.engine.infeasible import infeasible
from fdplattform.tools.draw.engine.leximin import Cut, Prices, leximin
from fdplattform.tools.draw.engine.mixture import mix, rounded, some_panel
from fdplattform.tools.draw.engine.peeling import Batch, peel, whole_counts
from fdplattform.tools.draw.engine.persons import seat
from fdplattform.tools.draw.engine.pool import Pool
from fdplattform.tools.draw.engine.random_draw import random_panel
from fdplattform.tools.draw.engine.result import Lottery, Method, Outcome, Panel
from fdplattform.tools.draw.engine.sentences import Code
from fdplattform.tools.draw.engine.solver import certain
from fdplattform.tools.draw.engine.watch import Step, Watch

#: Far more reasons than were ever needed; then the best lottery so far must do.
_CUTS = 100
#: Seconds in which panels are drawn at random in place of those for which there was no time.
_GRACE = 10.0


def draw(
    pool: Pool, size: int, *, seed: int, method: Method = Method.LEXIMIN, panels: int = 1000, watch: Watch | None = None
) -> Lottery:
    """A lottery of `panels` panels; the same `seed` gives the same lottery.

    When the time is up, what was found so far is filled up with panels drawn at random, which takes some seconds more
    (`_GRACE`). Raises Infeasible, and Stopped when there was not even time for one panel.
    """
    watch = watch or Watch()
    random = Random(seed)  # noqa: S311 - the seed is drawn by the caller; the same seed must give the same lottery
    classes = make_classes(pool, size)
    example = some_panel(classes, watch) if classes.number else None
    if example is None:
        raise infeasible(pool, size, watch)
    search = _Search(classes, len(pool.quotas), panels, random, watch, example)
    if method is Method.RANDOM:
        search.prove()
        seated, outcome = list(_random_panels(pool, size, panels, random, watch)), Outcome.UNFAIR
    else:
        search.run()
        seated = _filled(pool, size, _seated(pool, classes, search.batches, random), panels, random)
        outcome = Outcome.EXACT
    fairest = _of_people(classes, search.fairest) if search.fairest is not None else ()
    lottery = Lottery(pool, size, method, outcome, tuple(seated), seed, fairest, _proof(classes, search.proven))
    if outcome is Outcome.EXACT and not lottery.is_proven:
        return replace(lottery, outcome=Outcome.STOPPED_EARLY, fairest=())
    return lottery


@dataclass
class _Search:
    """What is known so far; a time limit can end `run` at any point."""

    classes: Classes
    quotas: int
    panels: int
    random: Random
    watch: Watch
    #: A panel, to begin a mixture with. The solver chose it, not chance: it is no part of the lottery.
    example: Ints
    #: What was found for the lottery; fewer than `panels` panels when the time was up.
    batches: list[Batch] = field(default_factory=list)
    cuts: list[Cut] = field(default_factory=list)
    #: The fairest chances, once the panels have them.
    fairest: Floats | None = None
    proven: Prices = field(init=False)

    def __post_init__(self) -> None:
        # All chances add up to the size. This much is proven before anything is computed.
        self.proven = Prices(np.ones(self.classes.number), np.eye(1, 1 + self.quotas)[0])

    def prove(self) -> None:
        """Only the bound, as good as there is time for."""
        with suppress(Stopped):
            leximin(self.classes, self.quotas, [], self.watch, self._prove)

    def run(self) -> None:
        """Find the fairest lottery, or the best that there is time for."""
        with suppress(Stopped):
            while not self._attempt():
                if len(self.cuts) > _CUTS:
                    raise Stopped(Code.NO_MIXTURE)

    def _prove(self, prices: Prices) -> None:
        self.proven = prices

    def _attempt(self) -> bool:
        """One round. Returns False when a reason was found why these chances cannot be had."""
        known = [self.example, *(panel for panel, _ in self.batches)]
        # There is a panel, and cuts leave every panel.
        chances = certain(leximin(self.classes, self.quotas, self.cuts, self.watch, self._prove))
        seats: Floats = chances * self.classes.people
        counts = whole_counts(self.classes, seats, self.panels, self.random, self.watch)
        if counts is None or not self._peeled(counts):
            result = mix(self.classes, seats, [*known, *(panel for panel, _ in self.batches)], self.watch)
            if isinstance(result, Cut):
                self.cuts.append(result)
                return False
            self.batches = rounded(self.classes, seats, result, self.panels, self.watch)
        self.fairest = chances
        return True

    def _peeled(self, counts: Ints) -> bool:
        found: list[Batch] = []
        try:
            return peel(self.classes, counts, self.panels, self.random, self.watch, found)
        finally:
            # Never lose the panels that we have: they are what is left when the time is up.
            self.batches = found or self.batches


def _filled(pool: Pool, size: int, seated: list[Panel], panels: int, random: Random) -> list[Panel]:
    """What is missing is drawn at random, so that chance decides also when the time is up; if there is no time for
    that either, what there is is repeated. Raises Stopped when there is nothing."""
    if len(seated) == panels:
        return seated
    found = list(seated)
    with suppress(Stopped):
        found.extend(_random_panels(pool, size, panels - len(seated), random, Watch(_GRACE)))
    if not found:
        raise Stopped(Code.TIME_IS_UP)
    whole = [found[place % len(found)] for place in range(panels)]
    random.shuffle(whole)
    return whole


def _seated(pool: Pool, classes: Classes, batches: Iterable[Batch], random: Random) -> list[Panel]:
    shapes = [panel for panel, times in batches for _ in range(times)]
    random.shuffle(shapes)
    return seat(pool, classes, shapes, random)


def _random_panels(pool: Pool, size: int, panels: int, random: Random, watch: Watch) -> Iterator[Panel]:
    for number in range(panels):
        # Callers know that there is a panel.
        yield certain(random_panel(pool, size, random, watch))
        watch.tell(Step.RANDOM, (number + 1) / panels)


def _of_people(classes: Classes, values: Floats) -> tuple[float, ...]:
    """The value of each person's class."""
    of_people = np.zeros(int(classes.people.sum()))
    for members, value in zip(classes.members, values.tolist(), strict=True):
        of_people[list(members)] = value
    return tuple(of_people.tolist())


def _proof(classes: Classes, prices: Prices) -> Proof:
    size_price, *of_quotas = map(_written, prices.rows.tolist())
    cuts = [
        PricedCut(_written_of_people(classes, cut.weights), _written(cut.most), _written(max(0.0, price)))
        for cut, price in prices.cuts
    ]
    return Proof(_written_of_people(classes, np.maximum(0.0, prices.weights)), size_price, of_quotas, cuts)


def _written_of_people(classes: Classes, values: Floats) -> list[Fraction]:
    return [_written(value) for value in _of_people(classes, values)]


def _written(value: float) -> Fraction:
    return fraction(decimal(value))
