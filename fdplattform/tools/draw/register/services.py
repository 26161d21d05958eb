"""What happens to an extract, from the upload to the sample. Changes of one event queue at the row of its plan."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import IO, Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fdplattform.dialogues.models import Dialogue
from fdplattform.errors import Conflict, DomainError, check_version
from fdplattform.events.models import Event
from fdplattform.events.record import note
from fdplattform.files import services as files
from fdplattform.jobs.services import enqueue
from fdplattform.journal.services import Actor
from fdplattform.tools.draw.criteria.models import Criterion, Plan
from fdplattform.tools.draw.criteria.services import criteria_of, locked_plan, open_plan, plan_of
from fdplattform.tools.draw.register.columns import columns_needed, guess, value_criteria
from fdplattform.tools.draw.register.faults import Unreadable, failure_text
from fdplattform.tools.draw.register.meanings import guess_others
from fdplattform.tools.draw.register.messages import _
from fdplattform.tools.draw.register.models import Extract, ExtractState, Invitee
from fdplattform.tools.draw.register.people import Questions
from fdplattform.tools.draw.register.standing import work_of
from fdplattform.tools.draw.register.tables import KINDS, WORKBOOK, Layout, detect, titles

#: 500,000 people with long addresses.
MAX_SIZE = 128 * 1024 * 1024
#: An extract that nobody draws from is deleted after so long.
KEEP_FILE = timedelta(days=14)

OWNER = "draw_extract"
READ, SAMPLE = "register:read_extract", "register:draw_sample"

_OPEN = (ExtractState.UPLOADED, ExtractState.READ)


def active_extract(session: Session, event_id: int) -> Extract | None:
    """The extract that the event is working with, or None."""
    found: Extract | None = session.scalar(select(Extract).where(Extract.active_key == event_id))
    return found


def samples_of(session: Session, event_id: int) -> Sequence[Extract]:
    """The extracts from which people were drawn, the oldest first."""
    query = select(Extract).where(Extract.event_id == event_id, Extract.state == ExtractState.SAMPLED)
    return session.scalars(query.order_by(Extract.id)).all()


def invited(session: Session, event_id: int) -> int:
    """How many people were drawn from the register."""
    return session.scalar(select(func.count()).select_from(Invitee).where(Invitee.event_id == event_id)) or 0


def questions_of(session: Session, event_id: int, *, today: date, secret: str) -> Questions:
    """What is asked of an extract now. The key of the hashes differs from event to event."""
    plan = plan_of(session, event_id)
    return Questions(
        criteria=criteria_of(session, event_id),
        least_age=plan.least_age,
        quarters=plan.quarters,
        today=today,
        key=hashlib.sha256(f"register of event {event_id}: {secret}".encode()).digest(),
    )


def upload(
    session: Session, event: Event, stream: IO[bytes], *, name: str, media_type: str, actor: Actor, now: datetime
) -> Extract:
    """Store an extract, and guess how it is to be read.

    Raises Conflict while the event has another one, DomainError at `file` when it is no table.
    """
    open_plan(session, event.id)
    if active_extract(session, event.id) is not None:
        raise Conflict(_("There is an extract already. Draw the sample from it, or delete it first."))
    layout = detect(stream, media_type)
    try:
        columns = titles(stream, layout)
    except Unreadable as fault:
        raise DomainError(failure_text({"code": fault.code, **fault.values}), "file") from fault
    criteria = criteria_of(session, event.id)
    extract = Extract(
        event_id=event.id,
        active_key=event.id,
        state=ExtractState.UPLOADED,
        uploaded_at=now,
        delete_at=now + KEEP_FILE,
        encoding=layout.encoding,
        delimiter=layout.delimiter,
        columns=columns,
        mapping=guess(columns, criteria),
        meanings={str(each.id): guess_others(each) for each in value_criteria(criteria)},
    )
    session.add(extract)
    session.flush()
    stream.seek(0)
    file = files.store(
        session, stream, name=name, owner_type=OWNER, owner_id=extract.id, kinds=KINDS, max_size=MAX_SIZE, field="file"
    )
    extract.file_id = file.id
    journal(session, "register:upload", event, actor)
    session.flush()
    return extract


def relayout(session: Session, extract: Extract, stream: IO[bytes], layout: Layout, *, version: int) -> None:
    """Take the file apart in another way, and guess the columns anew. Raises StaleVersion, Conflict, DomainError."""
    _check_open(session, extract, version)
    try:
        extract.columns = titles(stream, layout)
    except Unreadable as fault:
        raise DomainError(failure_text({"code": fault.code, **fault.values}), "delimiter") from fault
    extract.encoding, extract.delimiter = layout.encoding, layout.delimiter
    extract.mapping = dict(guess(extract.columns, criteria_of(session, extract.event_id)))
    extract.state = ExtractState.UPLOADED
    session.flush()


def start_reading(
    session: Session, event: Event, extract: Extract, mapping: Mapping[str, int], *, version: int, actor: Actor
) -> None:
    """Have the worker read the extract with this mapping. Raises StaleVersion, Conflict; DomainError at a column."""
    plan = _check_open(session, extract, version)
    extract.mapping = dict(mapping)
    _have_read(session, event, extract, plan, actor)


def set_meanings(
    session: Session,
    event: Event,
    extract: Extract,
    meanings: Mapping[str, Mapping[str, int | None]],
    *,
    version: int,
    actor: Actor,
) -> None:
    """Say what values mean, by the criterion's id, and have the extract read again. Raises StaleVersion, Conflict."""
    plan = _check_open(session, extract, version)
    extract.meanings = {key: dict(said) for key, said in meanings.items()}
    _have_read(session, event, extract, plan, actor)


def start_sample(
    session: Session,
    event: Event,
    extract: Extract,
    *,
    size: int,
    leave_out: bool,
    basis: str,
    version: int,
    actor: Actor,
) -> None:
    """Have the worker draw `size` people. `leave_out`: rows with problems may be passed over.

    Raises StaleVersion; Conflict when the extract is not read, or criteria (`basis`) have changed since; DomainError at
    `size` or `leave_out`.
    """
    _check_open(session, extract, version)
    if extract.state is not ExtractState.READ or extract.basis != basis:
        raise Conflict(_("The criteria, the age or the quarters were changed. Have the extract read once more."))
    if size > extract.counts["households"]:
        raise DomainError(
            _(
                "At most ${households} letters are possible: so many households are in the extract.",
                mapping={"households": extract.counts["households"]},
            ),
            "size",
        )
    if extract.problem_count and not leave_out:
        raise DomainError(_("There are rows with problems. Have them mended, or leave them out."), "leave_out")
    extract.size, extract.sampled_at = size, None
    _enqueue(session, extract, ExtractState.SAMPLING, SAMPLE)
    journal(session, "register:start_sample", event, actor, size=size)
    session.flush()


def read_again(session: Session, event: Event, extract: Extract, *, actor: Actor) -> None:
    """Have the extract read once more: criteria were changed, or the worker gave up.

    Raises Conflict while the worker is at it, DomainError when a column is not chosen yet.
    """
    plan = open_plan(session, event.id)
    session.refresh(extract)
    work = work_of(session, extract)
    if extract.file_id is None or (work is not None and not work.failed):
        raise Conflict(_("The extract is being worked on, or it is over. Look at where it stands now."))
    _have_read(session, event, extract, plan, actor)


def shares_of(criteria: Sequence[Criterion], extract: Extract) -> dict[int, float]:
    """The share in percent of each category among those who may be drawn, by its id."""
    numbers: Mapping[str, int] = extract.counts.get("categories", {})
    shares: dict[int, float] = {}
    for criterion in criteria:
        people = {each.id: numbers.get(str(each.id), 0) for each in criterion.categories}
        whole = sum(people.values())
        shares |= {key: round(100 * number / whole, 2) for key, number in people.items() if whole}
    return shares


def discard(session: Session, event: Event, extract: Extract, *, actor: Actor) -> None:
    """Delete the file, whatever is being done with it. Raises Conflict when people were drawn from it meanwhile."""
    locked_plan(session, event.id)
    session.refresh(extract)
    if extract.active_key is None:
        raise Conflict(_("The extract is deleted already."))
    close(session, extract, ExtractState.DISCARDED)
    journal(session, "register:discard", event, actor)


def close(session: Session, extract: Extract, state: ExtractState) -> None:
    """The extract is over: its files and what was found in them go, the numbers stay."""
    extract.state, extract.active_key = state, None
    extract.file_id = extract.problems_file_id = None
    # In a file without titles the "titles" are the first person.
    extract.columns, extract.problems = [], []
    extract.mapping, extract.meanings, extract.found = {}, {}, {}
    session.flush()
    files.remove_of(session, OWNER, extract.id)


def journal(session: Session, tag: str, event: Event, actor: Actor, *, public: bool = False, **payload: Any) -> None:
    """Journal what was done; nothing about residents is in it."""
    note(session, tag, event, session.get_one(Dialogue, event.dialogue_id), actor, public=public, **payload)


def layout_of(extract: Extract) -> Layout:
    """How the extract is read."""
    return Layout(encoding=extract.encoding, delimiter=extract.delimiter) if extract.encoding else WORKBOOK


def _check_open(session: Session, extract: Extract, version: int) -> Plan:
    """The locked plan; raises unless the extract is at rest and as it was when its form was opened."""
    plan = open_plan(session, extract.event_id)
    session.refresh(extract)
    check_version(extract, version)
    if extract.state not in _OPEN:
        raise Conflict(_("The extract is being worked on, or it is over. Look at where it stands now."))
    return plan


def _have_read(session: Session, event: Event, extract: Extract, plan: Plan, actor: Actor) -> None:
    for key in columns_needed(criteria_of(session, event.id), plan.least_age, plan.quarters):
        if key not in extract.mapping:
            raise DomainError(_("Please choose the column."), key)
    _enqueue(session, extract, ExtractState.READING, READ)
    journal(session, "register:start_reading", event, actor)
    session.flush()


def _enqueue(session: Session, extract: Extract, state: ExtractState, kind: str) -> None:
    extract.state, extract.failure = state, None
    extract.job_id = enqueue(session, kind, {"extract": extract.id}, lane="long")
