"""Check the certificate in a record. Nothing is solved again; whoever can add can check it."""

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import chain

from fdplattform.tools.draw.engine.bound import DIGITS, smallest_chance_at_most
from fdplattform.tools.draw.engine.canonical import digest
from fdplattform.tools.draw.engine.fairness import gini
from fdplattform.tools.draw.engine.record import (
    FORMAT,
    PUBLIC,
    SEALED,
    Record,
    decimal,
    described,
    pool_of,
    published,
    salt_of,
    summit,
)

#: Two figures that are rounded to `DIGITS` digits may differ by this.
_ROUNDED = Fraction(2, 10**DIGITS)
_KEYS = {"format", "sections", "hashes", "commitment", "afterwards", "hash"}

Check = Callable[[Record], Iterator[str]]


def is_sealed(record: Record) -> bool:
    """Whether the record has the sections with attributes."""
    return all(name in record["sections"] for name in SEALED)


def verify(record: Record) -> list[str]:
    """What is wrong with a record, in German and with the section; an empty list for a good one."""
    try:
        faults = list(_structure(record)) or _faults(record, _hashes, _lottery, _chances, _afterwards)
        # The proofs are read from a record whose outside is in order.
        if not faults and is_sealed(record):
            faults = _faults(record, _register, _quotas, _bound, _replacements)
        return faults
    except (KeyError, IndexError, TypeError, ValueError, AttributeError, ArithmeticError) as fault:
        return [f"Das Protokoll ist nicht so aufgebaut, wie es sein soll ({type(fault).__name__}: {fault})."]


def _faults(record: Record, *checks: Check) -> list[str]:
    return list(chain.from_iterable(check(record) for check in checks))


def _structure(record: Record) -> Iterator[str]:
    if record.get("format") != FORMAT:
        yield f"format: „{FORMAT}“ wird erwartet."
    if set(record) != _KEYS:
        yield f"Unbekannte oder fehlende Teile: {', '.join(sorted(set(record) ^ _KEYS))}."
    elif set(record["sections"]) not in ({*PUBLIC}, {*PUBLIC, *SEALED}) or set(record["hashes"]) != {*PUBLIC, *SEALED}:
        yield "sections: Es fehlt ein Abschnitt, oder es ist einer zu viel."


def _hashes(record: Record) -> Iterator[str]:
    for name, section in record["sections"].items():
        if digest(section) != record["hashes"][name]:
            yield f"{name}: Der Inhalt passt nicht zu seiner Prüfsumme."
    if digest(record["hashes"]) != record["commitment"]:
        yield "commitment: passt nicht zu den Prüfsummen der Abschnitte."
    if summit(record) != record["hash"]:
        yield "hash: Die Prüfsumme über alles stimmt nicht."


def _lottery(record: Record) -> Iterator[str]:
    sections = record["sections"]
    rules, people, panels = sections["rules"], sections["people"], sections["lottery"]
    if len(panels) != rules["panels"]:
        yield f"lottery: {len(panels)} Gremien statt {rules['panels']}."
    if len({person["pseudonym"] for person in people}) != len(people):
        yield "people: Ein Pseudonym kommt zweimal vor."
    for number, panel in enumerate(panels, start=1):
        if len(panel) != rules["size"] or len(set(panel)) != rules["size"]:
            yield f"lottery: Gremium {number} hat nicht {rules['size']} verschiedene Mitglieder."
        if not all(1 <= member <= len(people) for member in panel):
            yield f"lottery: Gremium {number} nennt eine Nummer, die es nicht gibt."


def _chances(record: Record) -> Iterator[str]:
    sections = record["sections"]
    panels, chances = sections["lottery"], sections["chances"]
    counts = [0] * len(sections["people"])
    for member in chain.from_iterable(panels):
        counts[member - 1] += 1
    if counts != chances["panels"]:
        yield "chances: Die Zahl der Gremien einer Person stimmt nicht."
    if (min(counts), max(counts), decimal(gini(counts))) != (chances["smallest"], chances["largest"], chances["gini"]):
        yield "chances: Kleinste oder größte Chance oder der Gini-Wert stimmt nicht."
    exact = sections["rules"]["outcome"] == "exact"
    if len(chances["fairest"]) != len(counts) or any((chance is None) == exact for chance in chances["fairest"]):
        yield "chances: Die fairsten Chancen fehlen, oder es dürfte keine geben."
        return
    fairest = [Fraction(chance) for chance in chances["fairest"] if chance is not None]
    off = max((abs(Fraction(n, len(panels)) - f) for n, f in zip(counts, fairest, strict=False)), default=Fraction(0))
    if abs(off - Fraction(chances["largest_deviation"])) > _ROUNDED:
        yield "chances: Die größte Abweichung stimmt nicht."
    if exact and abs(sum(fairest) - sections["rules"]["size"]) > Fraction(1, 10**6):
        yield "chances: Die fairsten Chancen ergeben zusammen nicht die Größe des Gremiums."
    if exact and min(fairest) > Fraction(sections["bound"]["smallest_chance_at_most"]) + Fraction(1, 10**6):
        yield "bound: Eine Chance ist größer, als der Beweis erlaubt."


def _afterwards(record: Record) -> Iterator[str]:
    lottery, steps = record["sections"]["lottery"], record["afterwards"]
    if not steps:
        return
    if (
        set(steps[0]) != {"event", "panel"}
        or steps[0]["event"] != "drawn"
        or not 1 <= steps[0]["panel"] <= len(lottery)
    ):
        yield "afterwards: Der erste Eintrag muss die gezogene Nummer sein."
        return
    panel, gone = set(lottery[steps[0]["panel"] - 1]), set[int]()
    for place, step in enumerate(steps[1:], start=2):
        leaving, joining = set(step["leaving"]), set(step["joining"])
        known = set(range(1, len(record["sections"]["people"]) + 1))
        gone |= leaving
        if step["event"] != "replaced" or not leaving <= panel or len(leaving) != len(joining):
            yield f"afterwards: Eintrag {place} ersetzt niemanden aus dem Gremium."
        if joining & (panel | gone) or not joining <= known:
            yield f"afterwards: In Eintrag {place} rückt jemand nach, der nicht darf."
        panel = (panel - leaving) | joining


def _register(record: Record) -> Iterator[str]:
    pool, _ = pool_of(record)
    register = record["sections"]["register"]
    salt = salt_of(register["seed"], pool.quotas, pool.people)
    for place, person in enumerate(pool.people):
        entry = {key: value for key, value in register["people"][place].items() if key != "secret"}
        expected = published(salt, person)
        if expected != record["sections"]["people"][place] or entry != described(person):
            yield f"register: Die Angaben zu Nummer {place + 1} passen nicht zum veröffentlichten Eintrag."
        elif digest(register["people"][place]) != expected["commitment"]:
            yield f"register: Das Geheimnis zu Nummer {place + 1} stimmt nicht."
    if len(register["people"]) != len(record["sections"]["people"]):
        yield "register: Die Zahl der Personen stimmt nicht."
    if record["sections"]["rules"]["households"] != pool.has_households:
        yield "rules: Die Angabe zu den Haushalten stimmt nicht."


def _quotas(record: Record) -> Iterator[str]:
    pool, size = pool_of(record)
    for number, panel in enumerate(record["sections"]["lottery"], start=1):
        for fault in pool.faults([member - 1 for member in panel], size):
            yield f"lottery: Gremium {number}: {fault}."


def _bound(record: Record) -> Iterator[str]:
    pool, size = pool_of(record)
    proof = record["sections"]["proof"]
    weights, prices = list(map(Fraction, proof["weights"])), list(map(Fraction, proof["prices"]))
    most = smallest_chance_at_most(pool, size, weights, Fraction(proof["size_price"]), prices)
    if decimal(most, up=True) != record["sections"]["bound"]["smallest_chance_at_most"]:
        yield "bound: Die Schranke folgt nicht aus dem Beweis."


def _replacements(record: Record) -> Iterator[str]:
    pool, size = pool_of(record)
    panel: set[int] = set()
    for place, step in enumerate(record["afterwards"], start=1):
        if step["event"] == "drawn":
            panel = set(record["sections"]["lottery"][step["panel"] - 1])
        else:
            panel = (panel - set(step["leaving"])) | set(step["joining"])
        for fault in pool.faults([member - 1 for member in panel], size):
            yield f"afterwards: Nach Eintrag {place}: {fault}."
