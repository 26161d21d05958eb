"""Which value of a column means which category: what the coordinator said, and a guess for the rest."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from fdplattform.tools.draw.criteria.models import Category, Criterion
from fdplattform.web.slugs import fold

#: In the place of a value: every value that is not named.
OTHERS = "*"

#: For each criterion's id as text, what its values mean: the id of a category, or None: leave these people out.
Meanings = Mapping[str, Mapping[str, int | None]]

#: How registers write what categories are often called: pairs of patterns, for the value and for the title.
_USUAL = (
    (r"m|mannlich|herr|male", r"manner|mannlich|manner und jungen|men|male"),
    (r"w|f|weiblich|frau|female", r"frauen|weiblich|frauen und madchen|women|female"),
    (r"d|x|o|u|divers|unbestimmt|ohne( angabe)?|keine angabe", r"divers.*|diverse.*|keine angabe|.*not stated"),
    (r"d|de|deu|000|deutsch(e|er)?|deutschland|german", r"deutsch(e)?|german"),
)
_ONE_OF_TWO = re.compile(r"deutsch(e)?|german")


@lru_cache(maxsize=1 << 16)
def plain(text: str) -> str:
    """`text` as it is compared: without case, accents and needless blanks."""
    return fold(text)


def meaning_of(criterion: Criterion, value: str, known: Mapping[str, int | None]) -> tuple[bool, int | None]:
    """Whether somebody said what `value` means, or it can be guessed, and what."""
    if value in known:
        return True, known[value]
    guessed = guess_meaning(criterion.categories, value)
    if guessed is not None:
        return True, guessed
    if value and OTHERS in known:
        return True, known[OTHERS]
    return False, None


def guess_meaning(categories: Sequence[Category], value: str) -> int | None:
    """The category that is called like the value, or as registers write it; None when nobody can tell."""
    text = plain(value)
    if not text:
        return None
    for category in categories:
        if plain(category.title) == text:
            return category.id
    for pattern, title in _USUAL:
        if re.fullmatch(pattern, text):
            for category in categories:
                if re.fullmatch(title, plain(category.title)):
                    return category.id
    return None


def guess_others(criterion: Criterion) -> dict[str, int | None]:
    """What all values mean that are not named: with "German" and one other category, the other."""
    german = [each for each in criterion.categories if _ONE_OF_TWO.fullmatch(plain(each.title))]
    others = [each.id for each in criterion.categories if each not in german]
    return {OTHERS: others[0]} if len(german) == len(others) == 1 else {}
