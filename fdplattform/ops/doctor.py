"""The doctor: looks for what will go wrong and says how to mend it, before anybody suffers from it.

A room or plugin adds its own look with `config.add_doctor_check(name, check)`.
"""

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from pyramid.config import Configurator
from pyramid.registry import Registry

log = logging.getLogger(__name__)


class Level(StrEnum):
    """How bad it is. Only `error` makes `fdplattform doctor` fail."""

    OK = "ok"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at; `mend` says what to do about it."""

    level: Level
    message: str
    mend: str = ""


#: Looks at one subject. Yields a finding for each thing it looked at; raising counts as an error.
Check = Callable[[Registry], Iterable[Finding]]


def ok(message: str) -> Finding:
    """All is well."""
    return Finding(Level.OK, message)


def warning(message: str, mend: str) -> Finding:
    """Works, but somebody should look at it."""
    return Finding(Level.WARNING, message, mend)


def error(message: str, mend: str) -> Finding:
    """Does not work."""
    return Finding(Level.ERROR, message, mend)


def examine(registry: Registry) -> Iterator[tuple[str, Finding]]:
    """Every check's findings, with the check's name."""
    for name, check in registry.doctor_checks.items():
        try:
            findings = list(check(registry))
        except Exception as fault:
            log.debug("doctor check %s failed", name, exc_info=True)
            findings = [error(f"could not look: {type(fault).__name__}: {fault}", "mend what was named before this")]
        yield from ((name, finding) for finding in findings)


def add_doctor_check(config: Configurator, name: str, check: Check) -> None:
    """Directive: let `fdplattform doctor` call `check(registry)`, in the order in which checks were added."""

    def register() -> None:
        config.registry.doctor_checks[name] = check

    config.action(("doctor check", name), register)


def includeme(config: Configurator) -> None:
    config.registry.doctor_checks = {}
    config.add_directive("add_doctor_check", add_doctor_check)
    config.include("fdplattform.ops.checks")
