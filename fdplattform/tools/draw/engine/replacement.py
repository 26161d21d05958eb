"""Who takes the place of somebody who cannot come: drawn from the reserve under the same quotas."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any

from fdplattform.tools.draw.engine.canonical import digest
from fdplattform.tools.draw.engine.infeasible import infeasible
from fdplattform.tools.draw.engine.pool import Pool
from fdplattform.tools.draw.engine.random_draw import random_panel
from fdplattform.tools.draw.engine.record import Record, pool_of, with_replacement
from fdplattform.tools.draw.engine.watch import Watch


def replacements(
    pool: Pool, panel: Collection[int], leaving: Collection[int], barred: Collection[int], random: Random, watch: Watch
) -> tuple[int, ...]:
    """Positions of the people who join, so that the panel keeps all quotas and the household rule again.

    `barred` are those replaced earlier: they are not drawn again, nor are those who leave now. Whoever is in reserve
    and fits has the same chance when one place is to be filled. Raises Infeasible with the quotas of the free places,
    ValueError when somebody leaves who is not on the panel.
    """
    if not set(leaving) <= set(panel):
        raise ValueError("Ersetzt werden kann nur, wer im Gremium sitzt.")
    staying = [person for person in panel if person not in leaving]
    homes = {pool.household_of[person] for person in staying}
    out = {*panel, *barred, *leaving}
    reserve = [p for p in range(len(pool.people)) if p not in out and pool.household_of[p] not in homes]
    counts = Counter(quota for person in staying for quota in pool.quotas_of[person])
    rest = Pool(
        tuple(
            replace(quota, minimum=max(0, quota.minimum - counts[number]), maximum=quota.maximum - counts[number])
            for number, quota in enumerate(pool.quotas)
        ),
        tuple(pool.people[person] for person in reserve),
    )
    found = random_panel(rest, len(leaving), random, watch)
    if found is None:
        raise infeasible(rest, len(leaving), watch)
    return tuple(reserve[place] for place in found)


@dataclass
class Seats:
    """Who sits, and who left; numbers of people as in the record."""

    panel: set[int]
    gone: set[int] = field(default_factory=set)

    def change(self, step: Mapping[str, Any]) -> None:
        """After a replacement."""
        self.gone |= set(step["leaving"])
        self.panel = (self.panel - set(step["leaving"])) | set(step["joining"])


def drawn_seats(record: Record) -> Seats:
    """The panel whose number was drawn by hand."""
    return Seats(set(record["sections"]["lottery"][record["afterwards"][0]["panel"] - 1]))


def draw_joining(
    pool: Pool,
    record: Record,
    seats: Seats,
    before: int,
    leaving: Collection[int],
    declined: Collection[int],
    watch: Watch,
) -> tuple[int, ...]:
    """The numbers of those who join after the first `before` entries of `afterwards`.

    Chance follows from the seed that was committed to and from what happened before: nobody can try until somebody
    else comes, and with the sealed record everybody can repeat it. Raises as `replacements`.
    """
    lot = digest(["replacement", record["sections"]["register"]["seed"], record["afterwards"][:before]])
    random = Random(int(lot, 16))  # noqa: S311 - it must be possible to repeat it
    positions = [{number - 1 for number in group} for group in (seats.panel, leaving, {*seats.gone, *declined})]
    panel, out, barred = positions
    return tuple(place + 1 for place in replacements(pool, sorted(panel), out, barred, random, watch))


def replace_in(
    record: Record, leaving: Sequence[str], *, declined: Collection[str] = (), watch: Watch | None = None
) -> tuple[Record, list[str]]:
    """The sealed record after the people with these ids were replaced, and the ids of those who join.

    `declined` are ids of people who are no longer willing. Raises ValueError when no number was drawn yet or somebody
    is not on the panel, Infeasible and Stopped.
    """
    if not record["afterwards"]:
        raise ValueError("Es ist noch keine Nummer gezogen.")
    pool, _ = pool_of(record)
    numbers = {person.id: number for number, person in enumerate(pool.people, start=1)}
    unknown = [person for person in leaving if person not in numbers]
    if unknown:
        raise ValueError(f"Unbekannt: {', '.join(unknown)}.")
    seats = drawn_seats(record)
    for step in record["afterwards"][1:]:
        seats.change(step)
    out = {numbers[person] for person in leaving}
    unwilling = {numbers[person] for person in declined if person in numbers} - seats.panel - seats.gone
    before = len(record["afterwards"])
    joining = draw_joining(pool, record, seats, before, out, unwilling, watch or Watch())
    return with_replacement(record, out, joining, unwilling), [pool.people[number - 1].id for number in joining]
