#!/usr/bin/env python3
"""Prüft den öffentlichen Teil des Protokolls einer Auslosung, ohne fdplattform und ohne weitere Pakete.

    python3 verify_draw.py protokoll.json [PRÜFSUMME]

PRÜFSUMME ist die, die vor der Ziehung bekannt gegeben wurde. Geprüft wird jedes Byte: Schreibweise, Prüfsummen, Größe
jedes Gremiums, Chancen und ihre Fairness, was nach der Ziehung geschah. Nur mit dem versiegelten Teil lässt sich prüfen
(`fdplattform draw verify`): die Quoten, der Beweis der Schranke, das Los beim Nachrücken. Rückgabewert: 0 oder 1.
"""

import hashlib
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from operator import mul
from pathlib import Path
from typing import Any

FORMAT = "fdplattform draw record 2"
PARTS = {"format", "sections", "hashes", "commitment", "afterwards", "hash"}
PUBLIC, SEALED = {"rules", "people", "lottery", "chances", "bound"}, {"register", "proof"}
CLAIMS = {("exact", "leximin"), ("stopped-early", "leximin"), ("random", "random")}
ROUNDED, TIGHT = Decimal("0.000000000002"), Decimal("0.000001")
ROUNDING = 5  # So viele Gremien darf die Rundung jemandem höchstens nehmen oder geben.


def canonical(value: Any) -> bytes:
    """Die kanonische Form: sortierte Schlüssel, keine Leerzeichen, UTF-8."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest(value: Any) -> str:
    return hashlib.sha256(canonical(value)).hexdigest()


def decimal(text: str) -> Decimal:
    if not re.fullmatch(r"-?[0-9]{1,30}\.[0-9]{12}", text):
        raise ValueError(f"{text} ist keine Zahl mit 12 Stellen nach dem Komma")
    return Decimal(text)


def check_hashes(record: Any, announced: str | None) -> Iterator[str]:
    if record["format"] != FORMAT or set(record) != PARTS:
        yield f"Das ist kein Protokoll der Fassung „{FORMAT}“."
    if set(record["hashes"]) != PUBLIC | SEALED or set(record["sections"]) not in (PUBLIC, PUBLIC | SEALED):
        yield "Es fehlt ein Abschnitt, oder es ist einer zu viel."
    for name, section in record["sections"].items():
        if digest(section) != record["hashes"].get(name):
            yield f"{name}: Der Inhalt passt nicht zu seiner Prüfsumme."
    if digest(record["hashes"]) != record["commitment"]:
        yield "commitment: passt nicht zu den Prüfsummen der Abschnitte."
    if digest([record["format"], record["commitment"], record["afterwards"]]) != record["hash"]:
        yield "hash: Die Prüfsumme über alles stimmt nicht."
    if announced not in (None, record["commitment"]):
        yield "Vor der Ziehung wurde eine andere Prüfsumme bekannt gegeben."


def check_panels(rules: Any, people: Any, panels: Any) -> Iterator[str]:
    if len(panels) != rules["panels"]:
        yield f"lottery: {len(panels)} Gremien statt {rules['panels']}."
    if len({person["pseudonym"] for person in people}) != len(people):
        yield "people: Ein Pseudonym kommt zweimal vor."
    for number, panel in enumerate(panels, start=1):
        if not len(panel) == len(set(panel) & set(range(1, len(people) + 1))) == rules["size"]:
            yield f"lottery: Gremium {number} hat nicht {rules['size']} verschiedene Mitglieder, die es gibt."


def check_chances(rules: Any, people: Any, panels: Any, chances: Any, bound: Any) -> Iterator[str]:
    counts = Counter(member for panel in panels for member in panel)
    seated = [counts[number] for number in range(1, len(people) + 1)]
    if (seated, min(seated), max(seated)) != (chances["panels"], chances["smallest"], chances["largest"]):
        yield "chances: Die Zahl der Gremien einer Person stimmt nicht, oder die kleinste oder größte Chance."
    ranks = (2 * place - len(seated) - 1 for place in range(1, len(seated) + 1))
    gini = Decimal(sum(map(mul, ranks, sorted(seated)))) / (len(seated) * sum(seated))
    if abs(gini - decimal(chances["gini"])) > ROUNDED:
        yield "chances: Der Gini-Wert stimmt nicht."
    if Decimal(min(seated)) / len(panels) > decimal(bound["smallest_chance_at_most"]):
        yield "bound: Die kleinste Chance ist größer, als der Beweis erlaubt."
    yield from check_fairest(rules, seated, chances, bound)


def check_fairest(rules: Any, seated: list[int], chances: Any, bound: Any) -> Iterator[str]:
    exact = rules["outcome"] == "exact"
    if (rules["outcome"], rules["method"]) not in CLAIMS or rules["cuts"] < 0:
        yield "rules: Ergebnis, Verfahren und Zahl der Schnitte passen nicht zusammen."
    if len(chances["fairest"]) != len(seated) or any((chance is None) == exact for chance in chances["fairest"]):
        yield "chances: Die fairsten Chancen fehlen, oder es dürfte keine geben."
        return
    fairest = [decimal(chance) for chance in chances["fairest"] if exact]
    pairs = zip(seated, fairest, strict=False)
    off = max((abs(Decimal(count) / rules["panels"] - chance) for count, chance in pairs), default=Decimal(0))
    if abs(off - decimal(chances["largest_deviation"])) > ROUNDED or off * rules["panels"] > ROUNDING:
        yield "chances: Die größte Abweichung stimmt nicht, oder sie ist größer, als Rundung erklärt."
    if exact and (abs(sum(fairest) - rules["size"]) > TIGHT or min(fairest) < 0 or max(fairest) > 1):
        yield "chances: Die fairsten Chancen ergeben zusammen nicht die Größe des Gremiums."
    if exact and abs(min(fairest) - decimal(bound["smallest_chance_at_most"])) > TIGHT:
        yield "bound: Die kleinste der fairsten Chancen ist nicht die größte mögliche."


def check_afterwards(people: Any, panels: Any, steps: Any) -> Iterator[str]:
    if (steps[0]["event"], len(steps[0])) != ("drawn", 2) or not 1 <= steps[0]["panel"] <= len(panels):
        yield "afterwards: Der erste Eintrag muss die gezogene Nummer sein."
        return
    panel, gone = set(panels[steps[0]["panel"] - 1]), set[int]()
    for place, step in enumerate(steps[1:], start=2):
        leaving, joining, declined = set(step["leaving"]), set(step["joining"]), set(step["declined"])
        gone |= leaving
        if (step["event"], len(step)) != ("replaced", 4) or not leaving <= panel or len(leaving) != len(joining):
            yield f"afterwards: Eintrag {place} ersetzt niemanden aus dem Gremium."
        if joining & (panel | gone | declined) or not joining | declined <= set(range(1, len(people) + 1)):
            yield f"afterwards: In Eintrag {place} rückt jemand nach, der nicht darf."
        panel = (panel - leaving) | joining


def faults_of(record: Any, announced: str | None = None) -> Iterator[str]:
    sections = record["sections"]
    rules, people, panels = sections["rules"], sections["people"], sections["lottery"]
    yield from check_hashes(record, announced)
    yield from check_panels(rules, people, panels)
    yield from check_chances(rules, people, panels, sections["chances"], sections["bound"])
    if record["afterwards"]:
        yield from check_afterwards(people, panels, record["afterwards"])


def main(arguments: list[str]) -> None:
    if len(arguments) not in (1, 2):
        sys.exit(__doc__)
    try:
        content = Path(arguments[0]).read_bytes()
        record = json.loads(content, parse_float=int, parse_constant=int)
        faults = list(faults_of(record, *arguments[1:]))
        if content != canonical(record) + b"\n":
            faults.append("Die Datei ist nicht in der kanonischen Form: Leerzeichen, Zeilenende oder Reihenfolge.")
    except (OSError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError) as fault:
        faults = [f"Das Protokoll lässt sich nicht lesen ({type(fault).__name__}: {fault})."]
    if faults:
        sys.exit("\n".join(faults))
    rules, chances, bound = (record["sections"][name] for name in ("rules", "chances", "bound"))
    print("Der öffentliche Teil ist in Ordnung.")
    print(f"Jede Person sitzt in {chances['smallest']} bis {chances['largest']} der {rules['panels']} Gremien.")
    print(f"Ergebnis: {rules['outcome']}; die kleinste Chance kann höchstens {bound['smallest_chance_at_most']} sein.")
    print(f"Prüfsumme vor der Ziehung: {record['commitment']}")


if __name__ == "__main__":
    main(sys.argv[1:])
