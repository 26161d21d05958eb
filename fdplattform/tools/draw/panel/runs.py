"""A draw from its start until its record is public: start, stop, accept, withdraw, change the quotas as proposed.

The worker's part is `job`, what happens after a number was drawn is `seats`.
"""

import json
import secrets
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, undefer
from translationstring import TranslationString

from fdplattform.db.sql import insert_for
from fdplattform.errors import Conflict, DomainError
from fdplattform.jobs.services import enqueue
from fdplattform.tools.draw.criteria.services import LEAST_SEATS, criteria_of, locked_plan, plan_of, set_limits
from fdplattform.tools.draw.engine.canonical import digest, file_of
from fdplattform.tools.draw.engine.record import Record, described, public_version, quota_entry
from fdplattform.tools.draw.engine.result import Method
from fdplattform.tools.draw.panel.journal import Doing
from fdplattform.tools.draw.panel.messages import _
from fdplattform.tools.draw.panel.models import AT_WORK, Run, RunState
from fdplattform.tools.draw.panel.sources import Drawable, drawable
from fdplattform.tools.draw.replies.needs import cannot_always_come
from fdplattform.tools.draw.replies.services import willing

JOB = "draw:run"
#: From so many panels one is drawn by hand: three discs with the digits 0 to 9 are enough.
PANELS = 1000
#: Digits of a seed that nobody can guess.
_SEED_BITS = 128

OVER = _("This draw is over or was changed meanwhile. Look at the page again.")
_UNDER_WAY = _("A draw is already under way. Somebody else may have just started it.")


def active_run(session: Session, event_id: int) -> Run | None:
    """The event's draw that keeps others from beginning, or None."""
    return session.scalars(select(Run).where(Run.active_key == event_id)).one_or_none()


def runs_of(session: Session, event_id: int) -> list[Run]:
    """All draws of the event, the newest first, without their records."""
    return list(session.scalars(select(Run).where(Run.event_id == event_id).order_by(Run.id.desc())))


def source_of(session: Session, event_id: int, *, every_date: bool = False) -> Drawable:
    """From whom the event's panel would be drawn now; with `every_date` not from those who cannot come on every one."""
    size, people = plan_of(session, event_id).drawn_seats, willing(session, event_id)
    absent = cannot_always_come(session, event_id) if every_date else frozenset()
    present = [person for person in people if person.invitee_id not in absent]
    source = drawable(criteria_of(session, event_id), present, size)
    return replace(source, left_out=len(people) - len(present))


def basis_of(source: Drawable) -> str:
    """The fingerprint of quotas and people, and how many were left out."""
    pool = source.pool
    people = sorted((described(person) for person in pool.people), key=lambda person: str(person["id"]))
    return digest([[quota_entry(quota) for quota in pool.quotas], people, source.left_out])


def check_free(session: Session, event_id: int) -> None:
    """Raises Conflict when a draw of the event is under way."""
    if active_run(session, event_id) is not None:
        raise Conflict(_UNDER_WAY)


def start(session: Session, method: Method, seconds: int, doing: Doing, *, every_date: bool = False) -> Run:
    """Ask the worker for a lottery, with at most `seconds` to compute it; `every_date` as in `source_of`.

    Raises Conflict when a draw of the event is under way, DomainError when there is nobody to draw from.
    """
    event_id = doing.event.id
    if not source_of(session, event_id, every_date=every_date).pool.people:
        raise DomainError(_("Nobody is willing yet: there is nobody to draw from."))
    values = {
        "event_id": event_id,
        "active_key": event_id,
        "state": RunState.QUEUED,
        "method": method.value,
        "size": plan_of(session, event_id).drawn_seats,
        "panels": PANELS,
        "time_limit": seconds,
        "every_date": every_date,
        "seed": str(secrets.randbits(_SEED_BITS)),
        "progress": 0,
        "started_at": doing.now,
        "started_by": doing.actor.id,
    }
    statement = insert_for(session, Run).values(values).on_conflict_do_nothing(index_elements=["active_key"])
    run_id = session.scalar(statement.returning(Run.id))
    if run_id is None:
        raise Conflict(_UNDER_WAY)
    run = session.get_one(Run, run_id)
    run.job_id = enqueue(session, JOB, {"run": run_id}, dedup_key=f"draw-run-{run_id}", lane="long")
    doing.note(session, "draw:start")
    return run


def locked_run(session: Session, run_id: int, *states: RunState, message: TranslationString = OVER) -> Run:
    """The draw with its records, locked until the end of the transaction.

    Raises Conflict when it is in none of `states`.
    """
    query = select(Run).where(Run.id == run_id).options(undefer(Run.sealed), undefer(Run.public)).with_for_update()
    run = session.scalars(query, execution_options={"populate_existing": True}).one()
    if run.state not in states:
        raise Conflict(message)
    return run


def stop(session: Session, run: Run, doing: Doing) -> None:
    """Stop a draw that the worker has, or turn down the lottery that it offers. Raises Conflict."""
    run = locked_run(session, run.id, *AT_WORK, RunState.OFFERED)
    close(run, RunState.CANCELLED, doing.now)
    doing.note(session, "draw:cancel")


def accept(session: Session, run: Run, doing: Doing) -> None:
    """Commit to the lottery: its public record is published, and criteria can no longer be changed.

    Raises Conflict when answers or quotas have changed since it was computed.
    """
    run = locked_run(session, run.id, RunState.OFFERED)
    plan = locked_plan(session, run.event_id)
    if basis_of(source_of(session, run.event_id, every_date=run.every_date)) != run.basis:
        raise Conflict(
            _("Answers or quotas have changed since this lottery was computed. Turn it down and start again.")
        )
    record = sealed_record(run)
    run.state = RunState.COMMITTED
    run.public = text_of(public_version(record))
    run.commitment = record["commitment"]
    run.committed_at = plan.locked_at = doing.now
    doing.note(session, "draw:commit", public=True, beginning=record["commitment"][:16])


def withdraw(session: Session, run: Run, reason: str, doing: Doing) -> None:
    """Withdraw a published draw before a number is drawn; the record and the reason stay public. Raises Conflict."""
    run = locked_run(session, run.id, RunState.COMMITTED)
    close(run, RunState.WITHDRAWN, doing.now)
    run.withdrawal = reason
    locked_plan(session, run.event_id).locked_at = None
    doing.note(session, "draw:withdraw", public=True, reason=reason)


def proposal(run: Run) -> dict[str, Any] | None:
    """What an infeasible draw proposes, if a panel is left with it: of one person nobody can make one."""
    proposed = run.relaxation if run.state is RunState.INFEASIBLE else None
    return proposed if proposed is not None and proposed["size"] >= LEAST_SEATS else None


def relax(session: Session, run: Run, doing: Doing) -> None:
    """Change the quotas as an infeasible draw proposes. Raises Conflict when they have changed since."""
    run = locked_run(session, run.id, RunState.INFEASIBLE)
    proposed = proposal(run)
    if proposed is None or basis_of(source_of(session, run.event_id, every_date=run.every_date)) != run.basis:
        raise Conflict(_("Answers or quotas have changed since. Start the draw again."))
    limits = {category: (least, most) for category, least, most in proposed["limits"]}
    set_limits(session, doing.event, limits, actor=doing.actor)
    plan = locked_plan(session, run.event_id)
    plan.seats = proposed["size"] + plan.outside_seats
    run.relaxation = None
    doing.note(session, "draw:relax")


def close(run: Run, state: RunState, now: datetime) -> None:
    """End a draw: others may begin, and what only it needed is forgotten."""
    run.state = state
    run.active_key = None
    run.finished_at = run.finished_at or now
    unseal(run, now)


def unseal(run: Run, now: datetime) -> None:
    """Forget the sealed record, the seed with which it could be made again, and who is drawn almost surely."""
    run.sealed = run.seed = None
    run.unsealed_at = now
    if run.fairness is not None:
        run.fairness = {**run.fairness, "combinations": []}


def sealed_record(run: Run) -> Record:
    """The sealed record. Raises Conflict once it is deleted."""
    if run.sealed is None:
        raise Conflict(_("The sealed record is deleted: the period for replacements is over."))
    record: Record = json.loads(run.sealed)
    return record


def text_of(record: Record) -> str:
    """A record as it is kept and downloaded."""
    return file_of(record).decode()
