"""Figures that show how fair a lottery is."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from fdplattform.tools.draw.engine.pool import Pool

#: From this chance on a person is drawn almost surely.
ALMOST_SURE = 0.95


def gini(values: Sequence[float]) -> float:
    """The Gini coefficient: 0 when all are equal, near 1 when one has everything. No values or only zeros: 0."""
    ordered = sorted(values)
    total, number = sum(ordered), len(ordered)
    if not total:
        return 0.0
    return sum((2 * place - number - 1) * value for place, value in enumerate(ordered, start=1)) / (number * total)


@dataclass(frozen=True)
class GroupChances:
    """The chances of the people whom one quota counts."""

    feature: str
    value: str
    people: int
    smallest: float
    average: float
    largest: float


def of_groups(pool: Pool, chances: Sequence[float]) -> list[GroupChances]:
    """The chances by quota; quotas that count nobody are left out."""
    members: dict[int, list[float]] = defaultdict(list)
    for quotas, chance in zip(pool.quotas_of, chances, strict=True):
        for quota in quotas:
            members[quota].append(chance)
    return [
        GroupChances(quota.feature, quota.value, len(own), min(own), sum(own) / len(own), max(own))
        for number, quota in enumerate(pool.quotas)
        if (own := members[number])
    ]


def almost_sure(chances: Sequence[float]) -> list[int]:
    """Positions of the people who are drawn almost surely: a sign of quotas that are tighter than the replies."""
    return [person for person, chance in enumerate(chances) if chance >= ALMOST_SURE]
