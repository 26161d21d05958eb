"""Factories for tests: each makes one thing with sensible defaults, commits it and returns it."""

from itertools import count

from pyramid.registry import Registry
from sqlalchemy.orm import Session


class Make:
    """`make.municipality(name="Ostfildern")`; what is not said is filled in."""

    def __init__(self, session: Session, registry: Registry) -> None:
        self.session = session
        self.registry = registry
        self._numbers = count(1)
