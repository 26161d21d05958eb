"""Give an answer, correct it, delete it. Online and by card are equal; each code answers once."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from fdplattform.dialogues.models import Dialogue
from fdplattform.errors import Conflict, DomainError, check_version
from fdplattform.events.models import Event
from fdplattform.journal.services import Actor, record
from fdplattform.tools.codes import REPLY, codes_of
from fdplattform.tools.draw.criteria.models import Category, Criterion, Plan, Source
from fdplattform.tools.draw.register.models import Invitee
from fdplattform.tools.draw.replies.forgetting import Forgetter, forget_person
from fdplattform.tools.draw.replies.messages import _
from fdplattform.tools.draw.replies.models import Answer, Channel, Reply, ReplyCategory
from fdplattform.web.ids import parse_id
from fdplattform.web.slugs import fold


@dataclass(frozen=True, kw_only=True)
class Said:
    """What somebody answers. Only yes or no is needed."""

    answer: Answer
    email: str | None = None
    phone: str | None = None
    language: str | None = None
    interpreter: str | None = None
    children: int = 0
    access_needs: str | None = None
    #: Ids of the dates on which the person can come.
    dates: tuple[int, ...] = ()
    #: Category by criterion; only with `consent`.
    categories: Mapping[int, int] = field(default_factory=dict)
    consent: bool = False


@dataclass(frozen=True, kw_only=True)
class Desk:
    """At which event somebody answers or enters an answer, and when."""

    event: Event
    dialogue: Dialogue
    actor: Actor
    now: datetime

    def journal(self, session: Session, action: str, invitee_id: int) -> None:
        """Record `reply:<action>`: never who it was, and not the answer."""
        record(
            session,
            f"reply:{action}",
            actor=self.actor,
            subject_id=invitee_id,
            municipality_id=self.dialogue.municipality_id,
            dialogue_id=self.dialogue.id,
            event_id=self.event.id,
            at=self.now,
        )


class AlreadyAnswered(Conflict):
    """There is an answer of this person: a code works once."""


def find_invitee(session: Session, event_id: int, typed: str) -> Invitee | None:
    """Whom staff mean by a code, a number or a full name, among those who were invited to the event.

    None when it is nobody, or a name that several people have.
    """
    known = select(Invitee).where(Invitee.event_id == event_id, Invitee.shredded_at.is_(None))
    number, stored = parse_id(typed.strip()), codes_of(session, REPLY).hash(typed)
    if number is not None:
        return session.scalar(known.where(Invitee.number == number))
    if stored is not None and (found := session.scalar(known.where(Invitee.code_hash == stored))) is not None:
        return found
    wanted = fold(typed)
    names = session.execute(known.with_only_columns(Invitee.id, Invitee.given_name, Invitee.family_name))
    ids = [key for key, given, family in names if wanted and fold(f"{given or ''} {family or ''}") == wanted]
    return session.get(Invitee, ids[0]) if len(ids) == 1 else None


def answer(
    session: Session, desk: Desk, invitee: Invitee, said: Said, *, channel: Channel, token: str | None = None
) -> Reply:
    """Keep what somebody answers. The same form sent twice (`token`) is one answer.

    Raises AlreadyAnswered, Conflict once the draw is prepared, DomainError when something sensitive comes without
    consent.
    """
    _lock(session, invitee)
    earlier = session.get(Reply, invitee.id)
    if earlier is not None:
        if token and earlier.token == token:
            return earlier
        raise AlreadyAnswered(_("There is an answer to this letter already. You find it in the list."))
    _check_open(session, desk.event.id)
    reply = Reply(invitee_id=invitee.id, event_id=desk.event.id, channel=channel, token=token, entered_at=desk.now)
    _write(session, reply, said, desk.now)
    desk.journal(session, "give" if channel is Channel.ONLINE else "enter", invitee.id)
    return reply


def correct(session: Session, desk: Desk, reply: Reply, said: Said, *, version: int) -> None:
    """Change an answer for somebody who calls or writes. Who no longer wants to take part leaves the pool at once.

    Raises StaleVersion; Conflict for a new yes, or another category, once the draw is prepared.
    """
    check_version(reply, version)
    told = categories_of(session, reply.invitee_id).items()
    # Consent, and a yes, can be taken back at any time.
    only_less = said.answer is Answer.NO or (reply.answer is Answer.YES and said.categories.items() <= told)
    if not only_less:
        _check_open(session, desk.event.id)
    session.execute(delete(ReplyCategory).where(ReplyCategory.invitee_id == reply.invitee_id))
    _write(session, reply, said, desk.now)
    desk.journal(session, "correct", reply.invitee_id)


def erase(session: Session, desk: Desk, invitee: Invitee, forgetters: Collection[Forgetter]) -> None:
    """Delete at once all that is known about an invited person who asks for it (Art. 17 and 21 GDPR).

    Name, address, code and answer go, a seat's name and contact, and the files of letters in which they stand. What
    stays is a fingerprint by which a further extract of the register leaves the person out.
    """
    _lock(session, invitee)
    forget_person(session, invitee, forgetters, desk.now)
    desk.journal(session, "erase", invitee.id)


def categories_of(session: Session, invitee_id: int) -> dict[int, int]:
    """What the person told, category by criterion."""
    query = select(ReplyCategory.criterion_id, ReplyCategory.category_id).where(ReplyCategory.invitee_id == invitee_id)
    return dict(session.execute(query).all())


def _write(session: Session, reply: Reply, said: Said, now: datetime) -> None:
    yes = said.answer is Answer.YES
    # Who says no is asked nothing, and nothing is kept.
    kept = said if yes else Said(answer=Answer.NO)
    if kept.categories:
        if not kept.consent:
            raise DomainError(_("Please tick that you agree, or leave the questions above empty."), "about.consent")
        _check_categories(session, reply.event_id, kept.categories)
    for name in ("answer", "email", "phone", "language", "interpreter", "children", "access_needs"):
        setattr(reply, name, getattr(kept, name))
    reply.dates = list(kept.dates)
    reply.consented_at = now if kept.categories else None
    session.add(reply)
    session.flush()
    session.add_all(
        ReplyCategory(invitee_id=reply.invitee_id, criterion_id=criterion_id, category_id=category_id)
        for criterion_id, category_id in kept.categories.items()
    )
    session.flush()


def _check_categories(session: Session, event_id: int, categories: Mapping[int, int]) -> None:
    """Raises DomainError for what is no category of a criterion that the reply tells."""
    query = (
        select(Category.criterion_id, Category.id)
        .join(Criterion, Criterion.id == Category.criterion_id)
        .where(Criterion.event_id == event_id, Criterion.source == Source.REPLY)
    )
    known = set(session.execute(query))
    if not set(categories.items()) <= known:
        raise DomainError(_("The questions have changed meanwhile. Please answer them again."), "about")


def _lock(session: Session, invitee: Invitee) -> None:
    """The invited person as they are now; two answers with one code come one after the other."""
    session.refresh(invitee, with_for_update=True)
    if invitee.shredded_at is not None:
        raise Conflict(_("This person's data was deleted."))


def _check_open(session: Session, event_id: int) -> None:
    # Locked, so that no answer slips in while the draw is being prepared.
    plan = session.scalar(select(Plan).where(Plan.event_id == event_id).with_for_update(read=True))
    if plan is not None and (plan.locked_at is not None or plan.drawn_at is not None):
        raise Conflict(_("The draw is prepared already. No answer can be added any more."))
