"""What people have to do: each room says it about its own things, the page "my week" puts it together.

config.add_task_source("findings", load)
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pyramid.config import Configurator
from pyramid.request import Request

from fdplattform.web.tree import Resource


@dataclass(frozen=True, kw_only=True)
class Task:
    """Something to do. It is shown to who has `permission` on `place`."""

    #: What is to be done; translatable.
    title: Any
    #: With what: the title of the dialogue or event; None when it is about the municipality.
    about: Any = None
    #: The name of the municipality.
    municipality: str
    place: Resource
    #: The view of `place` where it is done, or the path to it; empty for its own page.
    view: str = ""
    permission: str
    #: The day until which it should be done; None when there is none.
    due: date | None = None


#: The tasks in these municipalities (ids), with a constant number of queries.
Load = Callable[[Request, Collection[int]], Iterable[Task]]


def tasks_in(request: Request, municipality_ids: Collection[int]) -> Sequence[Task]:
    """All tasks that the person may do in these municipalities: the earliest first, those without a day last."""
    if not municipality_ids:
        return []
    sources: dict[str, Load] = request.registry.task_sources
    found = [task for load in sources.values() for task in load(request, municipality_ids)]
    allowed = [task for task in found if request.has_permission(task.permission, task.place)]
    return sorted(allowed, key=lambda task: (task.due is None, task.due or date.max, task.municipality))


def add_task_source(config: Configurator, name: str, load: Load) -> None:
    """Directive: ask `load` what there is to do."""
    config.action(("task source", name), config.registry.task_sources.__setitem__, (name, load))


def includeme(config: Configurator) -> None:
    config.registry.task_sources = {}
    config.add_directive("add_task_source", add_task_source)
