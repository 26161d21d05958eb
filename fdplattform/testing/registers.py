"""Made-up extracts of a residents' register: households, quarters, names from many places. Nobody in them exists."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from random import Random

#: The titles of the columns, as a German register writes them.
TITLES = (
    "Familienname",
    "Vorname(n)",
    "Geburtsdatum",
    "Geschlecht",
    "Straße",
    "Hausnummer",
    "PLZ",
    "Ort",
    "Ortsteil",
    "Staatsangehörigkeit",
    "Auskunftssperre",
)

QUARTERS = ("Kernstadt", "Nordhausen", "Südheim", "Weiler", "Seeblick", "Hohenberg")
_QUARTER_ODDS = (40, 20, 16, 12, 8, 4)


def _words(text: str) -> list[str]:
    return text.split()


_FAMILIES = _words(
    "Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Schäfer Koch Bauer Richter Klein "
    "Wolf Schröder Neumann Schwarz Zimmermann Braun Krüger Hofmann Hartmann Lange Häberle Pfleiderer Bäuerle "
    "Strobel Maier"
)
_FAMILIES_ABROAD = _words(
    "Yılmaz Kaya Demir Popescu Ionescu Kowalski Nowak Rossi Ferrari Papadopoulos Hoxha Krasniqi Shevchenko "
    "Kovalenko Al-Masri Haddad Rahimi Ahmadi Tesfay Habte Nguyen Petrov O'Brien Đorđević Öztürk"
)
_WOMEN = _words(
    "Anna Maria Ursula Monika Petra Sabine Lea Mia Emma Julia Laura Heike Karin Amal Fatma Olena Sofia Zahra"
)
_MEN = _words(
    "Hans Peter Michael Thomas Andreas Jürgen Lukas Leon Finn Jonas Karl Uwe Mehmet Ali Omar Ivan Dawit Marco"
)
_STREETS = _words(
    "Hauptstraße Bahnhofstraße Gartenweg Schulstraße Lindenallee Kirchgasse Mühlweg Bergstraße Rosenweg Talstraße "
    "Uhlandstraße Schillerstraße Goethestraße Mörikeweg Birkenweg Ahornweg Marktplatz Wiesenweg Brunnengasse"
)
_STATES = ("deutsch", "türkisch", "rumänisch", "italienisch", "syrisch", "ukrainisch", "polnisch", "afghanisch")
_STATE_ODDS = (82, 4, 3, 2, 2, 3, 2, 2)


@dataclass(frozen=True, kw_only=True)
class Town:
    """Where the made-up people live."""

    name: str = "Musterstadt"
    postal_code: str = "70999"
    quarters: Sequence[str] = QUARTERS
    #: Of a thousand people, so many have a ban on information.
    locked: int = 4
    today: date = date(2026, 11, 1)


def people(number: int, *, seed: int = 1, town: Town | None = None) -> Iterator[list[str]]:
    """`number` people, as rows of a table with TITLES; the same seed makes the same people."""
    random, town = Random(seed), town or Town()
    return islice((person for home in _homes(random, town) for person in home), number)


def register_csv(
    number: int, *, seed: int = 1, town: Town | None = None, delimiter: str = ";", encoding: str = "utf-8"
) -> bytes:
    """An extract with `number` people as a file."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter)
    writer.writerow(TITLES)
    writer.writerows(people(number, seed=seed, town=town))
    return text.getvalue().encode(encoding)


def _homes(random: Random, town: Town) -> Iterator[list[list[str]]]:
    odds = _QUARTER_ODDS[: len(town.quarters)] if len(town.quarters) <= len(_QUARTER_ODDS) else None
    number = 0
    while True:
        number += 1
        quarter = random.choices(town.quarters, odds)[0]
        # A street with its own number for each house: an address is a home.
        street, house = _STREETS[number % len(_STREETS)], str(1 + number // len(_STREETS))
        address = [street, house, town.postal_code, town.name, quarter]
        yield _home(random, town, address)


def _home(random: Random, town: Town, address: list[str]) -> list[list[str]]:
    state = random.choices(_STATES, _STATE_ODDS)[0]
    family = random.choice(_FAMILIES if state == "deutsch" else _FAMILIES_ABROAD)
    adults = random.choices((1, 2, 3), (40, 52, 8))[0]
    children = random.choices((0, 1, 2, 3), (70, 14, 12, 4))[0]
    ages = [random.randint(18, 92) for _adult in range(adults)] + [random.randint(0, 19) for _child in range(children)]
    return [_person(random, town, family, state, age, address) for age in ages]


def _person(random: Random, town: Town, family: str, state: str, age: int, address: list[str]) -> list[str]:
    gender = random.choices(("w", "m", "d"), (505, 494, 1))[0]
    given = random.choice(_MEN if gender == "m" else _WOMEN)
    born = town.today - timedelta(days=age * 365 + random.randrange(365))
    locked = "X" if random.randrange(1000) < town.locked else ""
    return [family, given, f"{born:%d.%m.%Y}", gender, *address, state, locked]
