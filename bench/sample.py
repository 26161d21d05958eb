"""`python -m bench.sample`: how long a sample out of a large register takes, and how much memory."""

import csv
import resource
import sys
from collections.abc import Sequence
from datetime import date
from io import TextIOWrapper
from tempfile import TemporaryFile
from time import perf_counter, process_time

from fdplattform.testing.registers import QUARTERS, TITLES, people
from fdplattform.tools.draw.criteria.models import Category, Criterion, Kind, Source
from fdplattform.tools.draw.register.columns import guess
from fdplattform.tools.draw.register.people import Interpreter, Questions
from fdplattform.tools.draw.register.tables import detect, titles
from fdplattform.tools.draw.register.work.reading import fetch, read_extract
from fdplattform.tools.draw.register.work.sampling import draw_sample, make_generator

ROWS = 200_000
LETTERS = 1000
#: What is allowed: seconds, and megabytes of the whole process.
TARGET, MEMORY = 10.0, 300


def criterion(
    number: int, title: str, kind: Kind, categories: Sequence[tuple[str, int | None, int | None]]
) -> Criterion:
    """A criterion as the database would hand it out."""
    made = Criterion(id=number, title=title, source=Source.REGISTER, kind=kind)
    made.categories = [
        Category(id=100 * number + place, title=name, age_from=first, age_to=last, weight=1.0)
        for place, (name, first, last) in enumerate(categories)
    ]
    return made


CRITERIA = (
    criterion(1, "Alter", Kind.AGE, [("jung", None, 29), ("30", 30, 44), ("45", 45, 64), ("65", 65, None)]),
    criterion(2, "Geschlecht", Kind.CATEGORY, [(name, None, None) for name in ("Frauen", "Männer", "Divers")]),
    criterion(3, "Ortsteil", Kind.CATEGORY, [(name, None, None) for name in QUARTERS]),
)


def main() -> int:
    """Returns 1 when a target was missed."""
    with TemporaryFile() as stream:
        text = TextIOWrapper(stream, encoding="utf-8", newline="")
        writer = csv.writer(text, delimiter=";")
        writer.writerow(TITLES)
        writer.writerows(people(ROWS))
        text.detach()
        begun, worked = perf_counter(), process_time()
        layout = detect(stream, "text/csv")
        columns = titles(stream, layout)
        questions = Questions(criteria=CRITERIA, least_age=16, quarters=(), today=date(2026, 11, 1), key=b"bench")
        interpreter = Interpreter(questions, guess(columns, CRITERIA), len(columns), {})
        reading = read_extract(stream, layout, interpreter)
        reading.problems.close()
        lines = reading.people.lines[draw_sample(reading.people, LETTERS, {}, make_generator())].tolist()
        drawn = sum(1 for _person in fetch(stream, layout, interpreter, lines))
        seconds, cpu = perf_counter() - begun, process_time() - worked
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print("| sample | time | CPU | target | memory | target |")
    print("|---|---|---|---|---|---|")
    print(f"| {drawn:,} of {ROWS:,} | {seconds:.1f} s | {cpu:.1f} s | {TARGET:.0f} s | {memory} MB | {MEMORY} MB |")
    return 0 if drawn == LETTERS and seconds <= TARGET and memory <= MEMORY else 1


if __name__ == "__main__":
    sys.exit(main())
