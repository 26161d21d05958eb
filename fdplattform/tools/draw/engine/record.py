"""The record of a draw: what is committed to before the number is drawn, and what happened afterwards.

`docs/draw.md` describes the format. The sealed record holds everything; the public one lacks the sections with
attributes, but has their hashes and therefore the same commitment.
"""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from importlib.metadata import version
from platform import python_version
from typing import Any

from fdplattform.tools.draw.engine.bound import PricedCut, Proof
from fdplattform.tools.draw.engine.canonical import decimal, digest, fraction, keyed
from fdplattform.tools.draw.engine.fairness import gini
from fdplattform.tools.draw.engine.pool import Person, Pool, Quota
from fdplattform.tools.draw.engine.result import Lottery

FORMAT = "fdplattform draw record 2"
SEALED = ("register", "proof")
PUBLIC = ("rules", "people", "lottery", "chances", "bound")
ROUNDING = (
    "A lottery over panels of equal weight as in Flanigan, Kehne, Procaccia: Fair sortition made transparent, "
    "NeurIPS 2021; each class of alike people is seated the rounded number of times."
)

Record = dict[str, Any]


def make_record(lottery: Lottery, *, excluded: Mapping[str, int] | None = None) -> Record:
    """The sealed record of a lottery, before a number is drawn.

    `excluded` says why people were kept out of the pool beforehand, and how many; the rules name it.
    """
    pool = lottery.pool
    salt = salt_of(str(lottery.seed), pool.quotas, pool.people)
    order = sorted(range(len(pool.people)), key=lambda person: keyed(salt, "pseudonym", pool.people[person].id))
    number = {person: place for place, person in enumerate(order, start=1)}
    people = [pool.people[person] for person in order]
    sections = {
        "rules": {**_rules(lottery), "excluded": dict(excluded or {})},
        "people": [published(salt, person) for person in people],
        "lottery": [sorted(number[person] for person in panel) for panel in lottery.panels],
        "chances": _chances(lottery, order),
        "register": {
            "seed": str(lottery.seed),
            "people": [{**described(person), "secret": keyed(salt, "secret", person.id)} for person in people],
        },
        "proof": _proof(lottery.proof, order),
        "bound": {"smallest_chance_at_most": decimal(lottery.bound, up=True)},
    }
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


def with_replacement(record: Record, leaving: Iterable[int], joining: Iterable[int], declined: Iterable[int]) -> Record:
    """The record after people (their numbers) were replaced; `replacement` finds who joins. `declined` are those of the
    reserve who took no part, because they are no longer willing."""
    entry = {
        "event": "replaced",
        "leaving": sorted(leaving),
        "joining": sorted(joining),
        "declined": sorted(declined),
    }
    return _sealed_off({**record, "afterwards": [*record["afterwards"], entry]})


def pool_of(record: Record) -> tuple[Pool, int]:
    """The pool of a sealed record, in the order of its numbers, and the size of the panel."""
    rules, register = record["sections"]["rules"], record["sections"]["register"]
    quotas = tuple(Quota(q["feature"], q["value"], q["min"], q["max"]) for q in rules["quotas"])
    people = tuple(Person(p["id"], tuple(p["values"]), p["household"]) for p in register["people"])
    return Pool(quotas, people), rules["size"]


def proof_of(record: Record) -> Proof:
    """The proof of the bound in a sealed record."""
    proof = record["sections"]["proof"]
    return Proof(
        list(map(fraction, proof["weights"])),
        fraction(proof["size_price"]),
        list(map(fraction, proof["prices"])),
        [
            PricedCut(list(map(fraction, cut["weights"])), fraction(cut["most"]), fraction(cut["price"]))
            for cut in proof["cuts"]
        ],
    )


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
        "cuts": len(lottery.proof.cuts),
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


def _proof(proof: Proof, order: Sequence[int]) -> dict[str, Any]:
    return {
        "weights": _in_order(proof.weights, order),
        "size_price": decimal(proof.size_price),
        "prices": list(map(decimal, proof.prices)),
        "cuts": [
            {"weights": _in_order(cut.weights, order), "most": decimal(cut.most), "price": decimal(cut.price)}
            for cut in proof.cuts
        ],
    }


def _in_order(values: Sequence[Fraction], order: Sequence[int]) -> list[str]:
    return [decimal(values[person]) for person in order]
