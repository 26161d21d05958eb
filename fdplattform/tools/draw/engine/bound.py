"""The proof that no lottery gives everybody a larger chance, in whole numbers.

Give each person a weight w ≥ 0 and each row a price. Whatever the lottery, the smallest chance times Σw is at most the
average of Σw over the members of a panel, and so at most what any panel can reach: a member's weight is paid for by the
prices of the size and of the member's quotas and, for what is lacking, by the household, which is paid once because one
person at most comes from it. Anybody can add this up; nothing has to be solved.
"""

from collections.abc import Sequence
from fractions import Fraction

from fdplattform.tools.draw.engine.pool import Pool

#: Weights and prices are written with so many digits after the point.
DIGITS = 12


def smallest_chance_at_most(
    pool: Pool, size: int, weights: Sequence[Fraction], size_price: Fraction, prices: Sequence[Fraction]
) -> Fraction:
    """The bound: one weight for each person, one price for the size and for each quota. Raises ValueError."""
    total = sum(weights)
    if min(weights) < 0 or total <= 0:
        raise ValueError("weights must not be negative, nor all be nothing")
    lacking: dict[str, Fraction] = {}
    for person, weight in enumerate(weights):
        paid = size_price + sum((prices[quota] for quota in pool.quotas_of[person]), Fraction(0))
        household = pool.household_of[person]
        lacking[household] = max(lacking.get(household, Fraction(0)), weight - paid)
    most = size * size_price + sum(lacking.values())
    for quota, price in zip(pool.quotas, prices, strict=True):
        most += price * (quota.maximum if price > 0 else quota.minimum)
    return most / total
