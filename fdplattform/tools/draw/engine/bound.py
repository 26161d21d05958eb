"""The proof that no lottery gives everybody a larger chance, in whole numbers.

Give each person a weight w ≥ 0 and each row a price. Whatever the lottery, the smallest chance times Σw is at most the
average of Σw over the members of a panel, and so at most what any panel can reach: a member's weight is paid for by the
prices of the size and of the member's quotas and, for what is lacking, by the household, which is paid once because one
person at most comes from it. Anybody can add this up.

Where expected seats promise more than panels can keep, cuts help to pay: weights of which no panel has more than
`most`. That no panel has more is the only thing that takes a search (`cuts`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from fdplattform.tools.draw.engine.pool import Pool

#: What a search in floating point may miss: two chances or sums are taken as equal if they differ by no more.
TIGHT = Fraction(1, 10**6)


@dataclass(frozen=True)
class PricedCut:
    """No panel has more than `most` of the `weights`, one for each person; and what a unit of it costs."""

    weights: Sequence[Fraction]
    most: Fraction
    price: Fraction


@dataclass(frozen=True)
class Proof:
    """One weight for each person, one price for the size, for each quota and each cut."""

    weights: Sequence[Fraction]
    size_price: Fraction
    prices: Sequence[Fraction]
    cuts: Sequence[PricedCut] = ()


def smallest_chance_at_most(pool: Pool, size: int, proof: Proof) -> Fraction:
    """The bound, if no panel exceeds the cuts. Raises ValueError."""
    total = sum(proof.weights)
    if min(proof.weights) < 0 or total <= 0:
        raise ValueError("weights must not be negative, nor all be nothing")
    if any(cut.price < 0 for cut in proof.cuts):
        raise ValueError("a cut says nothing about the least, so its price must not be negative")
    lacking: dict[str, Fraction] = {}
    for person, weight in enumerate(proof.weights):
        paid = proof.size_price + sum((proof.prices[quota] for quota in pool.quotas_of[person]), Fraction(0))
        paid += sum((cut.price * cut.weights[person] for cut in proof.cuts), Fraction(0))
        household = pool.household_of[person]
        lacking[household] = max(lacking.get(household, Fraction(0)), weight - paid)
    most = size * proof.size_price + sum(lacking.values()) + sum(cut.price * cut.most for cut in proof.cuts)
    for quota, price in zip(pool.quotas, proof.prices, strict=True):
        most += price * (quota.maximum if price > 0 else quota.minimum)
    return most / total
