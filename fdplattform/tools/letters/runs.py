"""Letters are asked for, made, posted or discarded; and nobody's letter stays when the person's data is deleted."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from pyramid.registry import Registry
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session
from translationstring import TranslationString

from fdplattform.db.sql import insert_for
from fdplattform.errors import Conflict, DomainError
from fdplattform.events.facts import load_facts
from fdplattform.events.justifying import justify
from fdplattform.events.models import Event
from fdplattform.files.models import StoredFile
from fdplattform.jobs.services import enqueue
from fdplattform.tools.letters.composing import Occasion, load_occasion
from fdplattform.tools.letters.desk import Desk
from fdplattform.tools.letters.kinds import LetterKind, Recipient
from fdplattform.tools.letters.lookup import key_of, posted_keys
from fdplattform.tools.letters.messages import _
from fdplattform.tools.letters.models import LetterFile, LetterItem, LetterRun, RunState
from fdplattform.workflow.rules import Objections, heard

JOB = "letters:make"
#: Owner of the files, together with the run's id.
OWNER = "letter_run"


@dataclass(frozen=True)
class Audience:
    """To whom letters of a kind can go now; who got one is not among them."""

    ready: list[Recipient]
    #: Without street or city no letter can go.
    incomplete: list[Recipient]


def audience_of(session: Session, event: Event, kind: LetterKind) -> Audience:
    """Everybody who has no letter of this kind yet, sorted as the post wants it."""
    posted = posted_keys(session, event.id, kind.id)
    found = [person for person in kind.recipients(session, event) if person.key not in posted]
    ready = [person for person in found if not gaps_of(person)]
    return Audience(in_postal_order(ready), [person for person in found if gaps_of(person)])


def gaps_of(person: Recipient) -> list[TranslationString]:
    """What is missing before a letter can reach the person."""
    needed = ((_("Name"), person.name), (_("Street and number"), person.street), (_("City"), person.city))
    return [title for title, part in needed if not (part and part.strip())]


def in_postal_order(people: Iterable[Recipient]) -> list[Recipient]:
    """By postal code, town and street, as the post wants it."""
    return sorted(people, key=_postal_order)


def _postal_order(person: Recipient) -> tuple[str, str, str, str]:
    return (person.postal_code or "", (person.city or "").casefold(), (person.street or "").casefold(), person.key)


def request_letters(
    session: Session, registry: Registry, desk: Desk, justification: str = "", *, leave_out: bool = False
) -> LetterRun:
    """Ask for the letters of everybody who has none yet; a worker makes them.

    `justification` overrides what the format's guards warn of; `leave_out`: who has no complete address gets none for
    now. Raises DomainError when one of them is missing, or nobody is to be written to; Incomplete when something in the
    texts is not known yet; Conflict when the letters are made already; Blocked.
    """
    objections = objections_to(session, registry, desk, desk.now)
    overridden = justify(objections, justification, _("These letters cannot be made now."))
    check_complete(load_occasion(session, registry, desk.event.id, desk.kind, desk.now))
    audience = audience_of(session, desk.event, desk.kind)
    if not audience.ready:
        raise DomainError(_("There is nobody to write to."))
    if audience.incomplete and not leave_out:
        raise DomainError(_("Complete the addresses first, or tick that these people get no letter for now."))
    values = {
        "event_id": desk.event.id,
        "kind": desk.kind.id,
        "active_key": key_of(desk.event.id, desk.kind.id),
        "state": RunState.QUEUED,
        "total": len(audience.ready),
        "done": 0,
        "problems": [person.key for person in audience.incomplete],
        "created_at": desk.now,
    }
    statement = insert_for(session, LetterRun).values(values).on_conflict_do_nothing(index_elements=["active_key"])
    run_id = session.scalar(statement.returning(LetterRun.id))
    if run_id is None:
        raise Conflict(_("Somebody else has just asked for these letters. They are being made."))
    run = session.get_one(LetterRun, run_id)
    run.job_id = enqueue(session, JOB, {"run": run.id}, lane="long")
    desk.journal(session, "make", letters=run.total, **overridden)
    if audience.incomplete:
        desk.journal(session, "leave_out", people=len(audience.incomplete))
    return run


class Incomplete(DomainError):
    """Letters would have gaps."""

    status = 422


def check_complete(occasion: Occasion) -> None:
    """Raises Incomplete where letters would have gaps."""
    if not occasion.head.sender.strip():
        raise Incomplete(_("Please write first who sends the letters."))
    if occasion.missing():
        raise Incomplete(
            _("No letter is made: something in the text is not known yet. Enter it first, or take it out of the text.")
        )


def discard(session: Session, desk: Desk, run: LetterRun) -> None:
    """Throw away letters that are not posted, also while they are being made. Raises Conflict for posted ones."""
    _lock(session, run)
    if run.active_key is None:
        raise Conflict(_("These letters are posted or discarded already."))
    withdraw(session, run, desk.now)
    desk.journal(session, "discard", letters=run.total)


def withdraw(session: Session, run: LetterRun, now: datetime) -> None:
    """End a run that was not posted, and delete its files and whom they were for."""
    clear_files(session, run, now)
    session.execute(delete(LetterFile).where(LetterFile.run_id == run.id))
    run.state, run.active_key, run.problems = RunState.CANCELLED, None, []
    run.finished_at = run.finished_at or now


def objections_to(session: Session, registry: Registry, desk: Desk, at: datetime) -> Objections:
    """What the event's format has against letters of this kind at the moment `at`."""
    format_ = registry.plugins.formats.get(desk.event.format_id)
    if format_ is None or not desk.kind.guards:
        return Objections()
    return Objections(heard(desk.kind.guards, load_facts(session, registry, desk.event, format_), at))


def moment_of(on: date, now: datetime, zone: tzinfo) -> datetime:
    """When letters that were posted on a day were at the post at the latest: when the day was over, or `now`."""
    return min(now, datetime.combine(on + timedelta(days=1), time.min, zone).astimezone(UTC))


def post(
    session: Session, registry: Registry, desk: Desk, run: LetterRun, *, on: date, zone: tzinfo, justification: str = ""
) -> None:
    """Note that the letters were taken to the post: from now on they count as sent, and nobody gets another one.

    `justification` overrides what the format's guards warn of on this day. Raises Conflict when they are not all made,
    or posted already; DomainError for a day to come, or when a justification is missing; Blocked.
    """
    _lock(session, run)
    if run.active_key is None or run.state is not RunState.DONE:
        raise Conflict(_("Only letters that are all made, and not posted yet, can be posted."))
    if on > desk.now.astimezone(zone).date():
        raise DomainError(_("This day is still to come."), "posted_on")
    objections = objections_to(session, registry, desk, moment_of(on, desk.now, zone))
    overridden = justify(objections, justification, _("These letters cannot be posted yet."))
    run.posted_on, run.active_key = on, None
    desk.journal(session, "post", letters=run.done, day=on, **overridden)


def forget_recipients(session: Session, keys: Collection[str], now: datetime, *, only_open: bool = False) -> None:
    """Delete the letters of people whose data is deleted: every file that holds one of them goes.

    Where the letters are not posted yet, a worker makes the file anew, with what is known of these people then.
    `only_open`: posted letters stay, e.g. when an address is corrected.
    """
    # A worker that is about to keep a file with one of these letters has to wait, and then drops it.
    opened = select(LetterRun.id).where(LetterRun.active_key.is_not(None)).order_by(LetterRun.id)
    session.execute(opened.with_for_update()).all()
    theirs = select(LetterItem.run_id, LetterItem.number).where(LetterItem.key.in_(keys)).distinct()
    if only_open:
        theirs = theirs.join(LetterRun, LetterRun.id == LetterItem.run_id).where(LetterRun.active_key.is_not(None))
    for run_id, number in session.execute(theirs.order_by(LetterItem.run_id, LetterItem.number)).all():
        run = session.get_one(LetterRun, run_id, with_for_update=True, populate_existing=True)
        file = session.get_one(LetterFile, (run.id, number))
        if file.file_id is not None:
            session.execute(delete(StoredFile).where(StoredFile.id == file.file_id))
            session.expire(file)
        if run.active_key is None:
            gone = (LetterItem.run_id == run.id) & (LetterItem.number == number) & LetterItem.key.in_(keys)
            session.execute(delete(LetterItem).where(gone))
            continue
        run.done -= file.letters
        session.execute(delete(LetterFile).where(LetterFile.run_id == run.id, LetterFile.number == number))
        if run.state is RunState.DONE:
            run.state, run.finished_at = RunState.QUEUED, None
            run.job_id = enqueue(session, JOB, {"run": run.id}, lane="long", run_at=now)
    session.flush()


def clear_files(session: Session, run: LetterRun, now: datetime) -> None:
    """Delete the files of a run; how many letters it was stays known."""
    owned = (StoredFile.owner_type == OWNER) & (StoredFile.owner_id == run.id)
    session.execute(delete(StoredFile).where(owned))
    session.execute(update(LetterFile).where(LetterFile.run_id == run.id).values(file_id=None))
    run.cleared_at = now


def _lock(session: Session, run: LetterRun) -> None:
    """The run as it is now; nobody else changes it until the transaction ends."""
    session.refresh(run, with_for_update=True)
