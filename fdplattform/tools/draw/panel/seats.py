"""From the number that was drawn by hand to the people on the panel, and who takes the place of whom."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from fdplattform.errors import Conflict, DomainError
from fdplattform.tools.draw.criteria.services import locked_plan
from fdplattform.tools.draw.engine.record import Record, public_version, with_number
from fdplattform.tools.draw.engine.watch import Watch
from fdplattform.tools.draw.panel.journal import Doing
from fdplattform.tools.draw.panel.letters import DRAWN
from fdplattform.tools.draw.panel.messages import _
from fdplattform.tools.draw.panel.models import Member, Origin, Run, RunState
from fdplattform.tools.draw.panel.retention import forget_draw
from fdplattform.tools.draw.panel.runs import locked_run, sealed_record, text_of
from fdplattform.tools.draw.register.models import Invitee
from fdplattform.tools.draw.replies.models import Reply
from fdplattform.tools.draw.replies.services import willing
from fdplattform.tools.letters.lookup import runs_of
from fdplattform.tools.letters.models import RunState as Letters

#: Seconds after which the search for a replacement is given up; it takes milliseconds.
REPLACEMENT_LIMIT = 20.0
#: How long after the draw a number that was entered by mistake can be corrected.
CORRECTABLE = timedelta(days=1)


def enter_number(session: Session, run: Run, number: int, witnesses: str, doing: Doing) -> None:
    """Enter the number that was drawn by hand: the people of this panel become members.

    Raises Conflict when the record is not published or a number is entered already, DomainError at `number`.
    """
    run = locked_run(
        session, run.id, RunState.COMMITTED, message=_("A number is entered already, or the record is not published.")
    )
    check_number(run, number)
    record = with_number(sealed_record(run), number)
    _keep(run, record)
    run.state, run.number, run.witnesses, run.drawn_at = RunState.DRAWN, number, witnesses, doing.now
    locked_plan(session, run.event_id).drawn_at = doing.now
    seat(session, run, record["sections"]["lottery"][number - 1], record, Origin.DRAWN, doing)
    doing.note(session, "draw:number", public=True, number=number)


def may_correct(session: Session, run: Run, now: datetime) -> bool:
    """Whether the number can still be corrected: for a day, before anybody is told or replaced."""
    if run.state is not RunState.DRAWN or not run.has_sealed or run.drawn_at is None:
        return False
    left = exists().where(Member.run_id == run.id, Member.left_at.is_not(None))
    told = any(letters.state is not Letters.CANCELLED for letters in runs_of(session, run.event_id, DRAWN))
    return now <= run.drawn_at + CORRECTABLE and not told and not session.scalar(select(left))


def check_correctable(session: Session, run: Run, now: datetime) -> None:
    """Raises Conflict unless `may_correct`."""
    if not may_correct(session, run, now):
        raise Conflict(
            _(
                "The number can be corrected for one day, as long as no letters to the members are made and nobody was "
                "replaced or has left."
            )
        )


def correct_number(session: Session, run: Run, number: int, reason: str, doing: Doing) -> None:
    """Enter the number that was drawn in truth, in place of one that was entered by mistake, which stays public.

    Raises Conflict when it is too late, DomainError at `number`.
    """
    run = locked_run(session, run.id, RunState.DRAWN)
    check_correctable(session, run, doing.now)
    check_number(run, number)
    if number == run.number:
        raise DomainError(_("This number is entered already."), "number")
    wrong, record = run.number, with_number({**sealed_record(run), "afterwards": []}, number)
    _keep(run, record)
    run.number, run.mistakes = number, [*(run.mistakes or ()), [wrong, reason]]
    session.execute(delete(Member).where(Member.run_id == run.id))
    seat(session, run, record["sections"]["lottery"][number - 1], record, Origin.DRAWN, doing)
    doing.note(session, "draw:correct", public=True, number=number, wrong=wrong, reason=reason)


def check_number(run: Run, number: int) -> None:
    """Raises DomainError at `number` when no panel of the draw has it."""
    if not 1 <= number <= run.panels:
        raise DomainError(_("The number lies between 1 and ${most}.", mapping={"most": run.panels}), "number")


def replace(session: Session, run: Run, member: Member, doing: Doing) -> list[Member]:
    """Draw somebody from the reserve, under the same quotas, in place of `member`. Returns who joins.

    Whoever was replaced before or is no longer willing is not drawn. Raises Conflict when the period for replacements
    is over or the member was not drawn, Infeasible when nobody fits, Stopped.
    """
    # With the solver, which no other page needs.
    from fdplattform.tools.draw.engine.replacement import replace_in

    run = locked_run(session, run.id, RunState.DRAWN)
    record = sealed_record(run)
    session.refresh(member, with_for_update=True)
    if member.left_at is not None or member.person is None or member.run_id != run.id:
        raise Conflict(_("This person is not on the panel, or was not drawn by lot."))
    still = {str(person.invitee_id) for person in willing(session, run.event_id)}
    register = record["sections"]["register"]["people"]
    record, _ids = replace_in(
        record,
        [register[member.person - 1]["id"]],
        declined=[person["id"] for person in register if person["id"] not in still],
        watch=Watch(REPLACEMENT_LIMIT),
    )
    _keep(run, record)
    member.left_at = doing.now
    joined = seat(session, run, record["afterwards"][-1]["joining"], record, Origin.REPLACEMENT, doing)
    doing.note(session, "draw:replace", public=True)
    return joined


def end_replacements(session: Session, run: Run, doing: Doing) -> None:
    """End the period for replacements: the sealed record is deleted, and everybody's categories; the needs of those
    who do not sit, too.

    Raises Conflict when it is deleted already.
    """
    run = locked_run(session, run.id, RunState.DRAWN)
    sealed_record(run)
    forget_draw(session, run, doing.now)
    doing.note(session, "draw:unseal", public=True)


def seat(
    session: Session, run: Run, numbers: Sequence[int], record: Record, origin: Origin, doing: Doing
) -> list[Member]:
    """Make members of the people with these numbers in the record; of who withdrew meanwhile only the seat is known."""
    register = record["sections"]["register"]["people"]
    ids = {number: int(register[number - 1]["id"]) for number in numbers}
    invitees = {row.id: row for row in session.scalars(select(Invitee).where(Invitee.id.in_(ids.values())))}
    replies = {row.invitee_id: row for row in session.scalars(select(Reply).where(Reply.invitee_id.in_(ids.values())))}
    members = [
        _member(run, number, invitees.get(ids[number]), replies.get(ids[number]), origin, doing) for number in numbers
    ]
    session.add_all(members)
    session.flush()
    return members


def _member(
    run: Run, number: int, invitee: Invitee | None, reply: Reply | None, origin: Origin, doing: Doing
) -> Member:
    member = Member(
        event_id=run.event_id,
        run_id=run.id,
        invitee_id=invitee.id if invitee else None,
        origin=origin,
        person=number,
        entered_at=doing.now,
        joined_at=doing.now,
    )
    if invitee is not None:
        names = (invitee.given_name, invitee.family_name)
        member.name = " ".join(name for name in names if name) or None
        member.street, member.postal_code, member.city = invitee.street, invitee.postal_code, invitee.city
        member.language = invitee.language
    if reply is not None:
        member.email, member.phone = reply.email, reply.phone
        member.language = reply.language or member.language
    return member


def _keep(run: Run, record: Record) -> None:
    run.sealed, run.public = text_of(record), text_of(public_version(record))
