"""Age bands: whether every age belongs to exactly one."""

from collections.abc import Sequence
from itertools import pairwise

from translationstring import TranslationString

from fdplattform.tools.draw.criteria.messages import _

#: Both ends belong to the band; None is open.
Band = tuple[int | None, int | None]

#: Nobody in a register is older.
OLDEST = 130


def fault_of_bands(bands: Sequence[Band], least_age: int) -> TranslationString | None:
    """Why the bands do not hold everybody of `least_age` or more exactly once, or None."""
    closed = sorted(_closed(band) for band in bands)
    if any(last < first for first, last in closed):
        return _("An age band ends before it begins.")
    for (_first, last), (following, _last) in pairwise(closed):
        if following <= last:
            return _("Age ${age} belongs to two categories.", mapping={"age": following})
        if following > last + 1:
            return _missing(last + 1, following - 1)
    if closed[0][0] > least_age:
        return _missing(least_age, closed[0][0] - 1)
    if closed[-1][1] < OLDEST:
        return _(
            "Nobody older than ${age} belongs to a category. Leave “to” empty in the last one.",
            mapping={"age": closed[-1][1]},
        )
    return None


def band_of(age: int, bands: Sequence[Band]) -> int | None:
    """The number (from 0) of the band to which `age` belongs, or None."""
    for number, band in enumerate(bands):
        first, last = _closed(band)
        if first <= age <= last:
            return number
    return None


def _closed(band: Band) -> tuple[int, int]:
    first, last = band
    return (0 if first is None else first, OLDEST if last is None else last)


def _missing(first: int, last: int) -> TranslationString:
    if first == last:
        return _("Age ${age} belongs to no category.", mapping={"age": first})
    return _("Ages ${first} to ${last} belong to no category.", mapping={"first": first, "last": last})
