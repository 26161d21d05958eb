"""What is measured on one engine, and what has to come out."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from bench.data import Town, build
from bench.load import Result, alternate, measure, visit
from bench.registering import register
from bench.servers import Server, minimal, platform
from fdplattform.testing.databases import database

SECONDS = 4.0
FEW, MANY = 10, 1000
#: Asking for a language sets a cookie, and such an answer is never kept.
MADE_ANEW = "?lang=de"


@dataclass(frozen=True)
class Line:
    """A line of the table. `reached` is None where nothing was promised."""

    engine: str
    what: str
    value: str
    cpu: str = ""
    ratio: str = ""
    target: str = ""
    reached: bool | None = None


def engine_lines(engine: str, folder: Path) -> Iterator[Line]:
    """All measurements on one engine; about a minute."""
    with ExitStack() as stack:
        few, many, tiny = (stack.enter_context(database(engine, folder)) for _number in range(3))
        town = build(few, folder, dialogues=FEW)
        build(many, folder, dialogues=MANY)
        with platform(few, folder) as first:
            yield Line(engine, "first answer after an installation", f"{first.start:.1f} s")
        small = stack.enter_context(platform(few, folder))
        large = stack.enter_context(platform(many, folder))
        yardstick = stack.enter_context(minimal(tiny, folder))
        yield _start(engine, small)
        yield from _pages(engine, small, yardstick, town)
        yield from _growth(engine, small, large, town)
        yield _registration(engine, small, town)
        yield _memory(engine, [small, large])


def _start(engine: str, server: Server) -> Line:
    return Line(engine, "first answer after start", f"{server.start:.1f} s", "", "", "≤ 3 s", server.start <= 3)


def _pages(engine: str, server: Server, yardstick: Server, town: Town) -> Iterator[Line]:
    base = measure(yardstick, visit("/"), SECONDS)
    yield Line(engine, "minimal page, 20 rows", _rate(base), _cpu(base), "1.00")
    for name, path in (("event page", town.event), ("dialogue page", town.dialogue)):
        found = measure(server, visit(path), SECONDS)
        ratio = found.rate / base.rate
        reached = ratio >= 0.5 and found.cpu <= 5
        yield Line(engine, name, _rate(found), _cpu(found), f"{ratio:.2f}", "≥ 0.5 and ≤ 5 ms", reached)
        anew = measure(server, visit(path + MADE_ANEW), SECONDS)
        yield Line(engine, f"{name}, made anew", _rate(anew), _cpu(anew), f"{anew.rate / base.rate:.2f}")


def _growth(engine: str, small: Server, large: Server, town: Town) -> Iterator[Line]:
    for name, path in (("event page", town.event), ("dialogue page", town.dialogue), ("home page", "/")):
        few, many = alternate([small, large], path + MADE_ANEW, 150)
        yield Line(
            engine,
            f"{name}, {MANY:,} dialogues against {FEW}",
            f"{many:.1f} ms against {few:.1f} ms",
            "",
            f"{many / few:.2f}",
            "≤ 1.3",
            many / few <= 1.3,
        )


def _registration(engine: str, server: Server, town: Town) -> Line:
    found = measure(server, register(town.event), 2 * SECONDS)
    return Line(engine, "complete registration", _rate(found), _cpu(found), "", "≥ 60/s", found.rate >= 60)


def _memory(engine: str, servers: list[Server]) -> Line:
    largest = max(server.largest() for server in servers)
    return Line(engine, "memory of the largest process", f"{largest:.0f} MB", "", "", "≤ 150 MB", largest <= 150)


def _rate(result: Result) -> str:
    return f"{result.rate:.0f}/s"


def _cpu(result: Result) -> str:
    return f"{result.cpu:.2f} ms"
