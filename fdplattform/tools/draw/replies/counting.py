"""How many letters, answers, yes and no: in all and for each category, beside the population."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from fdplattform.events.models import Event
from fdplattform.tools.draw.register.models import Invitee, InviteeCategory
from fdplattform.tools.draw.replies.invitation import KIND
from fdplattform.tools.draw.replies.models import Answer, Reply, ReplyCategory
from fdplattform.tools.letters.lookup import counts as letters_made


@dataclass(frozen=True, kw_only=True)
class Counts:
    """People, from those who were drawn from the register to those who said yes or no."""

    invited: int
    #: Letters that staff took to the post.
    posted: int
    yes: int
    no: int

    @property
    def replies(self) -> int:
        """All who answered."""
        return self.yes + self.no

    @property
    def response(self) -> float | None:
        """How many of a hundred who got a letter said yes; None before the first letter was posted."""
        return 100 * self.yes / self.posted if self.posted else None


def reply_counts(session: Session, event_id: int) -> Counts:
    """The numbers of an event; three queries."""
    invited = session.scalar(select(func.count()).where(Invitee.event_id == event_id)) or 0
    answers = select(Reply.answer, func.count()).where(Reply.event_id == event_id).group_by(Reply.answer)
    by_answer = dict(session.execute(answers).all())
    return Counts(
        invited=invited,
        posted=letters_made(session, event_id, posted=True).get(KIND, 0),
        yes=by_answer.get(Answer.YES, 0),
        no=by_answer.get(Answer.NO, 0),
    )


@dataclass(frozen=True, kw_only=True)
class CategoryCounts:
    """How many people belong to each category, by the category's id."""

    invited: Mapping[int, int]
    yes: Mapping[int, int]
    no: Mapping[int, int]

    @property
    def known(self) -> bool:
        """Whether anybody's category is known; it is deleted when nobody is replaced any more."""
        return any((self.invited, self.yes, self.no))


def category_counts(session: Session, event_id: int) -> CategoryCounts:
    """The people of each category, as register and replies tell them; three queries."""
    invited = (
        select(InviteeCategory.category_id, func.count())
        .join(Invitee, Invitee.id == InviteeCategory.invitee_id)
        .where(Invitee.event_id == event_id)
        .group_by(InviteeCategory.category_id)
    )
    answered: dict[Answer, Counter[int]] = {Answer.YES: Counter(), Answer.NO: Counter()}
    for model in (InviteeCategory, ReplyCategory):
        for category_id, answer, people in session.execute(_answers(model, event_id)):
            answered[answer][category_id] += people
    return CategoryCounts(
        invited=dict(session.execute(invited).all()), yes=answered[Answer.YES], no=answered[Answer.NO]
    )


def _answers(model: type[InviteeCategory | ReplyCategory], event_id: int) -> Select[int, Answer, int]:
    return (
        select(model.category_id, Reply.answer, func.count())
        .join(Reply, Reply.invitee_id == model.invitee_id)
        .where(Reply.event_id == event_id)
        .group_by(model.category_id, Reply.answer)
    )


@dataclass
class Needs:
    """What those who said yes may need, should they be drawn."""

    interpreters: Counter[str] = field(default_factory=Counter)
    children: int = 0
    access: int = 0


def needs_of(session: Session, event: Event) -> Needs:
    """The needs of everybody who said yes, added up; one query."""
    query = select(Reply.interpreter, Reply.children, Reply.access_needs).where(
        Reply.event_id == event.id, Reply.answer == Answer.YES, Reply.shredded_at.is_(None)
    )
    needs = Needs()
    for interpreter, children, access in session.execute(query):
        needs.interpreters.update([interpreter] if interpreter else [])
        needs.children += children
        needs.access += bool(access)
    return needs
