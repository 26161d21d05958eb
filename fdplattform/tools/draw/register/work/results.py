"""What comes out of reading an extract and of drawing from it, written into the database."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from fdplattform.events.models import Event
from fdplattform.files import kinds
from fdplattform.files import services as files
from fdplattform.journal.services import SYSTEM
from fdplattform.tools.codes import REPLY, codes_of
from fdplattform.tools.draw.criteria.services import locked_plan
from fdplattform.tools.draw.register import services
from fdplattform.tools.draw.register.columns import Field, criterion_key, register_criteria, value_criteria
from fdplattform.tools.draw.register.meanings import OTHERS, Meanings, meaning_of, plain
from fdplattform.tools.draw.register.models import Extract, ExtractState, Invitee, InviteeCategory
from fdplattform.tools.draw.register.people import Address, Candidate, Questions
from fdplattform.tools.draw.register.work.reading import Reading, key_number

#: Values of a column that the page shows, the most frequent first.
SHOWN_VALUES = 100


def note_reading(session: Session, extract: Extract, questions: Questions, reading: Reading) -> None:
    """Write down what an extract holds. Nothing but a failure when the criteria have changed since it was begun."""
    if _has_changed(session, extract, questions):
        extract.state, extract.failure = ExtractState.UPLOADED, {"code": "changed"}
        return
    extract.state, extract.failure, extract.basis = ExtractState.READ, None, questions.basis
    by_category = {str(category): number for category, number in reading.by_category().items()}
    extract.counts = {
        **reading.counts,
        "categories": by_category,
        "empty_quarters": _empty_quarters(questions, reading),
    }
    extract.found = {key: counter.most_common(SHOWN_VALUES) for key, counter in reading.found.items()}
    extract.meanings = _settled(questions, extract.meanings, reading)
    extract.problems = [list(problem) for problem in reading.problems.first]
    extract.problem_count = reading.problems.count
    _keep_problems(session, extract, reading)


def _empty_quarters(questions: Questions, reading: Reading) -> list[str]:
    """The chosen quarters in which nobody lives, or which the register writes in another way."""
    known = {plain(value) for value in reading.found.get(Field.QUARTER, ())}
    return [quarter for quarter in questions.quarters if plain(quarter) not in known]


def _settled(questions: Questions, meanings: Meanings, reading: Reading) -> dict[str, dict[str, int | None]]:
    """What was said about values, and what was guessed: from now on it is said."""
    settled: dict[str, dict[str, int | None]] = {}
    for criterion in value_criteria(questions.criteria):
        said = meanings.get(str(criterion.id), {})
        by_name = {value: category for value, category in said.items() if value != OTHERS}
        values = reading.found.get(criterion_key(criterion), ())
        known = {value: meaning_of(criterion, value, by_name) for value in values}
        guessed = {value: category for value, (is_known, category) in known.items() if is_known}
        settled[str(criterion.id)] = {**said, **guessed}
    return settled


def _keep_problems(session: Session, extract: Extract, reading: Reading) -> None:
    if extract.problems_file_id is not None:
        files.remove(session, extract.problems_file_id)
        extract.problems_file_id = None
    if reading.problems.count:
        stored = files.store(
            session,
            reading.problems.content(),
            name="problems.csv",
            owner_type=services.OWNER,
            owner_id=extract.id,
            kinds=(kinds.CSV,),
            max_size=services.MAX_SIZE,
        )
        extract.problems_file_id = stored.id


def written_to(session: Session, event_id: int) -> tuple[set[int], set[int]]:
    """Persons and households drawn before, as the arrays hold them: nobody gets two letters."""
    query = select(Invitee.person, Invitee.household).where(Invitee.event_id == event_id)
    rows = session.execute(query).all()
    persons = {key_number(bytes.fromhex(row.person)) for row in rows if row.person}
    return persons, {key_number(bytes.fromhex(row.household)) for row in rows if row.household}


def invite(
    session: Session,
    extract: Extract,
    questions: Questions,
    chosen: Sequence[tuple[Address, Candidate]],
    *,
    now: datetime,
) -> None:
    """Write down who was drawn, and delete the extract. Nothing but a failure when the criteria have changed."""
    if _has_changed(session, extract, questions):
        extract.state, extract.failure = ExtractState.READ, {"code": "changed"}
        return
    last = session.scalar(select(func.max(Invitee.number)).where(Invitee.event_id == extract.event_id)) or 0
    codes = codes_of(session, REPLY)
    rows = []
    for number, (address, candidate) in enumerate(chosen, start=last + 1):
        code = codes.new()
        rows.append(
            {
                "event_id": extract.event_id,
                "extract_id": extract.id,
                "number": number,
                **{name: getattr(address, name) for name in Address.__dataclass_fields__},
                "person": candidate.person.hex(),
                "household": candidate.household.hex(),
                "code_seed": code.seed,
                "code_hash": code.hash,
                "sampled_at": now,
            }
        )
    ids = session.scalars(insert(Invitee).returning(Invitee.id, sort_by_parameter_order=True), rows).all()
    criteria = register_criteria(questions.criteria)
    categories = [
        {"invitee_id": invitee_id, "criterion_id": criterion.id, "category_id": category_id}
        for invitee_id, (_address, candidate) in zip(ids, chosen, strict=True)
        for criterion, category_id in zip(criteria, candidate.categories, strict=True)
    ]
    if categories:
        session.execute(insert(InviteeCategory), categories)
    plan = locked_plan(session, extract.event_id)
    plan.sampled_at = plan.sampled_at or now
    extract.sampled_at, extract.counts = now, {**extract.counts, "drawn": len(rows)}
    services.close(session, extract, ExtractState.SAMPLED)
    event = session.get_one(Event, extract.event_id)
    services.journal(session, "register:sample", event, SYSTEM, people=len(rows))


def _has_changed(session: Session, extract: Extract, questions: Questions) -> bool:
    asked = services.questions_of(session, extract.event_id, today=questions.today, secret="")
    return asked.basis != questions.basis
