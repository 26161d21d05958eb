"""Facts about municipalities in lists: other rooms say, in one query for all rows, what is going on in each.

config.add_municipality_facts("dialogues", load_dialogue_facts)
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pyramid.config import Configurator
from pyramid.request import Request


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One line below a municipality's name in a list."""

    #: What it is about, e.g. "Dialogue".
    label: Any
    #: What is said: text, translatable, or a `translation.Text`.
    value: Any
    href: str | None = None


#: Returns the facts of each of the municipalities with these ids; needs a constant number of queries.
LoadFacts = Callable[[Request, Collection[int]], Mapping[int, Sequence[Fact]]]


def add_municipality_facts(config: Configurator, name: str, load: LoadFacts, *, order: int = 50) -> None:
    """Directive: ask `load` for facts wherever municipalities are listed."""
    config.action(("municipality facts", name), lambda: config.registry.municipality_facts.append((order, name, load)))


def load_facts(request: Request, municipality_ids: Collection[int]) -> dict[int, list[Fact]]:
    """The facts of the municipalities, those of every room, in the rooms' order."""
    found: dict[int, list[Fact]] = {key: [] for key in municipality_ids}
    if not found:
        return found
    for _order, _name, load in sorted(request.registry.municipality_facts, key=lambda entry: entry[:2]):
        for municipality_id, facts in load(request, municipality_ids).items():
            found[municipality_id].extend(facts)
    return found


def includeme(config: Configurator) -> None:
    config.registry.municipality_facts = []
    config.add_directive("add_municipality_facts", add_municipality_facts)
