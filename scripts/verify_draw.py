#!/usr/bin/env python3
"""Prüft den öffentlichen Teil des Protokolls einer Auslosung, ohne fdplattform und ohne weitere Pakete.

    python3 verify_draw.py protokoll.json [PRÜFSUMME]

PRÜFSUMME ist die, die vor der Ziehung bekannt gegeben wurde. Das Protokoll kann auch das versiegelte sein; geprüft
werden die Prüfsummen der Abschnitte, die es enthält, die Größe jedes Gremiums, die Chancen und was nach der Ziehung
geschah. Ob jedes Gremium die Quoten einhält und ob die Schranke bewiesen ist, lässt sich nur mit dem versiegelten Teil
prüfen (`fdplattform draw verify`). Rückgabewert: 0 in Ordnung, 1 nicht in Ordnung.
"""

import hashlib
import json
import sys
from collections import Counter
from decimal import Decimal
from pathlib import Path

FORMAT = "fdplattform draw record 1"
PUBLIC = {"rules", "people", "lottery", "chances", "bound"}
SEALED = {"register", "proof"}
ROUNDED = Decimal("0.000000000002")


def digest(value):
    """SHA-256 der kanonischen Form: sortierte Schlüssel, keine Leerzeichen, UTF-8."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def check_hashes(record, announced):
    names = set(record["sections"])
    if record["format"] != FORMAT or set(record["hashes"]) != PUBLIC | SEALED or names not in (PUBLIC, PUBLIC | SEALED):
        yield "Das ist kein vollständiges Protokoll."
    if set(record) != {"format", "sections", "hashes", "commitment", "afterwards", "hash"}:
        yield "Es fehlt ein Teil, oder es ist einer zu viel."
    for name, section in record["sections"].items():
        if digest(section) != record["hashes"].get(name):
            yield f"{name}: Der Inhalt passt nicht zu seiner Prüfsumme."
    if digest(record["hashes"]) != record["commitment"]:
        yield "commitment: passt nicht zu den Prüfsummen der Abschnitte."
    if digest([record["format"], record["commitment"], record["afterwards"]]) != record["hash"]:
        yield "hash: Die Prüfsumme über alles stimmt nicht."
    if announced and announced != record["commitment"]:
        yield "Vor der Ziehung wurde eine andere Prüfsumme bekannt gegeben."


def check_panels(rules, people, panels):
    if len(panels) != rules["panels"]:
        yield f"lottery: {len(panels)} Gremien statt {rules['panels']}."
    if len({person["pseudonym"] for person in people}) != len(people):
        yield "people: Ein Pseudonym kommt zweimal vor."
    for number, panel in enumerate(panels, start=1):
        if len(panel) != rules["size"] or len(set(panel)) != rules["size"]:
            yield f"lottery: Gremium {number} hat nicht {rules['size']} verschiedene Mitglieder."
        if not set(panel) <= set(range(1, len(people) + 1)):
            yield f"lottery: Gremium {number} nennt eine Nummer, die es nicht gibt."


def check_chances(rules, people, panels, chances, bound):
    counts = Counter(member for panel in panels for member in panel)
    seated = [counts[number] for number in range(1, len(people) + 1)]
    if seated != chances["panels"]:
        yield "chances: Die Zahl der Gremien einer Person stimmt nicht."
    if (min(seated), max(seated)) != (chances["smallest"], chances["largest"]):
        yield "chances: Die kleinste oder größte Chance stimmt nicht."
    ranks = (2 * place - len(seated) - 1 for place in range(1, len(seated) + 1))
    unequal = Decimal(sum(rank * count for rank, count in zip(ranks, sorted(seated), strict=True)))
    if abs(unequal / (len(seated) * sum(seated)) - Decimal(chances["gini"])) > ROUNDED:
        yield "chances: Der Gini-Wert stimmt nicht."
    yield from check_fairest(rules, seated, panels, chances, bound)


def check_fairest(rules, seated, panels, chances, bound):
    exact = rules["outcome"] == "exact"
    if len(chances["fairest"]) != len(seated) or any((chance is None) == exact for chance in chances["fairest"]):
        yield "chances: Die fairsten Chancen fehlen, oder es dürfte keine geben."
    elif exact:
        fairest = [Decimal(chance) for chance in chances["fairest"]]
        off = max(abs(Decimal(count) / len(panels) - chance) for count, chance in zip(seated, fairest, strict=True))
        if abs(off - Decimal(chances["largest_deviation"])) > ROUNDED:
            yield "chances: Die größte Abweichung stimmt nicht."
        if abs(sum(fairest) - rules["size"]) > Decimal("0.000001"):
            yield "chances: Die fairsten Chancen ergeben zusammen nicht die Größe des Gremiums."
        if min(fairest) > Decimal(bound["smallest_chance_at_most"]) + Decimal("0.000001"):
            yield "bound: Eine Chance ist größer, als der Beweis erlaubt."


def check_afterwards(people, panels, steps):
    if not steps:
        return
    if steps[0]["event"] != "drawn" or not 1 <= steps[0]["panel"] <= len(panels):
        yield "afterwards: Der erste Eintrag muss die gezogene Nummer sein."
        return
    panel, gone = set(panels[steps[0]["panel"] - 1]), set()
    for place, step in enumerate(steps[1:], start=2):
        leaving, joining = set(step["leaving"]), set(step["joining"])
        gone |= leaving
        if step["event"] != "replaced" or not leaving <= panel or len(leaving) != len(joining):
            yield f"afterwards: Eintrag {place} ersetzt niemanden aus dem Gremium."
        if joining & (panel | gone) or not joining <= set(range(1, len(people) + 1)):
            yield f"afterwards: In Eintrag {place} rückt jemand nach, der nicht darf."
        panel = (panel - leaving) | joining


def faults_of(record, announced):
    sections = record["sections"]
    rules, people, panels = sections["rules"], sections["people"], sections["lottery"]
    yield from check_hashes(record, announced)
    yield from check_panels(rules, people, panels)
    yield from check_chances(rules, people, panels, sections["chances"], sections["bound"])
    yield from check_afterwards(people, panels, record["afterwards"])


def main(arguments):
    if len(arguments) not in (1, 2):
        print(__doc__, file=sys.stderr)
        return 1
    announced = arguments[1] if len(arguments) == 2 else None
    try:
        record = json.loads(Path(arguments[0]).read_bytes())
        faults = list(faults_of(record, announced))
    except (OSError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError) as fault:
        faults = [f"Das Protokoll lässt sich nicht lesen ({type(fault).__name__}: {fault})."]
    if faults:
        print("\n".join(faults), file=sys.stderr)
        return 1
    chances, rules = record["sections"]["chances"], record["sections"]["rules"]
    print("Der öffentliche Teil ist in Ordnung.")
    print(f"Jede Person sitzt in {chances['smallest']} bis {chances['largest']} der {rules['panels']} Gremien.")
    print(f"Prüfsumme vor der Ziehung: {record['commitment']}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
