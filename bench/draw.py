"""`python -m bench.draw`: how long a draw takes, on pools with households.

With `--peer PYTHON` the same pools are given to `sortition-algorithms`, which that interpreter must have.
"""

import argparse
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from time import perf_counter, process_time

from fdplattform.tools.draw.engine.exact import EXACT, exact_mixture
from fdplattform.tools.draw.engine.lottery import draw
from fdplattform.tools.draw.engine.pool import Person, Pool, Quota
from fdplattform.tools.draw.engine.reading import read_pool

POOLS = Path(__file__).parent / "pools"
PEER = Path(__file__).parent / "draw_peer.py"
PANELS = 1000
#: The pool whose fairest chances are also mixed without rounding, and the seconds that may take.
MIXED, MIXED_TARGET = "1500-40-big", 40.0


@dataclass(frozen=True)
class Case:
    """A pool to draw from, and the seconds that it may take."""

    name: str
    pool: Pool
    size: int
    target: float
    folder: Path | None = None


def cases() -> Iterator[Case]:
    """The pools that are measured."""
    for name, size, target in (("250-15-small", 15, 1.0), ("1500-40-big", 40, 10.0)):
        folder = POOLS / name
        yield Case(name, read_pool(folder / "features.csv", folder / "respondents.csv"), size, target, folder)
    yield Case("5000-60, 6 features", made_up_pool(5000, 60, 6), 60, 60.0)


def made_up_pool(people: int, size: int, features: int) -> Pool:
    """People who replied unevenly, in households of about two, and quotas around the shares of the population."""
    random = Random(1)
    shares = [
        (f"feature {number}", [1.0 / (2 + value) for value in range(3 + number % 4)]) for number in range(features)
    ]
    rows = [
        [random.choices(range(len(odds)), [x ** random.uniform(0.5, 1.5) for x in odds])[0] for _, odds in shares]
        for _ in range(people)
    ]
    quotas = [
        Quota(name, str(value), int(size * odd / sum(odds)), int(size * odd / sum(odds)) + 2)
        for name, odds in shares
        for value, odd in enumerate(odds)
    ]
    homes = [f"h{random.randrange(people * 2 // 3)}" for _ in range(people)]
    return Pool(
        tuple(quotas),
        tuple(Person(f"p{n}", tuple(map(str, row)), homes[n]) for n, row in enumerate(rows)),
    )


def measure(case: Case) -> tuple[float, str]:
    """Seconds of one draw, and a line of the table."""
    begun, worked = perf_counter(), process_time()
    lottery = draw(case.pool, case.size, seed=1, panels=PANELS)
    seconds, cpu = perf_counter() - begun, process_time() - worked
    line = (
        f"| {case.name} | {seconds:.1f} s | {cpu:.1f} s | {case.target:.0f} s | {lottery.outcome.value} | "
        f"{min(lottery.counts)} | {min(lottery.fairest or (0.0,)) * PANELS:.1f} | {lottery.largest_deviation:.5f} |"
    )
    return seconds, line


def measure_mixture(case: Case) -> tuple[float, str]:
    """Seconds until the exact mixture is there, and a line of the table. Infinite when it is not exact."""
    begun, worked = perf_counter(), process_time()
    mixture = exact_mixture(case.pool, case.size)
    seconds, cpu = perf_counter() - begun, process_time() - worked
    line = (
        f"| {case.name}, exact mixture of {len(mixture.panels)} panels | {seconds:.1f} s | {cpu:.1f} s | "
        f"{MIXED_TARGET:.0f} s | exact | | {min(mixture.fairest) * PANELS:.1f} | {mixture.deviation:.0e} |"
    )
    return seconds if mixture.deviation <= EXACT else float("inf"), line


def measure_peer(python: str, case: Case) -> str:
    """The same pool with the peer's maximin."""
    answer = subprocess.run(
        [python, str(PEER), str(case.folder), str(case.size), str(PANELS)], check=True, capture_output=True, text=True
    )
    figures = json.loads(answer.stdout.splitlines()[-1])
    times = f"{figures['seconds']:.1f} s | {figures['cpu']:.1f} s"
    return f"| {case.name}, peer | {times} | | maximin | {figures['least']} | | |"


def main() -> int:
    """Returns 1 when a target was missed."""
    parser = argparse.ArgumentParser(prog="python -m bench.draw", description=__doc__)
    parser.add_argument("--peer", metavar="PYTHON", help="an interpreter that has sortition-algorithms")
    options = parser.parse_args()
    print(f"| pool | time | CPU | target | outcome | least drawn of {PANELS} | at most | largest deviation |")
    print("|---|---|---|---|---|---|---|---|")
    missed = False
    for case in cases():
        seconds, line = measure(case)
        missed = missed or seconds > case.target
        print(line, flush=True)
        if case.name == MIXED:
            seconds, line = measure_mixture(case)
            missed = missed or seconds > MIXED_TARGET
            print(line, flush=True)
        if options.peer and case.folder:
            print(measure_peer(options.peer, case), flush=True)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
