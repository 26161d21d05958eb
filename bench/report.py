"""The table, on the screen and in the documentation."""

import os
import platform
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from bench.measures import Line

MARKDOWN = Path("docs/betrieb/leistung.md")
BEGIN, END = "<!-- bench: begin -->", "<!-- bench: end -->"
COLUMNS = ("engine", "what", "measured", "CPU", "ratio", "target", "reached")
WIDTHS = (10, 46, 22, 9, 6, 17, 7)


def heading() -> str:
    """The first line on the screen."""
    return _padded(COLUMNS)


def row(line: Line) -> str:
    """A line on the screen."""
    return _padded(_cells(line))


def write(lines: Iterable[Line], load: float) -> None:
    """Replace the table in MARKDOWN by a new one. `load`: how many processes wanted a CPU before the bench began."""
    text = MARKDOWN.read_text("utf-8")
    before, rest = text.split(BEGIN)
    after = rest.split(END)[1]
    rows = [COLUMNS, ("---",) * len(COLUMNS), *(_cells(line) for line in lines)]
    table = "\n".join("| " + " | ".join(cells) + " |" for cells in rows)
    machine = (
        f"{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} CPUs, Python {platform.python_version()}, "
        f"load {load:.1f} before it began"
    )
    MARKDOWN.write_text(f"{before}{BEGIN}\n{machine}:\n\n{table}\n{END}{after}", "utf-8")


def _cells(line: Line) -> tuple[str, ...]:
    reached = {None: "", True: "yes", False: "NO"}[line.reached]
    return (line.engine, line.what, line.value, line.cpu, line.ratio, line.target, reached)


def _padded(cells: tuple[str, ...]) -> str:
    return "  ".join(cell.ljust(width) for cell, width in zip(cells, WIDTHS, strict=True)).rstrip()
