"""The last part of an address: made from a name, never the name of a view."""

import re
import unicodedata
from collections.abc import Collection
from itertools import count

MAX_LENGTH = 80

#: Names of views below a municipality, a dialogue or an event, and of pages of the site: nothing else may be called so.
#: `tests/web/test_slugs.py` compares this list with the views that are registered.
RESERVED = frozenset(
    {
        "ablauf",
        "ablauf-drucken",
        "abmelden",
        "absagen",
        "abschliessen",
        "agenda",
        "an-der-tuer",
        "anlegen",
        "anmelden",
        "anmeldung",
        "anmeldungen",
        "anrufliste",
        "antwort",
        "antworten",
        "anwesenheit",
        "anwesenheitsliste",
        "api",
        "barrierefreiheit",
        "barrieren",
        "bearbeiten",
        "beratung",
        "briefe",
        "datenschutz",
        "dialog-anlegen",
        "drehbuch",
        "einladung",
        "einladung-zurueckziehen",
        "eintrag",
        "eintrag-loeschen",
        "ergebnisse",
        "erklaerung",
        "folgeveranstaltung",
        "format-waehlen",
        "formate",
        "gruppen",
        "handlungsfelder",
        "impressum",
        "kommunen",
        "leichte-sprache",
        "listen",
        "listen-export",
        "logo",
        "mitglied-beenden",
        "mitglied-einladen",
        "mitglieder",
        "nachgefragt",
        "neues.atom",
        "passwort-vergessen",
        "phase",
        "phase-verschieben",
        "phasen",
        "protokoll",
        "rechtstext",
        "rechtstexte",
        "reihe",
        "reihe-anlegen",
        "robots.txt",
        "schritt",
        "schritte",
        "sitemap.xml",
        "static",
        "suche",
        "tageslink",
        "tageslink-zurueckziehen",
        "tageslink.svg",
        "tageslinks",
        "termin",
        "termin-entfernen",
        "termin.ics",
        "termine",
        "termine.ics",
        "thema",
        "transparenz",
        "uebergeben",
        "uebersetzen",
        "unterlagen",
        "veranstaltung-anlegen",
        "verbergen",
        "veroeffentlichen",
        "vertretung",
        "verwaltung",
        "vorschlaege",
        "wer-darf-was",
        "wieder-oeffnen",
        "zeigen",
        "zugang",
        "verwerfen",
        "zurueckziehen",
    }
)

_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "ae", "Ö": "oe", "Ü": "ue"})
_OTHER = re.compile(r"[^a-z0-9]+")


def slugify(text: str) -> str:
    """`text` as lower-case ASCII words joined by hyphens; empty when nothing in it can be written so."""
    composed = unicodedata.normalize("NFC", text).translate(_GERMAN)
    plain = unicodedata.normalize("NFKD", composed).encode("ascii", "ignore").decode().lower()
    return _OTHER.sub("-", plain).strip("-")[:MAX_LENGTH].rstrip("-")


def free_slug(text: str, taken: Collection[str], fallback: str) -> str:
    """A slug for `text`, neither reserved nor in `taken`; `fallback` is used when `text` has no Latin letters."""
    base = slugify(text) or fallback
    if _is_free(base, taken):
        return base
    return next(slug for number in count(2) if _is_free(slug := f"{base}-{number}", taken))


def _is_free(slug: str, taken: Collection[str]) -> bool:
    return slug not in RESERVED and slug not in taken


def fold(text: str) -> str:
    """`text` as it is compared in searches: lower case, without accents and double spaces, "ß" as "ss"."""
    # Twice: what compatibility decomposition yields may be upper case, and folding may yield what can be decomposed.
    for _round in range(2):
        text = unicodedata.normalize("NFKD", text).casefold()
    decomposed = unicodedata.normalize("NFKD", text)
    return " ".join("".join(letter for letter in decomposed if not unicodedata.combining(letter)).split())
