"""The record of a draw: what is committed to before the number is drawn, and what happened afterwards.

`docs/draw.md` describes the format. The sealed record holds everything; the public one lacks the sections with
attributes, but has their hashes and therefore the same commitment.
"""

from collections.abc import Sequence
from fractions import Fraction
from importlib.metadata import version
from math import ceil
from platform import python_version
from typing import Any

from fdplattform.tools.draw.engine.bound import DIGITS, smallest_chance_at_most
from fdplattform.tools.draw.engine.canonical import digest, keyed
from fdplattform.tools.draw.engine.fairness import gini
from fdplattform.tools.draw.engine.lottery import Lottery
from fdplattform.tools.draw.engine.pool import Person, Pool, Quota

FORMAT = "fdplattform draw record 1"
SEALED = ("register", "proof")
PUBLIC = ("rules", "people", "lottery", "chances", "bound")
ROUNDING = (
    "A lottery over panels of equal weight as in Flanigan, Kehne, Procaccia: Fair sortition made transparent, "
    "NeurIPS 2021; each class of alike people is seated the rounded number of times."
)

Record = dict[str, Any]


def make_record(lottery: Lottery) -> Record:
    """The sealed record of a lottery, before a number is drawn."""
    pool = lottery.pool
    salt = salt_of(str(lottery.seed), pool.quotas, pool.people)
    order = sorted(range(len(pool.people)), key=lambda person: keyed(salt, "pseudonym", pool.people[person].id))
    number = {person: place for place, person in enumerate(order, start=1)}
    people = [pool.people[person] for person in order]
    sections = {
        "rules": _rules(lottery),
        "people": [published(salt, person) for person in people],
        "lottery": [sorted(number[person] for person in panel) for panel in lottery.panels],
        "chances": _chances(lottery, order),
        "register": {
            "seed": str(lottery.seed),
            "people": [{**described(person), "secret": keyed(salt, "secret", person.id)} for person in people],
        },
    }
    sections["proof"], sections["bound"] = _proof(lottery, order)
    hashes = {name: digest(section) for name, section in sections.items()}
    return _sealed_off({"format": FORMAT, "sections": sections, "hashes": hashes, "afterwards": []})


def public_version(record: Record) -> Record:
    """The record without the sections in which people could be recognised."""
    return {**record, "sections": {name: record["sections"][name] for name in PUBLIC}}


def with_number(record: Record, panel: int) -> Record:
    """The record after the panel with this number (from 1) was drawn by hand. Raises ValueError."""
    if record["afterwards"]:
        raise ValueError("Es ist schon eine Nummer gezogen.")
    if not 1 <= panel <= len(record["sections"]["lottery"]):
        raise ValueError(f"Die Nummer liegt zwischen 1 und {len(record['sections']['lottery'])}.")
    return _sealed_off({**record, "afterwards": [{"event": "drawn", "panel": panel}]})


def with_replacement(record: Record, leaving: Sequence[int], joining: Sequence[int]) -> Record:
    """The record after people (their numbers) were replaced; `replacement` finds who joins."""
    entry = {"event": "replaced", "leaving": sorted(leaving), "joining": sorted(joining)}
    return _sealed_off({**record, "afterwards": [*record["afterwards"], entry]})


def pool_of(record: Record) -> tuple[Pool, int]:
    """The pool of a sealed record, in the order of its numbers, and the size of the panel."""
    rules, register = record["sections"]["rules"], record["sections"]["register"]
    quotas = tuple(Quota(q["feature"], q["value"], q["min"], q["max"]) for q in rules["quotas"])
    people = tuple(Person(p["id"], tuple(p["values"]), p["household"]) for p in register["people"])
    return Pool(quotas, people), rules["size"]


def salt_of(seed: str, quotas: Sequence[Quota], people: Sequence[Person]) -> str:
    """The key of pseudonyms and secrets. It follows from the whole input and the seed, so that the same draw gives the
    same record; whoever does not have both cannot find it."""
    known = sorted((described(person) for person in people), key=lambda person: str(person["id"]))
    return digest(["salt", seed, [quota_entry(quota) for quota in quotas], known])


def described(person: Person) -> dict[str, Any]:
    """A person in the sealed part."""
    return {"id": person.id, "values": list(person.values), "household": person.household}


def published(salt: str, person: Person) -> dict[str, str]:
    """A person in the public part. Who is told the own secret can check the commitment to the own entry."""
    return {
        "pseudonym": keyed(salt, "pseudonym", person.id)[:16],
        "commitment": digest({**described(person), "secret": keyed(salt, "secret", person.id)}),
    }


def quota_entry(quota: Quota) -> dict[str, Any]:
    """A quota in the rules."""
    return {"feature": quota.feature, "value": quota.value, "min": quota.minimum, "max": quota.maximum}


def decimal(value: Fraction | float, *, up: bool = False) -> str:
    """A number with `DIGITS` digits after the point; rounded up for bounds."""
    units = Fraction(value) * 10**DIGITS
    whole = ceil(units) if up else round(units)
    return f"{'-' if whole < 0 else ''}{abs(whole) // 10**DIGITS}.{abs(whole) % 10**DIGITS:0{DIGITS}d}"


def summit(record: Record) -> str:
    """The hash over everything: the commitment and what happened afterwards."""
    return digest([record["format"], record["commitment"], record["afterwards"]])


def _sealed_off(record: Record) -> Record:
    committed = {**record, "commitment": digest(record["hashes"])}
    return {**committed, "hash": summit(committed)}


def _rules(lottery: Lottery) -> dict[str, Any]:
    return {
        "size": lottery.size,
        "panels": len(lottery.panels),
        "method": lottery.method.value,
        "outcome": lottery.outcome.value,
        "households": lottery.pool.has_households,
        "quotas": [quota_entry(quota) for quota in lottery.pool.quotas],
        "cuts": lottery.cuts,
        "rounding": ROUNDING,
        "versions": {"highspy": version("highspy"), "numpy": version("numpy"), "python": python_version()},
    }


def _chances(lottery: Lottery, order: Sequence[int]) -> dict[str, Any]:
    counts = [lottery.counts[person] for person in order]
    fairest = [decimal(lottery.fairest[person]) if lottery.fairest else None for person in order]
    return {
        "panels": counts,
        "fairest": fairest,
        "smallest": min(counts),
        "largest": max(counts),
        "gini": decimal(gini(counts)),
        "largest_deviation": decimal(lottery.largest_deviation),
    }


def _proof(lottery: Lottery, order: Sequence[int]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The prices, and the bound that they prove (in the numbers as they are written down)."""
    weights = [decimal(max(0.0, weight)) for weight in lottery.weights]
    prices = [decimal(price) for price in lottery.prices]
    fractions = [Fraction(price) for price in prices]
    written = list(map(Fraction, weights))
    most = smallest_chance_at_most(lottery.pool, lottery.size, written, fractions[0], fractions[1:])
    proof = {"weights": [weights[person] for person in order], "size_price": prices[0], "prices": prices[1:]}
    return proof, {"smallest_chance_at_most": decimal(most, up=True)}
