"""Let everybody in a class sit in equally many panels, where choosing one person after the other did not get there."""

from collections import defaultdict

from fdplattform.tools.draw.engine.classes import Classes
from fdplattform.tools.draw.engine.pool import Pool

#: Exchanges that gain nothing by themselves may open the way for one that does; so many for each member of a class.
_DETOURS = 4


def even_out(pool: Pool, classes: Classes, panels: list[list[int]]) -> None:
    """Exchange people between panels, in place, until nobody sits two times more often than another of the class."""
    desk = _Desk(pool, classes, panels)
    for _ in range(2):
        for members in classes.members:
            detours = _DETOURS * len(members)
            while detours:
                gain = desk.improve(members)
                if gain is None:
                    break
                detours -= gain == 0


class _Desk:
    """Who sits where. Households of one composition are alike, so on each panel any two may change roles."""

    def __init__(self, pool: Pool, classes: Classes, panels: list[list[int]]) -> None:
        self.panels = panels
        self.household_of = pool.household_of
        self.class_of = {person: place for place, members in enumerate(classes.members) for person in members}
        self.home: dict[str, list[int]] = defaultdict(list)
        for person, household in enumerate(pool.household_of):
            self.home[household].append(person)
        self.where: dict[int, set[int]] = {person: set() for person in self.class_of}
        for number, panel in enumerate(panels):
            for person in panel:
                self.where[person].add(number)

    def improve(self, members: tuple[int, ...]) -> int | None:
        """Let the least seated member take a seat of the most seated one. Returns how much evener it gets (0 for a
        detour), None when there is nothing to do or no way."""
        most = max(members, key=lambda person: len(self.where[person]))
        least = min(members, key=lambda person: len(self.where[person]))
        if len(self.where[most]) - len(self.where[least]) < 2:
            return None
        best: tuple[int, int, list[tuple[int, int]]] | None = None
        for number in sorted(self.where[most] - self.where[least]):
            moves = [(most, least), *self._answer(number, most, least)]
            gain = sum(2 * (len(self.where[leaves]) - len(self.where[joins]) - 1) for leaves, joins in moves)
            if gain >= 0 and (best is None or gain > best[0]):
                best = (gain, number, moves)
                if len(moves) == 1:
                    break
        if best is None:
            return None
        gain, number, moves = best
        for leaves, joins in moves:
            panel = self.panels[number]
            panel[panel.index(leaves)] = joins
            self.where[leaves].remove(number)
            self.where[joins].add(number)
        return gain

    def _answer(self, number: int, most: int, least: int) -> list[tuple[int, int]]:
        """Whoever sits there from the household of `least` leaves for an equal from the household of `most`."""
        if self.household_of[most] == self.household_of[least]:
            return []
        for person in self.home[self.household_of[least]]:
            if number in self.where[person]:
                equals = [p for p in self.home[self.household_of[most]] if self.class_of[p] == self.class_of[person]]
                return [(person, min(equals, key=lambda p: len(self.where[p])))]
        return []
