"""Who takes the place of somebody who cannot come: drawn from the reserve under the same quotas."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace
from random import Random

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


def replace_in(record: Record, leaving: Sequence[str], seed: int) -> tuple[Record, list[str]]:
    """The sealed record after the people with these ids were replaced, and the ids of those who join.

    Raises ValueError when no number was drawn yet or somebody is not on the panel, and Infeasible.
    """
    if not record["afterwards"]:
        raise ValueError("Es ist noch keine Nummer gezogen.")
    pool, _ = pool_of(record)
    places = {person.id: place for place, person in enumerate(pool.people)}
    unknown = [person for person in leaving if person not in places]
    if unknown:
        raise ValueError(f"Unbekannt: {', '.join(unknown)}.")
    first, *steps = record["afterwards"]
    panel = {member - 1 for member in record["sections"]["lottery"][first["panel"] - 1]}
    gone: set[int] = set()
    for step in steps:
        gone |= {member - 1 for member in step["leaving"]}
        panel = (panel - gone) | {member - 1 for member in step["joining"]}
    out = {places[person] for person in leaving}
    random = Random(seed)  # noqa: S311 - the caller draws the seed; the same seed must give the same people
    joining = replacements(pool, sorted(panel), out, gone, random, Watch())
    changed = with_replacement(record, [place + 1 for place in out], [place + 1 for place in joining])
    return changed, [pool.people[place].id for place in joining]
