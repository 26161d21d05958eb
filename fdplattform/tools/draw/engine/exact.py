"""The fairest lottery without rounding: panels with weights of their own that give everybody the fairest chance.

A public draw needs panels of equal weight (`lottery`); this shows what rounding costs, and that the fairest chances can
be had at all. The expected seats are peeled in very many whole numbers, which comes as near as nobody can tell; where
that gets stuck, a mixture is sought panel by panel, or a reason why there is none (`mixture`).
"""

from dataclasses import dataclass
from random import Random

import numpy as np

from fdplattform.tools.draw.engine.classes import Classes, Floats, Ints, make_classes
from fdplattform.tools.draw.engine.infeasible import infeasible
from fdplattform.tools.draw.engine.leximin import Cut, leximin
from fdplattform.tools.draw.engine.mixture import Mixture, mix, some_panel
from fdplattform.tools.draw.engine.peeling import Batch, peel, whole_counts
from fdplattform.tools.draw.engine.pool import Pool
from fdplattform.tools.draw.engine.solver import certain
from fdplattform.tools.draw.engine.watch import Watch

#: Into so many panels the expected seats are rounded: a class is off by less than one of them. The solver cannot tell
#: larger numbers apart in large pools; in small ones peeling gets stuck a few panels earlier than it should.
_FINE = (2_000_000, 20_000_000)
#: A mixture is exact when nobody's chance is off by more.
EXACT = 1e-6


@dataclass(frozen=True)
class ExactMixture:
    """Panels, as seats of each class, with their probabilities; and the chances that they mix to."""

    classes: Classes
    panels: tuple[Ints, ...]
    weights: Floats
    #: The fairest chance of a person of each class.
    fairest: Floats
    #: How many reasons were found why mixtures of panels cannot do what expected seats could.
    cuts: int

    @property
    def deviation(self) -> float:
        """How far anybody's chance is from the fairest."""
        seats = np.array(self.panels).T @ self.weights
        return float(np.abs(seats / self.classes.people - self.fairest).max())


def exact_mixture(pool: Pool, size: int, *, seed: int = 0, watch: Watch | None = None) -> ExactMixture:
    """The fairest mixture of panels. Raises Infeasible, and Stopped when the time is up."""
    watch = watch or Watch()
    random = Random(seed)  # noqa: S311 - nothing is drawn with it: it only breaks ties
    classes = make_classes(pool, size)
    known = some_panel(classes, watch) if classes.number else None
    if known is None:
        raise infeasible(pool, size, watch)
    cuts: list[Cut] = []
    panels = [known]
    while True:
        # There is a panel, and cuts leave every panel.
        chances = certain(leximin(classes, len(pool.quotas), cuts, watch))
        seats = chances * classes.people
        for fine in _FINE:
            peeled = _peeled(classes, seats, fine, random, watch)
            found = _exact(classes, chances, peeled, len(cuts))
            if found.panels and found.deviation <= EXACT:
                return found
            panels += peeled.panels
        result = mix(classes, seats, panels, watch)
        if isinstance(result, Mixture):
            return _exact(classes, chances, result, len(cuts))
        cuts.append(result)


def _peeled(classes: Classes, seats: Floats, fine: int, random: Random, watch: Watch) -> Mixture:
    """What peeling finds until it is stuck; what is left over is too little to matter, or the mixture is not exact."""
    counts = whole_counts(classes, seats, fine, random, watch)
    batches: list[Batch] = []
    if counts is not None:
        peel(classes, counts, fine, random, watch, batches, retreats=0)
    return Mixture([panel for panel, _ in batches], np.array([times for _, times in batches], dtype=float))


def _exact(classes: Classes, fairest: Floats, mixture: Mixture, cuts: int) -> ExactMixture:
    used = [place for place, weight in enumerate(mixture.weights.tolist()) if weight > 0]
    weights = mixture.weights[used]
    panels = tuple(mixture.panels[place] for place in used)
    return ExactMixture(classes, panels, weights / weights.sum() if used else weights, fairest, cuts)
