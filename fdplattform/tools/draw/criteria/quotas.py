"""Quotas: proposed from shares, and looked at for what cannot work. Knows no database."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil, floor

from translationstring import TranslationString

from fdplattform.tools.draw.criteria.messages import _
from fdplattform.tools.draw.criteria.models import Category, Criterion, Plan

#: With more criteria the chances of the people drift apart: some are then drawn almost surely.
PLENTY = 5
#: Who is willing, per place of a category, so that there is a choice, and somebody to replace who falls ill.
WILLING_PER_PLACE = 2
#: Shares are percentages with two digits after the point; sums of them may be a little off.
_TOLERANCE = 0.5
_DIGITS = 9


@dataclass(frozen=True, kw_only=True)
class Fault:
    """Why the quotas of a criterion cannot be kept, whoever replies."""

    criterion: Criterion
    text: TranslationString


@dataclass(frozen=True, kw_only=True)
class Scarce:
    """A category from which few willing people can be expected."""

    category: Category
    #: How many willing people the letters probably bring.
    expected: float


def propose(shares: Sequence[float], seats: int) -> list[tuple[int, int]]:
    """For each share (percent of the population) the least and the most of `seats` places.

    The exact claim is rounded down and up, so that whole numbers between the two always add up to the seats. Shares
    that do not quite make 100 are stretched first. Raises ValueError when they are all zero.
    """
    whole = sum(shares)
    if whole <= 0:
        raise ValueError("shares that are all zero propose nothing")
    claims = [round(seats * share / whole, _DIGITS) for share in shares]
    return [(floor(claim), ceil(claim)) for claim in claims]


def has_shares(criterion: Criterion) -> bool:
    """True when every category has its share, and together they are the whole population."""
    shares = [category.share for category in criterion.categories]
    known = [share for share in shares if share is not None]
    return len(known) == len(shares) > 0 and abs(sum(known) - 100) <= _TOLERANCE * len(known)


def has_quotas(criterion: Criterion) -> bool:
    """Whether at least one category says how many members the panel has."""
    return any(category.least is not None or category.most is not None for category in criterion.categories)


def has_all_quotas(criterion: Criterion) -> bool:
    """True when every category says how many members it has at least and at most."""
    return all(category.least is not None and category.most is not None for category in criterion.categories)


def sums(limits: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """The sum of all least and of all most."""
    return sum(least for least, _most in limits), sum(most for _least, most in limits)


def fault_of(limits: Sequence[tuple[int, int]], seats: int) -> TranslationString | None:
    """Why no panel of `seats` people can keep these limits of one criterion's categories, or None."""
    least, most = sums(limits)
    if least > seats:
        return _(
            "Together the categories ask for at least ${least} people, but only ${seats} places are drawn. "
            "Lower some of the minimums.",
            mapping={"least": least, "seats": seats},
        )
    if most < seats:
        return _(
            "Together the categories admit at most ${most} people, but ${seats} places are drawn. "
            "Raise some of the maximums.",
            mapping={"most": most, "seats": seats},
        )
    return None


def quota_faults(plan: Plan, criteria: Sequence[Criterion]) -> list[Fault]:
    """What stands against a draw with these quotas; empty when they can be kept."""
    return list(_faults(plan, criteria))


def _faults(plan: Plan, criteria: Sequence[Criterion]) -> Iterator[Fault]:
    for criterion in criteria:
        if len(criterion.categories) < 2:
            yield Fault(criterion=criterion, text=_("A criterion needs at least two categories."))
        elif not has_all_quotas(criterion):
            yield Fault(criterion=criterion, text=_("Minimum and maximum are not set for every category."))
        else:
            limits = [(category.least or 0, category.most or 0) for category in criterion.categories]
            text = fault_of(limits, plan.drawn_seats)
            if text is not None:
                yield Fault(criterion=criterion, text=text)


def scarce(criteria: Sequence[Criterion], letters: int, response_percent: float) -> list[Scarce]:
    """The categories from which too few people will probably be willing: fewer than two for each place at least.

    `letters` are shared out by share and weight; everybody is taken to answer alike, which is kind to those who
    seldom do.
    """
    willing = letters * response_percent / 100
    found = []
    for criterion in criteria:
        if not has_shares(criterion):
            continue
        whole = sum((category.share or 0) * category.weight for category in criterion.categories)
        for category in criterion.categories:
            expected = willing * (category.share or 0) * category.weight / whole if whole else 0.0
            if expected < WILLING_PER_PLACE * max(category.least or 0, 1):
                found.append(Scarce(category=category, expected=expected))
    return found
