#!/usr/bin/env python3
"""Prüft den eigenen Eintrag im öffentlichen Protokoll einer Auslosung, ohne fdplattform und ohne weitere Pakete.

    python3 verify_entry.py protokoll.json eintrag.json

In eintrag.json steht die Zeile mit dem Geheimnis, die Sie bekommen haben. Ob das Protokoll selbst in Ordnung ist, prüft
verify_draw.py. Rückgabewert: 0, wenn es Ihr Eintrag ist, sonst 1.
"""

import hashlib
import json
import sys
from pathlib import Path
from typing import Any


def digest(value: Any) -> str:
    """Die Prüfsumme der kanonischen Form: sortierte Schlüssel, keine Leerzeichen, UTF-8."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def seated(record: Any) -> set[int]:
    """Wer jetzt im Gremium sitzt: die gezogene Nummer, dann wer nachgerückt ist."""
    first, *others = record["afterwards"]
    panel = set(record["sections"]["lottery"][first["panel"] - 1])
    for step in others:
        panel = (panel - set(step["leaving"])) | set(step["joining"])
    return panel


def what_became_of(entry: Any, record: Any) -> str:
    """Welcher Eintrag das ist, wie groß seine Chance war und ob er gezogen ist. ValueError, wenn es ihn nicht gibt."""
    people, panels = record["sections"]["people"], record["sections"]["lottery"]
    commitment = digest(entry)
    numbers = [number for number, person in enumerate(people, start=1) if person["commitment"] == commitment]
    if not numbers:
        raise ValueError("Dieser Eintrag steht nicht im Protokoll, oder er ist nicht genau abgeschrieben")
    number, pseudonym = numbers[0], people[numbers[0] - 1]["pseudonym"]
    chance = f"Er steht in {sum(number in panel for panel in panels)} von {len(panels)} Gremien."
    found = f"Das ist Ihr Eintrag: Nummer {number}, Kennung {pseudonym}. {chance}"
    if not record["afterwards"]:
        return f"{found} Die Nummer des Gremiums ist noch nicht gezogen."
    return f"{found} Sie sitzen {'' if number in seated(record) else 'nicht '}im Gremium."


def main(arguments: list[str]) -> None:
    if len(arguments) != 2:
        sys.exit(__doc__)
    try:
        record, entry = (json.loads(Path(name).read_bytes()) for name in arguments)
        print(what_became_of(entry, record))
    except (OSError, ValueError, LookupError, TypeError, RecursionError) as fault:
        sys.exit(f"Das lässt sich nicht prüfen: {fault}.")


if __name__ == "__main__":
    main(sys.argv[1:])
