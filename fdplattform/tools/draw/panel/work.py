"""The worker's part of a draw: computing the lottery, outside of any transaction.

A worker that dies leaves the draw as it is; the next one begins anew with the same seed. Whoever is late finds the draw
in another state and changes nothing: there is one result.
"""

from time import monotonic
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from fdplattform.db.sql import affected
from fdplattform.events.models import Event
from fdplattform.jobs.registry import JobContext
from fdplattform.journal.services import SYSTEM
from fdplattform.tools.draw.engine.errors import DrawError
from fdplattform.tools.draw.engine.infeasible import Infeasible
from fdplattform.tools.draw.engine.lottery import draw
from fdplattform.tools.draw.engine.record import make_record
from fdplattform.tools.draw.engine.result import Lottery, Method
from fdplattform.tools.draw.engine.watch import Step, Watch
from fdplattform.tools.draw.panel.fairness import figures
from fdplattform.tools.draw.panel.journal import Doing
from fdplattform.tools.draw.panel.models import AT_WORK, Run, RunState
from fdplattform.tools.draw.panel.runs import basis_of, close, source_of, text_of
from fdplattform.tools.draw.panel.sources import Drawable
from fdplattform.tools.draw.panel.words import stored

#: Seconds between two notes of the progress.
_NOTE_EVERY = 1.0


class _Over(Exception):
    """The draw was stopped, or another worker finished it."""


def run_draw(context: JobContext, payload: dict[str, Any]) -> None:
    """Compute the lottery of a draw and offer it."""
    try:
        run, source = _begin(context, payload["run"])
        try:
            lottery = _compute(context, run, source)
        except DrawError as fault:
            _fail(context, run.id, fault, source)
        else:
            _offer(context, run.id, lottery, source)
    except _Over:
        return


def _compute(context: JobContext, run: Run, source: Drawable) -> Lottery:
    watch = Watch(run.time_limit, _Notes(context, run.id))
    seed, method = int(run.seed or 0), Method(run.method)
    return draw(source.pool, run.size, seed=seed, method=method, panels=run.panels, watch=watch)


def _begin(context: JobContext, run_id: int) -> tuple[Run, Drawable]:
    with context.transaction() as session:
        run = _still_wanted(session, run_id)
        source = source_of(session, run.event_id, every_date=run.every_date)
        run.state = RunState.RUNNING
        run.basis = basis_of(source)
        session.flush()
        session.expunge(run)
    return run, source


def _still_wanted(session: Session, run_id: int) -> Run:
    run = session.scalars(select(Run).where(Run.id == run_id).with_for_update()).one_or_none()
    if run is None or run.state not in AT_WORK:
        raise _Over
    return run


def _offer(context: JobContext, run_id: int, lottery: Lottery, source: Drawable) -> None:
    record = make_record(lottery, excluded=source.excluded)
    text, fairness = text_of(record), figures(lottery, record)
    with context.transaction() as session:
        run = _still_wanted(session, run_id)
        run.state = RunState.OFFERED
        run.outcome = lottery.outcome.value
        run.sealed, run.fairness = text, fairness
        run.progress, run.finished_at = 100, context.now
        _doing(session, run, context).note(session, "draw:offer")


def _fail(context: JobContext, run_id: int, fault: DrawError, source: Drawable) -> None:
    with context.transaction() as session:
        run = _still_wanted(session, run_id)
        close(run, RunState.INFEASIBLE if isinstance(fault, Infeasible) else RunState.FAILED, context.now)
        run.reason = [stored(sentence) for sentence in fault.reasons]
        if isinstance(fault, Infeasible):
            run.relaxation = _proposal(fault, source)
        _doing(session, run, context).note(session, "draw:fail")


def _proposal(fault: Infeasible, source: Drawable) -> dict[str, Any]:
    places = {(quota.feature, quota.value): place for place, quota in enumerate(source.pool.quotas)}
    return {
        "size": fault.relaxation.size,
        "steps": [stored(step) for step in fault.steps],
        "limits": [
            [category, quota.minimum, quota.maximum]
            for quota in fault.relaxation.changes
            if (category := source.categories[places[quota.feature, quota.value]]) is not None
        ],
    }


def _doing(session: Session, run: Run, context: JobContext) -> Doing:
    return Doing(event=session.get_one(Event, run.event_id), actor=SYSTEM, now=context.now)


class _Notes:
    """Notes the progress now and then, and notices when the draw was stopped."""

    def __init__(self, context: JobContext, run_id: int) -> None:
        self.context, self.run_id = context, run_id
        self.last = monotonic()

    def __call__(self, step: Step, share: float) -> None:
        """Raises _Over when nobody waits for the result."""
        if monotonic() - self.last < _NOTE_EVERY:
            return
        with self.context.transaction() as session:
            waiting = update(Run).where(Run.id == self.run_id, Run.state == RunState.RUNNING)
            if not affected(session, waiting.values(step=step.value, progress=int(share * 100))):
                raise _Over
        self.last = monotonic()
