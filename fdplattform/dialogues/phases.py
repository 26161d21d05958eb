"""The phases of a dialogue: their dates, their order, and where they overlap."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from fdplattform.dialogues.models import Dialogue, Phase, PhaseStatus
from fdplattform.dialogues.services import check_order
from fdplattform.errors import check_version
from fdplattform.journal.services import Actor, record


@dataclass(frozen=True, kw_only=True)
class PhasePlan:
    """What people decide about a phase."""

    starts_on: date | None
    ends_on: date | None
    status: PhaseStatus
    note: str | None


@dataclass(frozen=True)
class Overlap:
    """Two phases that share at least one day, from `first` to `last`. Legal, but worth a look."""

    one: Phase
    other: Phase
    first: date
    last: date


def phases_of(session: Session, dialogue_id: int) -> Sequence[Phase]:
    """The phases of a dialogue in their order."""
    return session.scalars(select(Phase).where(Phase.dialogue_id == dialogue_id).order_by(Phase.position)).all()


def edit_phase(
    session: Session, dialogue: Dialogue, phase: Phase, plan: PhasePlan, *, version: int, actor: Actor
) -> None:
    """Change dates, status or note of a phase. A phase may last one day or have no dates yet.

    Raises StaleVersion, and DomainError when the end comes before the start.
    """
    check_version(phase, version)
    check_order(plan.starts_on, plan.ends_on)
    before = _facts(phase)
    phase.starts_on, phase.ends_on = plan.starts_on, plan.ends_on
    phase.status, phase.note = plan.status, plan.note
    after = _facts(phase)
    if after != before:
        changes = {key: [before[key], after[key]] for key in after if before[key] != after[key]}
        _record(session, "phase:edit", dialogue, phase, actor, {"changes": changes})


def move_phase(session: Session, dialogue: Dialogue, phase: Phase, steps: int, *, actor: Actor) -> None:
    """Let the phase come earlier (negative) or later by `steps`; at either end it stays where it is."""
    phases = list(phases_of(session, dialogue.id))
    here = phases.index(phase)
    there = min(max(here + steps, 0), len(phases) - 1)
    if there == here:
        return
    phases.insert(there, phases.pop(here))
    for position, each in enumerate(phases, start=1):
        each.position = position
    _record(session, "phase:move", dialogue, phase, actor, {"from": here + 1, "to": there + 1})


def overlaps(phases: Sequence[Phase]) -> list[Overlap]:
    """Every pair of phases that share a day, in the phases' order. Skipped phases take no time."""
    dated = [
        (phase, phase.starts_on or phase.ends_on, phase.ends_on or phase.starts_on)
        for phase in phases
        if phase.status is not PhaseStatus.SKIPPED
    ]
    spans = [(phase, start, end) for phase, start, end in dated if start is not None and end is not None]
    found = []
    for index, (one, one_start, one_end) in enumerate(spans):
        for other, other_start, other_end in spans[index + 1 :]:
            first, last = max(one_start, other_start), min(one_end, other_end)
            if first <= last:
                found.append(Overlap(one, other, first, last))
    return found


def current_phase(phases: Sequence[Phase], today: date) -> Phase | None:
    """The phase that the dialogue is in: one that runs, else one whose dates say so, else the next planned one."""
    running = [phase for phase in phases if phase.status is PhaseStatus.RUNNING]
    planned = [phase for phase in phases if phase.status is PhaseStatus.PLANNED]
    due = [phase for phase in planned if phase.starts_on and phase.starts_on <= today]
    for candidates in (running, due[-1:], planned):
        if candidates:
            return candidates[0]
    return None


def _facts(phase: Phase) -> dict[str, str | None]:
    return {
        "starts_on": phase.starts_on.isoformat() if phase.starts_on else None,
        "ends_on": phase.ends_on.isoformat() if phase.ends_on else None,
        "status": phase.status.value if phase.status else None,
        "note": phase.note,
    }


def _record(
    session: Session, tag: str, dialogue: Dialogue, phase: Phase, actor: Actor, payload: dict[str, object]
) -> None:
    record(
        session,
        tag,
        actor=actor,
        subject_id=phase.id,
        municipality_id=dialogue.municipality_id,
        dialogue_id=dialogue.id,
        payload={"block": phase.block, **payload},
    )
