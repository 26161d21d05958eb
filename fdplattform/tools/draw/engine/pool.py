"""Who can be drawn, and what a panel must look like."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Quota:
    """How many members of a panel have `value` for `feature`: at least `minimum`, at most `maximum`."""

    feature: str
    value: str
    minimum: int
    maximum: int

    @property
    def title(self) -> str:
        """For sentences: „alter: 75+“."""
        return f"„{self.feature}: {self.value}“"


@dataclass(frozen=True)
class Person:
    """Somebody who can be drawn. `values` are in the order of the pool's features; people who share a
    `household` never sit on one panel; None lives alone."""

    id: str
    values: tuple[str, ...]
    household: str | None = None


@dataclass(frozen=True)
class Pool:
    """Everybody who can be drawn, and the quotas. Each value that a person has must have a quota."""

    quotas: tuple[Quota, ...]
    people: tuple[Person, ...]

    @cached_property
    def features(self) -> tuple[str, ...]:
        """The names of the features, each once, in the order of the quotas."""
        return tuple(dict.fromkeys(quota.feature for quota in self.quotas))

    @cached_property
    def quotas_of(self) -> tuple[tuple[int, ...], ...]:
        """For each person the positions of the quotas that count them."""
        position = {(quota.feature, quota.value): number for number, quota in enumerate(self.quotas)}
        return tuple(
            tuple(position[pair] for pair in zip(self.features, person.values, strict=True)) for person in self.people
        )

    @cached_property
    def household_of(self) -> tuple[str, ...]:
        """For each person a name of the household, also for those who live alone."""
        return tuple(
            f"alone {number}" if person.household is None else f"household {person.household}"
            for number, person in enumerate(self.people)
        )

    @property
    def has_households(self) -> bool:
        """Whether it is known who lives with whom."""
        return any(person.household is not None for person in self.people)

    def faults(self, panel: Iterable[int], size: int) -> list[str]:
        """What is wrong with a panel (positions of people); an empty list for a good one."""
        members = list(panel)
        faults = [] if len(members) == size else [f"{len(members)} Personen statt {size}"]
        if len(set(members)) < len(members):
            faults.append("jemand ist doppelt")
        counts = Counter(quota for person in members for quota in self.quotas_of[person])
        faults += [
            f"{quota.title}: {counts[number]} statt {quota.minimum} bis {quota.maximum}"
            for number, quota in enumerate(self.quotas)
            if not quota.minimum <= counts[number] <= quota.maximum
        ]
        if len({self.household_of[person] for person in members}) < len(set(members)):
            faults.append("zwei Personen aus einem Haushalt")
        return faults
