"""What people answer: give an answer, correct it, withdraw it; and who is willing to take part."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from fdplattform.tools.draw.register.models import Invitee, InviteeCategory
from fdplattform.tools.draw.replies.models import Answer, Reply, ReplyCategory


@dataclass(frozen=True, kw_only=True)
class Willing:
    """Somebody who said yes, as the draw needs to know it: without name and address."""

    invitee_id: int
    #: The number on the letter.
    number: int
    #: Equal for people who live together; None when that is not known.
    household: str | None
    #: Category by criterion, from the register and from the reply. What is not known is missing.
    categories: Mapping[int, int]


def willing(session: Session, event_id: int) -> list[Willing]:
    """Everybody who said yes and has not withdrawn, in the order of numbers; three queries."""
    yes = (Reply.event_id == event_id) & (Reply.answer == Answer.YES) & Reply.shredded_at.is_(None)
    people = session.execute(
        select(Invitee.id, Invitee.number, Invitee.household)
        .join(Reply, Reply.invitee_id == Invitee.id)
        .where(yes, Invitee.shredded_at.is_(None))
        .order_by(Invitee.number)
    ).all()
    categories: dict[int, dict[int, int]] = defaultdict(dict)
    # What the person says comes last: it counts where both know something.
    for model in (InviteeCategory, ReplyCategory):
        query = (
            select(model.invitee_id, model.criterion_id, model.category_id)
            .join(Reply, Reply.invitee_id == model.invitee_id)
            .where(yes)
        )
        for invitee_id, criterion_id, category_id in session.execute(query):
            categories[invitee_id][criterion_id] = category_id
    return [
        Willing(invitee_id=row.id, number=row.number, household=row.household, categories=categories[row.id])
        for row in people
    ]
