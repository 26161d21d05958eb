"""Who sits on a panel: the list, entries by hand, and how many belong to each category when nobody drew here."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, exists, func, select
from sqlalchemy.orm import Session

from fdplattform.errors import Conflict, check_version
from fdplattform.tools.draw.criteria.models import Criterion
from fdplattform.tools.draw.criteria.services import locked_plan, plan_of
from fdplattform.tools.draw.panel.forgetting import forget
from fdplattform.tools.draw.panel.journal import Doing
from fdplattform.tools.draw.panel.messages import _
from fdplattform.tools.draw.panel.models import Counted, Member, Origin, RunState, letter_key
from fdplattform.tools.draw.panel.runs import active_run
from fdplattform.tools.draw.panel.sources import limits
from fdplattform.tools.draw.register.models import Invitee
from fdplattform.tools.draw.replies.forgetting import Forgetter, forget_person
from fdplattform.tools.letters.runs import forget_recipients

#: How somebody can be entered.
ENTERED = frozenset({Origin.NOMINATED, Origin.BY_HAND})


@dataclass(frozen=True, kw_only=True)
class Person:
    """Name and contact of a member, as somebody types it."""

    name: str
    street: str | None = None
    postal_code: str | None = None
    city: str | None = None
    email: str | None = None
    phone: str | None = None
    language: str | None = None


def members_of(session: Session, event_id: int) -> list[Member]:
    """Who sits on the panel now, in the order of entry."""
    return [member for member in everybody_of(session, event_id) if member.sits]


def everybody_of(session: Session, event_id: int) -> list[Member]:
    """Who sits or sat on the panel or may move up, in the order of entry."""
    return list(session.scalars(select(Member).where(Member.event_id == event_id).order_by(Member.id)))


def find_member(session: Session, event_id: int, member_id: int) -> Member | None:
    """The member with this id, if it is one of this event."""
    query = select(Member).where(Member.id == member_id, Member.event_id == event_id)
    return session.scalars(query).one_or_none()


def enter(session: Session, origin: Origin, person: Person, doing: Doing, *, reserve: bool = False) -> Member:
    """Enter somebody who was not drawn here; in `reserve` the person waits until a member drops out.

    With the first one who was drawn elsewhere the panel counts as drawn, and periods of retention begin.

    Raises Conflict when all seats outside the sample are taken, or when the panel is drawn by this program and
    nobody can be entered as drawn elsewhere.
    """
    if origin not in ENTERED:
        raise ValueError(f"nobody is entered as {origin}")
    event_id = doing.event.id
    plan = plan_of(session, event_id)
    if origin is Origin.NOMINATED and _present(session, event_id, origin) >= plan.outside_seats:
        raise Conflict(
            _(
                "All seats outside the sample are taken. Their number (${number}) is part of the criteria.",
                mapping={"number": plan.outside_seats},
            )
        )
    run = active_run(session, event_id)
    if origin is Origin.BY_HAND and run is not None and run.state in (RunState.COMMITTED, RunState.DRAWN):
        raise Conflict(_("The panel of this event is drawn here. Enter only people on seats outside the sample."))
    if origin is Origin.BY_HAND:
        drawn = locked_plan(session, event_id)
        drawn.drawn_at = drawn.drawn_at or doing.now
    joined_at = None if reserve else doing.now
    member = Member(event_id=event_id, origin=origin, entered_at=doing.now, joined_at=joined_at, **vars(person))
    session.add(member)
    session.flush()
    doing.note(session, "panel:enter")
    return member


def change(session: Session, member: Member, person: Person, version: int, doing: Doing) -> None:
    """Change name and contact. Raises StaleVersion."""
    check_version(member, version)
    for name, value in vars(person).items():
        setattr(member, name, value)
    session.flush()
    doing.note(session, "panel:edit")


def remove(session: Session, member: Member, doing: Doing) -> None:
    """Take back an entry that was made by hand; without any, nothing was drawn. Raises Conflict for who was drawn."""
    if member.origin not in ENTERED:
        raise Conflict(_("Who was drawn stays in the list; let the person leave instead."))
    _delete(session, member, doing)
    if member.origin is Origin.BY_HAND and not _is_drawn(session, member.event_id):
        locked_plan(session, member.event_id).drawn_at = None
    doing.note(session, "panel:remove")


def erase(session: Session, member: Member, forgetters: Collection[Forgetter], doing: Doing) -> None:
    """Delete at once what is known about a member who asks for it (Art. 17 GDPR), and about the invitation.

    The seat stays in the numbers; of who only waits in the reserve nothing stays. Raises Conflict when it was done.
    """
    if member.shredded_at is not None:
        raise Conflict(_("This person's data was deleted."))
    invitee = session.get(Invitee, member.invitee_id, with_for_update=True) if member.invitee_id else None
    if invitee is not None and invitee.shredded_at is None:
        forget_person(session, invitee, forgetters, doing.now)
    if member.waits:
        _delete(session, member, doing)
    else:
        forget(session, [member.id], doing.now)
    doing.note(session, "panel:erase")


def move_up(session: Session, member: Member, doing: Doing) -> None:
    """Let somebody from the reserve of a panel that was not drawn here take a seat. Raises Conflict."""
    if not member.waits:
        raise Conflict(_("This person is not in the reserve."))
    member.joined_at = doing.now
    session.flush()
    doing.note(session, "panel:move_up")


def leave(session: Session, member: Member, doing: Doing) -> None:
    """Note that somebody left and nobody takes the place. Raises Conflict for who has left."""
    if member.left_at is not None:
        raise Conflict(_("This person has left already."))
    member.left_at = doing.now
    session.flush()
    doing.note(session, "panel:leave")


def counts_of(session: Session, event_id: int) -> dict[int, int]:
    """For each category (its id) how many members belong to it, as counted by hand."""
    query = select(Counted.category_id, Counted.people).where(Counted.event_id == event_id)
    return {row.category_id: row.people for row in session.execute(query)}


def count(session: Session, numbers: Mapping[int, int | None], doing: Doing) -> None:
    """Note how many members belong to each category (by its id); None forgets the number."""
    event_id = doing.event.id
    session.execute(delete(Counted).where(Counted.event_id == event_id))
    known = {category_id: number for category_id, number in numbers.items() if number is not None}
    for category_id, number in known.items():
        session.add(Counted(category_id=category_id, event_id=event_id, people=number))
    session.flush()
    doing.note(session, "panel:count")


def missed_quotas(criteria: Sequence[Criterion], counts: Mapping[int, int], size: int) -> list[str]:
    """The categories whose quota is not kept, as counted by hand."""
    missed = []
    for criterion in criteria:
        for category in criterion.categories:
            least, most = limits(category, size)
            if category.id in counts and not least <= counts[category.id] <= most:
                missed.append(f"{criterion.title}: {category.title}")
    return missed


def _delete(session: Session, member: Member, doing: Doing) -> None:
    forget_recipients(session, [letter_key(member.id)], doing.now)
    session.delete(member)
    session.flush()


def _is_drawn(session: Session, event_id: int) -> bool:
    drawn = exists().where(Member.event_id == event_id, Member.origin != Origin.NOMINATED)
    return bool(session.scalar(select(drawn)))


def _present(session: Session, event_id: int, origin: Origin) -> int:
    sits = Member.joined_at.is_not(None) & Member.left_at.is_(None)
    query = select(func.count()).where(Member.event_id == event_id, Member.origin == origin, sits)
    return session.scalar(query) or 0
