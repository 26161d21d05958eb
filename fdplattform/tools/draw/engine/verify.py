"""Check the certificate in a record: no chance is computed again, and nearly everything is added up.

What takes a search is that no panel exceeds a cut (most lotteries need none), and who was drawn by lot to join. Both
have one answer, which every solver finds.
"""

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import chain

from fdplattform.tools.draw.engine.bound import TIGHT, smallest_chance_at_most
from fdplattform.tools.draw.engine.canonical import DIGITS, decimal, digest, fraction
from fdplattform.tools.draw.engine.cuts import exceeds
from fdplattform.tools.draw.engine.errors import DrawError
from fdplattform.tools.draw.engine.fairness import gini
from fdplattform.tools.draw.engine.record import (
    FORMAT,
    PUBLIC,
    SEALED,
    Record,
    described,
    pool_of,
    proof_of,
    published,
    salt_of,
    summit,
)
from fdplattform.tools.draw.engine.replacement import draw_joining, drawn_seats
from fdplattform.tools.draw.engine.result import ROUNDING, Method, Outcome
from fdplattform.tools.draw.engine.watch import Watch

#: Two figures that are rounded to `DIGITS` digits may differ by this.
_ROUNDED = Fraction(2, 10**DIGITS)
#: Which method may claim what.
_CLAIMS = {
    Outcome.EXACT.value: Method.LEXIMIN.value,
    Outcome.STOPPED_EARLY.value: Method.LEXIMIN.value,
    Outcome.UNFAIR.value: Method.RANDOM.value,
}
#: What reading a value raises that is not built as it should be.
_UNUSABLE = (LookupError, TypeError, ValueError, AttributeError, ArithmeticError, RecursionError, DrawError)
_KEYS = {"format", "sections", "hashes", "commitment", "afterwards", "hash"}

Check = Callable[[Record], Iterator[str]]


def is_sealed(record: Record) -> bool:
    """Whether the record has the sections with attributes."""
    return all(name in record["sections"] for name in SEALED)


def verify(record: Record) -> list[str]:
    """What is wrong with a record, in German and with the section; an empty list for a good one."""
    try:
        faults = list(_structure(record)) or _faults(record, _hashes, _lottery, _claim, _chances, _fairest, _afterwards)
        # The proofs are read from a record whose outside is in order.
        if not faults and is_sealed(record):
            faults = _faults(record, _register, _quotas, _bound, _replacements)
        return faults
    except _UNUSABLE as fault:
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


def _claim(record: Record) -> Iterator[str]:
    rules = record["sections"]["rules"]
    if _CLAIMS.get(rules["outcome"]) != rules["method"]:
        yield f"rules: „{rules['outcome']}“ ist kein Ergebnis des Verfahrens „{rules['method']}“."
    if rules["cuts"] < 0:
        yield "rules: Die Zahl der Schnitte ist kleiner als 0."


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
    if Fraction(min(counts), len(panels)) > fraction(sections["bound"]["smallest_chance_at_most"]):
        yield "bound: Die kleinste Chance ist größer, als der Beweis erlaubt."


def _fairest(record: Record) -> Iterator[str]:
    rules, chances = record["sections"]["rules"], record["sections"]["chances"]
    exact = rules["outcome"] == Outcome.EXACT
    if len(chances["fairest"]) != len(chances["panels"]) or any((c is None) == exact for c in chances["fairest"]):
        yield "chances: Die fairsten Chancen fehlen, oder es dürfte keine geben."
        return
    fairest = [fraction(chance) for chance in chances["fairest"] if chance is not None]
    pairs = zip(chances["panels"], fairest, strict=False)
    off = max((abs(Fraction(count, rules["panels"]) - chance) for count, chance in pairs), default=Fraction(0))
    if abs(off - fraction(chances["largest_deviation"])) > _ROUNDED:
        yield "chances: Die größte Abweichung stimmt nicht."
    if exact:
        yield from _exact(fairest, off, record)


def _exact(fairest: list[Fraction], off: Fraction, record: Record) -> Iterator[str]:
    rules, bound = record["sections"]["rules"], record["sections"]["bound"]
    if off * rules["panels"] > ROUNDING:
        yield "chances: Die Gremien weichen weiter von den fairsten Chancen ab, als Rundung erklärt."
    if abs(sum(fairest) - rules["size"]) > TIGHT:
        yield "chances: Die fairsten Chancen ergeben zusammen nicht die Größe des Gremiums."
    if min(fairest) < 0 or max(fairest) > 1:
        yield "chances: Eine der fairsten Chancen liegt nicht zwischen 0 und 1."
    if abs(min(fairest) - fraction(bound["smallest_chance_at_most"])) > TIGHT:
        yield "bound: Die kleinste der fairsten Chancen ist nicht die größte mögliche."


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
    seats, known = drawn_seats(record), set(range(1, len(record["sections"]["people"]) + 1))
    for place, step in enumerate(steps[1:], start=2):
        leaving, joining, declined = set(step["leaving"]), set(step["joining"]), set(step["declined"])
        if (step["event"], len(step)) != ("replaced", 4) or not leaving <= seats.panel or len(leaving) != len(joining):
            yield f"afterwards: Eintrag {place} ersetzt niemanden aus dem Gremium."
        if joining & (seats.panel | seats.gone | leaving | declined) or not joining | declined <= known:
            yield f"afterwards: In Eintrag {place} rückt jemand nach, der nicht darf."
        seats.change(step)


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
    proof = proof_of(record)
    if (
        decimal(smallest_chance_at_most(pool, size, proof), up=True)
        != record["sections"]["bound"]["smallest_chance_at_most"]
    ):
        yield "bound: Die Schranke folgt nicht aus dem Beweis."
    if len(proof.cuts) != record["sections"]["rules"]["cuts"]:
        yield "proof: Die Zahl der Schnitte stimmt nicht."
    for number, cut in enumerate(proof.cuts, start=1):
        if exceeds(pool, size, cut):
            yield f"proof: Es gibt Gremien, die Schnitt {number} nicht einhalten."


def _replacements(record: Record) -> Iterator[str]:
    if not record["afterwards"]:
        return
    pool, size = pool_of(record)
    seats = drawn_seats(record)
    for before, step in enumerate(record["afterwards"][1:], start=1):
        leaving, declined = step["leaving"], step["declined"]
        try:
            joining = sorted(draw_joining(pool, record, seats, before, leaving, declined, Watch()))
        except DrawError:
            joining = []
        if joining != step["joining"]:
            yield f"afterwards: In Eintrag {before + 1} rückt jemand anderes nach, als das Los bestimmt."
        seats.change(step)
        for fault in pool.faults([member - 1 for member in seats.panel], size):
            yield f"afterwards: Nach Eintrag {before + 1}: {fault}."
