"""The worker makes letters: file by file, each in a transaction of its own, so that a killed one goes on where it was.

What is made next follows from whom the run has no letter for yet. So nothing is made twice, and nobody is left out.
"""

import io
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from fdplattform.events.models import Event
from fdplattform.files.kinds import PDF
from fdplattform.files.services import store
from fdplattform.jobs.registry import GiveUp, JobContext
from fdplattform.tools.letters.composing import Occasion, compose, load_occasion
from fdplattform.tools.letters.kinds import Recipient
from fdplattform.tools.letters.lookup import files_of, keys_in
from fdplattform.tools.letters.models import AT_WORK, LetterFile, LetterItem, LetterRun, RunState
from fdplattform.tools.letters.offered import kind_at
from fdplattform.tools.letters.rendering import make_pdf, pdf_possible
from fdplattform.tools.letters.runs import OWNER, audience_of, check_complete

LETTERS_PER_FILE = 500
MAX_FILE = 200 * 1024 * 1024


class Stopped(Exception):
    """Somebody discarded the letters meanwhile."""


@dataclass(frozen=True)
class Batch:
    """The letters of the next file."""

    number: int
    occasion: Occasion
    people: list[Recipient]
    done: int
    total: int


def make_letters(context: JobContext, payload: dict[str, Any]) -> None:
    """The job: make what the run `payload["run"]` has not made yet."""
    run_id = int(payload["run"])
    while (batch := _next(context, run_id)) is not None:
        try:
            content = _render(context, run_id, batch)
        except Stopped:
            return
        with context.transaction() as session:
            _keep(session, context, run_id, batch, content)


def _next(context: JobContext, run_id: int) -> Batch | None:
    """The people for the next file; None when the run is over, and then it is noted."""
    with context.transaction() as session:
        run = _at_work(session, run_id)
        if run is None:
            return None
        kind = kind_at(context.registry, session.get_one(Event, run.event_id), run.kind)
        if kind is None:
            raise GiveUp(f"nobody here knows letters of kind {run.kind}")
        run.state = RunState.RUNNING
        occasion = load_occasion(session, context.registry, run.event_id, kind, context.now)
        made = keys_in(session, run_id)
        missing = [one for one in audience_of(session, occasion.event, kind).ready if one.key not in made]
        run.total = run.done + len(missing)
        if not missing:
            run.state, run.finished_at = RunState.DONE, context.now
            return None
        # Somebody may have deleted meanwhile what the text names. The job is tried again; the page of the run says why.
        check_complete(occasion)
        taken = {file.number for file in files_of(session, run_id)}
        number = next(number for number in range(1, len(taken) + 2) if number not in taken)
        return Batch(number, occasion, missing[:LETTERS_PER_FILE], run.done, run.total)


def _at_work(session: Session, run_id: int) -> LetterRun | None:
    """The run, locked, as long as there is something to do for it."""
    run = session.get(LetterRun, run_id, with_for_update=True)
    return run if run is not None and run.state in AT_WORK else None


def _render(context: JobContext, run_id: int, batch: Batch) -> bytes | None:
    """The PDF; None where none can be made and pages are printed instead."""
    if not pdf_possible():
        return None

    def after(letters: int) -> None:
        with context.registry.sessions() as session:
            run = session.get(LetterRun, run_id)
            if run is None or run.state not in AT_WORK:
                raise Stopped
        context.progress(100 * (batch.done + letters) // batch.total)

    return make_pdf([compose(batch.occasion, person) for person in batch.people], after)


def _keep(session: Session, context: JobContext, run_id: int, batch: Batch, content: bytes | None) -> None:
    """Store a file. Dropped when it is out of date: the next round makes what is missing then."""
    run = _at_work(session, run_id)
    if run is None or not _still_wanted(session, run_id, batch):
        return
    file = LetterFile(run_id=run_id, number=batch.number, letters=len(batch.people), made_at=context.now)
    if content is not None:
        kind = batch.occasion.kind.id
        file.file_id = store(
            session,
            io.BytesIO(content),
            name=f"briefe-{kind}-{run_id}-{batch.number:02d}.pdf",
            owner_type=OWNER,
            owner_id=run_id,
            kinds=(PDF,),
            max_size=MAX_FILE,
        ).id
    session.add(file)
    session.flush()
    session.add_all(LetterItem(run_id=run_id, key=person.key, number=batch.number) for person in batch.people)
    run.done += len(batch.people)


def _still_wanted(session: Session, run_id: int, batch: Batch) -> bool:
    """False when another worker made these letters, or somebody's data was deleted, while they were laid out."""
    keys = {person.key for person in batch.people}
    occasion = batch.occasion
    known = {person.key for person in occasion.kind.recipients(session, occasion.event)}
    number_is_free = session.get(LetterFile, (run_id, batch.number)) is None
    return number_is_free and keys <= known and not keys & keys_in(session, run_id)
