"""What the worker does with an extract: read it, draw from it. Killed in the middle, it begins anew; nothing is double,
because the result is written in one transaction, and only while the extract waits for this very job.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from os import SEEK_END
from typing import IO, Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from fdplattform.jobs.registry import JobContext
from fdplattform.tools.draw.criteria.services import locked_plan
from fdplattform.tools.draw.register import services
from fdplattform.tools.draw.register.columns import register_criteria
from fdplattform.tools.draw.register.faults import Unreadable
from fdplattform.tools.draw.register.models import Extract, ExtractState
from fdplattform.tools.draw.register.people import Address, Candidate, Interpreter, Questions
from fdplattform.tools.draw.register.stored import copied
from fdplattform.tools.draw.register.tables import Layout
from fdplattform.tools.draw.register.work.reading import fetch, read_extract
from fdplattform.tools.draw.register.work.results import invite, note_reading, written_to
from fdplattform.tools.draw.register.work.sampling import draw_sample, make_generator

#: Reading is most of the work of a sample.
_READING_SHARE = 80


@dataclass(frozen=True, kw_only=True)
class Work:
    """An extract as a job found it."""

    extract_id: int
    event_id: int
    file_id: int
    layout: Layout
    width: int
    mapping: dict[str, int]
    meanings: dict[str, dict[str, int | None]]
    questions: Questions
    size: int

    def interpreter(self) -> Interpreter:
        """A reader of rows."""
        return Interpreter(self.questions, self.mapping, self.width, self.meanings)


def read(context: JobContext, payload: dict[str, Any]) -> None:
    """Job: read the extract, note what it holds and what is wrong with it."""
    work = _begin(context, payload, ExtractState.READING)
    if work is None:
        return
    with _opened(context, work, share=99) as (stream, progress):
        try:
            reading = read_extract(stream, work.layout, work.interpreter(), progress)
        except Unreadable as fault:
            _fail(context, work, ExtractState.READING, ExtractState.UPLOADED, fault)
            return
    try:
        with context.transaction() as session:
            extract = _mine(session, context, work, ExtractState.READING)
            if extract is not None:
                note_reading(session, extract, work.questions, reading)
    finally:
        reading.problems.close()


def sample(context: JobContext, payload: dict[str, Any]) -> None:
    """Job: draw by lot to whom letters go, and delete the extract."""
    work = _begin(context, payload, ExtractState.SAMPLING)
    if work is None:
        return
    with _opened(context, work, share=_READING_SHARE) as (stream, progress):
        try:
            chosen = _choose(context, work, stream, progress)
        except Unreadable as fault:
            _fail(context, work, ExtractState.SAMPLING, ExtractState.READ, fault)
            return
    with context.transaction() as session:
        extract = _mine(session, context, work, ExtractState.SAMPLING)
        if extract is not None:
            invite(session, extract, work.questions, chosen, now=context.now)


def _begin(context: JobContext, payload: dict[str, Any], state: ExtractState) -> Work | None:
    with context.registry.sessions() as session:
        extract = session.get(Extract, payload.get("extract", 0))
        if extract is None or extract.state is not state or extract.job_id != context.job_id or not extract.file_id:
            return None
        today = context.now.astimezone(ZoneInfo(context.settings.time_zone)).date()
        return Work(
            extract_id=extract.id,
            event_id=extract.event_id,
            file_id=extract.file_id,
            layout=services.layout_of(extract),
            width=len(extract.columns),
            mapping=extract.mapping,
            meanings=extract.meanings,
            questions=services.questions_of(session, extract.event_id, today=today, secret=context.settings.secret),
            size=extract.size or 0,
        )


@contextmanager
def _opened(context: JobContext, work: Work, share: int) -> Iterator[tuple[IO[bytes], Callable[[int], None]]]:
    """The file, in one that has no name and is gone with the worker; and what tells progress, up to `share` percent."""
    with context.registry.sessions() as session:
        stream = copied(session, work.file_id, context.settings.var)
    with stream:
        length, told = max(stream.seek(0, SEEK_END), 1), [0]

        def progress(_rows: int) -> None:
            percent = share * stream.tell() // length
            # Each report is a transaction.
            if percent >= told[0] + 5:
                told[0] = percent
                context.progress(percent)

        yield stream, progress


def _mine(session: Session, context: JobContext, work: Work, state: ExtractState) -> Extract | None:
    """The extract, locked, if it still waits for this job."""
    locked_plan(session, work.event_id)
    extract = session.get(Extract, work.extract_id)
    return extract if extract is not None and extract.state is state and extract.job_id == context.job_id else None


def _fail(context: JobContext, work: Work, state: ExtractState, back: ExtractState, fault: Unreadable) -> None:
    with context.transaction() as session:
        extract = _mine(session, context, work, state)
        if extract is not None:
            extract.state, extract.failure = back, {"code": fault.code, **fault.values}


def _choose(
    context: JobContext, work: Work, stream: IO[bytes], progress: Callable[[int], None]
) -> list[tuple[Address, Candidate]]:
    """The people drawn, in an order made by lot."""
    reading = read_extract(stream, work.layout, work.interpreter(), progress)
    reading.problems.close()
    with context.registry.sessions() as session:
        persons, households = written_to(session, work.event_id)
    people = reading.people.without(persons, households)
    weights = {
        category.id: category.weight
        for criterion in register_criteria(work.questions.criteria)
        for category in criterion.categories
    }
    lines = people.lines[draw_sample(people, work.size, weights, make_generator())].tolist()
    if not lines:
        raise Unreadable("nobody")
    found = {line: (address, one) for line, address, one in fetch(stream, work.layout, work.interpreter(), lines)}
    return [found[line] for line in lines]
