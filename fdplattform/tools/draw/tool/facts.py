"""What is known about a draw in numbers, for guards and for the public page; and whom to tell of a change."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import Session

from fdplattform.events.models import Event
from fdplattform.events.tools import Contact
from fdplattform.plugins.format import ToolUse
from fdplattform.tools.draw.criteria.models import Criterion
from fdplattform.tools.draw.criteria.quotas import has_quotas
from fdplattform.tools.draw.criteria.services import criteria_of, plan_of
from fdplattform.tools.draw.panel.members import counts_of, members_of, missed_quotas
from fdplattform.tools.draw.panel.models import Member, RunState
from fdplattform.tools.draw.panel.runs import active_run
from fdplattform.tools.draw.register.models import Extract, Invitee
from fdplattform.tools.draw.replies.models import Answer, Reply
from fdplattform.tools.letters.lookup import counts


@dataclass(frozen=True, kw_only=True)
class Numbers:
    """How many people were drawn from the register, answered, said yes, and sit."""

    invited: int
    replies: int
    willing: int
    members: int


def numbers(session: Session, event_id: int) -> Numbers:
    """The numbers of an event; three queries."""
    invited = session.scalar(select(func.count()).where(Invitee.event_id == event_id)) or 0
    answers = select(Reply.answer, func.count()).where(Reply.event_id == event_id).group_by(Reply.answer)
    replies = {row[0]: row[1] for row in session.execute(answers)}
    sits = Member.joined_at.is_not(None) & Member.left_at.is_(None)
    sit = select(func.count()).where(Member.event_id == event_id, sits)
    return Numbers(
        invited=invited,
        replies=sum(replies.values()),
        willing=replies.get(Answer.YES, 0),
        members=session.scalar(sit) or 0,
    )


def facts(session: Session, event: Event, _use: ToolUse) -> dict[str, Any]:
    """For guards. `letters` counts invitations that were made; `counted`: of each category with a quota it is known how
    many members belong to it, which a draw by this program always knows; `missed` names categories whose quota is not
    kept; `record`: there is a public record; `committed`: it cannot change any more."""
    plan, criteria, counted = plan_of(session, event.id), criteria_of(session, event.id), numbers(session, event.id)
    run = active_run(session, event.id)
    drawn = run is not None and run.state is RunState.DRAWN
    committed = drawn or (run is not None and run.state is RunState.COMMITTED)
    by_hand = {} if drawn else counts_of(session, event.id)
    missed = missed_quotas(criteria, by_hand, plan.drawn_seats)
    return {
        "criteria": len(criteria),
        "seats": plan.seats,
        "invited": counted.invited,
        "letters": counts(session, event.id).get("invitation", 0),
        "replies": counted.replies,
        "willing": counted.willing,
        "members": counted.members,
        "counted": drawn or all(category_id in by_hand for category_id in _with_quota(criteria)),
        "missed": tuple(missed),
        "quotas_ok": not missed,
        "record": committed,
        "committed": committed,
        "drawn": drawn,
    }


def contacts(session: Session, event: Event) -> list[Contact]:
    """Everybody who sits on the panel."""
    return [
        Contact(
            name=member.name,
            email=member.email,
            phone=member.phone,
            language=member.language or event.language,
            url=None,
        )
        for member in members_of(session, event.id)
        if member.name is not None
    ]


def people(event_id: int) -> ColumnElement[bool]:
    """There is an extract of the register, a sample of it, or a panel."""
    return or_(*(exists().where(kept.event_id == event_id) for kept in (Extract, Invitee, Member)))


def _with_quota(criteria: list[Criterion]) -> list[int]:
    """The ids of the categories for which a number is set."""
    wanted = [criterion for criterion in criteria if has_quotas(criterion)]
    return [category.id for criterion in wanted for category in criterion.categories]
