"""`python -m bench`: measure, print the table; with `--write` also into `docs/betrieb/leistung.md`."""

import argparse
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bench.measures import Line, engine_lines
from bench.report import MARKDOWN, heading, row, write
from fdplattform.testing.databases import BACKENDS


def main(arguments: Sequence[str] | None = None) -> int:
    """Returns 1 when a target was missed."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--engine", choices=BACKENDS, help="measure on one engine only")
    parser.add_argument("--write", action="store_true", help=f"write the table into {MARKDOWN}")
    options = parser.parse_args(arguments)
    lines: list[Line] = []
    load = os.getloadavg()[0]
    print(heading())
    for engine in (options.engine,) if options.engine else BACKENDS:
        with tempfile.TemporaryDirectory(prefix="fdplattform-bench-") as folder:
            for line in engine_lines(engine, Path(folder)):
                print(row(line), flush=True)
                lines.append(line)
    if options.write:
        write(lines, load)
    return 1 if any(line.reached is False for line in lines) else 0


if __name__ == "__main__":
    sys.exit(main())
