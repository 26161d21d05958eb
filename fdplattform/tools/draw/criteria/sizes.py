"""How many letters a panel takes. Guide values, never a condition: the advisor warns and shows other ways."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from math import ceil

from fdplattform.tools.draw.criteria.models import Plan

#: Willing people for each place: the panel, and as many again to choose from and to replace who falls ill. Our own
#: proposal; the guidance of the Beteiligungsportal Baden-Württemberg has 1,000 letters for 50 places.
POOL_PER_SEAT = 2
#: "Not more than 2 % of a municipality's residents" (the same guidance): small places cannot keep it.
GUIDE_PERCENT = 2.0
#: The share of people who say yes, in percent (the same guidance: 3 to 6).
RESPONSES = (3.0, 4.0, 5.0, 6.0)
#: The sizes of a council of the Vorarlberg kind.
PANELS = (12, 15, 20)


class Outlook(StrEnum):
    """What the number of willing people promises."""

    TOO_FEW = "too_few"
    TIGHT = "tight"
    GOOD = "good"


class Way(StrEnum):
    """In what an alternative differs."""

    AS_PLANNED = "as_planned"
    RESPONSE = "response"
    PANEL = "panel"
    GUIDE = "guide"


@dataclass(frozen=True, kw_only=True)
class Size:
    """A number of letters and what follows from it."""

    way: Way
    seats: int
    response_percent: float
    letters: int
    #: Residents of the municipality, None when nobody knows.
    population: int | None

    @property
    def willing(self) -> int:
        """How many will probably say yes."""
        return int(self.letters * self.response_percent / 100 + 1e-9)

    @property
    def percent(self) -> float | None:
        """The letters in percent of the residents."""
        return None if not self.population else 100 * self.letters / self.population

    @property
    def keeps_guide(self) -> bool:
        """True when not more people are written to than the guide value has it, or nobody can say."""
        return self.percent is None or self.percent <= GUIDE_PERCENT

    @property
    def outlook(self) -> Outlook:
        """Whether a panel can be drawn from the willing."""
        if self.willing < self.seats:
            return Outlook.TOO_FEW
        return Outlook.GOOD if self.willing >= POOL_PER_SEAT * self.seats else Outlook.TIGHT


@dataclass(frozen=True, kw_only=True)
class Advice:
    """The plan as it is, and the other ways."""

    planned: Size
    others: tuple[Size, ...]
    #: So many letters keep the guide value; None when the number of residents is unknown.
    guide: int | None

    @property
    def small_place(self) -> bool:
        """True when the guide value cannot be kept: it would not bring enough willing people."""
        return self.guide is not None and self.guide < letters_for(self.planned.seats, self.planned.response_percent)


def letters_for(seats: int, response_percent: float) -> int:
    """How many letters bring POOL_PER_SEAT willing people for each of `seats`."""
    return ceil(round(seats * POOL_PER_SEAT * 100 / response_percent, 6))


def advise(*, seats: int, response_percent: float, letters: int | None, population: int | None) -> Advice:
    """What to expect of `letters` (None: as many as it takes), and of other numbers of letters and places."""
    planned = Size(
        way=Way.AS_PLANNED,
        seats=seats,
        response_percent=response_percent,
        letters=letters or letters_for(seats, response_percent),
        population=population,
    )
    guide = None if not population else int(population * GUIDE_PERCENT / 100)
    return Advice(planned=planned, others=tuple(_others(planned, guide)), guide=guide)


def _others(planned: Size, guide: int | None) -> Iterator[Size]:
    def size(way: Way, seats: int, response: float, letters: int) -> Size:
        return Size(way=way, seats=seats, response_percent=response, letters=letters, population=planned.population)

    for response in RESPONSES:
        if response != planned.response_percent:
            yield size(Way.RESPONSE, planned.seats, response, letters_for(planned.seats, response))
    for seats in PANELS:
        if seats < planned.seats:
            response = planned.response_percent
            yield size(Way.PANEL, seats, response, letters_for(seats, response))
    if guide and guide != planned.letters:
        yield size(Way.GUIDE, planned.seats, planned.response_percent, guide)


def planned_letters(plan: Plan) -> int:
    """How many letters the plan means."""
    return plan.letters or letters_for(plan.drawn_seats, plan.response_percent)
