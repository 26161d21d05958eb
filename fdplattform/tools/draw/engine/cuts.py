"""The one thing in a certificate that cannot be added up: that no panel has more than a cut says."""

import numpy as np

from fdplattform.tools.draw.engine.bound import TIGHT, PricedCut
from fdplattform.tools.draw.engine.classes import make_classes
from fdplattform.tools.draw.engine.mixture import some_panel
from fdplattform.tools.draw.engine.pool import Pool
from fdplattform.tools.draw.engine.watch import Watch


def exceeds(pool: Pool, size: int, cut: PricedCut) -> bool:
    """Whether some panel has more of the weights than the cut says; of alike people, who weighs most counts."""
    classes = make_classes(pool, size)
    weights = [max(cut.weights[person] for person in members) for members in classes.members]
    best = some_panel(classes, Watch(), -np.array(weights, dtype=float))
    if best is None:
        return False
    return sum(weight * seats for weight, seats in zip(weights, best.tolist(), strict=True)) > cut.most + TIGHT
