"""From whom a panel is drawn: everybody who is willing, and the quotas, as the engine wants them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from fdplattform.tools.draw.criteria.models import Category, Criterion
from fdplattform.tools.draw.criteria.quotas import has_quotas
from fdplattform.tools.draw.engine.pool import Person, Pool, Quota
from fdplattform.tools.draw.replies.services import Willing

#: The value of who gave none. It counts in no category of the criterion, and no quota asks for it.
NOT_SAID = "–"

#: Why somebody who said yes is not in a pool, as the record says it.
NOT_EVERY_DATE = "cannot come on every date"


@dataclass(frozen=True)
class Drawable:
    """A pool, and to which category each of its quotas belongs; None for the quota of `NOT_SAID`."""

    pool: Pool
    categories: tuple[int | None, ...]
    #: How many people who said yes were left out because they cannot come on every date.
    left_out: int = 0

    @property
    def excluded(self) -> dict[str, int]:
        """The same for the rules of the record: why somebody was left out, and how many."""
        return {NOT_EVERY_DATE: self.left_out} if self.left_out else {}


def drawable(criteria: Sequence[Criterion], willing: Sequence[Willing], size: int) -> Drawable:
    """The pool for a panel of `size`. Criteria without any quota are left out: they would only make classes small."""
    wanted = [criterion for criterion in criteria if has_quotas(criterion)]
    people = [
        Person(str(person.invitee_id), tuple(_value(person, criterion) for criterion in wanted), person.household)
        for person in willing
    ]
    quotas: list[Quota] = []
    categories: list[int | None] = []
    for place, (criterion, title) in enumerate(zip(wanted, _unlike(c.title for c in wanted), strict=True)):
        values = {person.values[place] for person in people}
        for quota, category_id in _quotas(criterion, title, values, size):
            quotas.append(quota)
            categories.append(category_id)
    return Drawable(Pool(tuple(quotas), tuple(people)), tuple(categories))


def _value(person: Willing, criterion: Criterion) -> str:
    chosen = person.categories.get(criterion.id)
    return next((category.title for category in criterion.categories if category.id == chosen), NOT_SAID)


def _quotas(criterion: Criterion, title: str, values: set[str], size: int) -> Iterator[tuple[Quota, int | None]]:
    for category in criterion.categories:
        yield Quota(title, category.title, *limits(category, size)), category.id
    if NOT_SAID in values - {category.title for category in criterion.categories}:
        yield Quota(title, NOT_SAID, 0, size), None


def limits(category: Category, size: int) -> tuple[int, int]:
    """How many members of a panel of `size` belong to the category, at least and at most."""
    most = size if category.most is None else category.most
    return category.least or 0, most


def _unlike(titles: Iterable[str]) -> list[str]:
    """The titles, with a number where two are alike: the record tells criteria apart by their title."""
    unlike: list[str] = []
    for title in titles:
        number, free = 1, title
        while free in unlike:
            number += 1
            free = f"{title} ({number})"
        unlike.append(free)
    return unlike
