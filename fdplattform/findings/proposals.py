"""Proposals: worked out from findings, within a field of action or across them."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session, selectinload
from translationstring import TranslationStringFactory

from fdplattform.dialogues.models import Dialogue
from fdplattform.errors import DomainError, check_version
from fdplattform.findings.fields import find_field
from fdplattform.findings.models import Finding, Proposal, proposal_finding
from fdplattform.findings.record import note
from fdplattform.journal.services import Actor

_ = TranslationStringFactory("fdplattform")


@dataclass(frozen=True, kw_only=True)
class ProposalText:
    """What is proposed: the idea, and where known the problem, who benefits and the first step."""

    title: str
    idea: str
    problem: str | None = None
    benefits: str | None = None
    first_step: str | None = None
    field_id: int | None = None
    language: str = "de"


def create_proposal(
    session: Session,
    dialogue: Dialogue,
    text: ProposalText,
    *,
    finding_ids: Collection[int] = (),
    now: datetime,
    actor: Actor,
) -> Proposal:
    """Make an unpublished proposal that remembers its findings. Raises DomainError for a field of another dialogue."""
    _check_field(session, dialogue, text.field_id)
    proposal = Proposal(dialogue_id=dialogue.id, published=False, created_at=now, **asdict(text))
    session.add(proposal)
    session.flush()
    known = select(Finding.id).where(Finding.dialogue_id == dialogue.id, Finding.id.in_(finding_ids))
    rows = [{"proposal_id": proposal.id, "finding_id": each} for each in session.scalars(known)]
    if rows:
        session.execute(insert(proposal_finding), rows)
    note(session, "proposal:create", dialogue, actor, subject_id=proposal.id, title=proposal.title)
    return proposal


def edit_proposal(
    session: Session, dialogue: Dialogue, proposal: Proposal, text: ProposalText, *, version: int, actor: Actor
) -> None:
    """Change a proposal. Raises StaleVersion, and DomainError for a field of another dialogue."""
    check_version(proposal, version)
    _check_field(session, dialogue, text.field_id)
    changed = [name for name, value in asdict(text).items() if getattr(proposal, name) != value]
    if not changed:
        return
    for name in changed:
        setattr(proposal, name, getattr(text, name))
    note(session, "proposal:edit", dialogue, actor, subject_id=proposal.id, title=proposal.title, fields=changed)


def set_published(session: Session, dialogue: Dialogue, proposal: Proposal, *, published: bool, actor: Actor) -> None:
    """Show a proposal to everybody, or no longer."""
    if proposal.published is published:
        return
    proposal.published = published
    tag = "proposal:publish" if published else "proposal:unpublish"
    note(session, tag, dialogue, actor, subject_id=proposal.id, public=True, title=proposal.title)


def delete_proposal(session: Session, dialogue: Dialogue, proposal: Proposal, *, actor: Actor) -> None:
    """Delete a proposal; the findings it came from stay."""
    note(session, "proposal:delete", dialogue, actor, subject_id=proposal.id, title=proposal.title)
    session.delete(proposal)
    session.flush()


def find_proposal(session: Session, dialogue_id: int, proposal_id: int) -> Proposal | None:
    """The proposal of this dialogue with this id, with its findings."""
    query = select(Proposal).where(Proposal.dialogue_id == dialogue_id, Proposal.id == proposal_id)
    return session.scalar(query.options(selectinload(Proposal.findings)))


def proposals_of(session: Session, dialogue_id: int, *, drafts: bool) -> Sequence[Proposal]:
    """The proposals of a dialogue, oldest first, with their findings; `drafts` includes what is not published."""
    query = select(Proposal).where(Proposal.dialogue_id == dialogue_id).options(selectinload(Proposal.findings))
    if not drafts:
        query = query.where(Proposal.published)
    return session.scalars(query.order_by(Proposal.created_at, Proposal.id)).all()


def count_published(session: Session, dialogue_id: int) -> int:
    """How many proposals of a dialogue everybody can read."""
    query = select(func.count()).where(Proposal.dialogue_id == dialogue_id, Proposal.published)
    return session.scalar(query) or 0


def _check_field(session: Session, dialogue: Dialogue, field_id: int | None) -> None:
    if field_id is not None and find_field(session, dialogue.id, field_id) is None:
        raise DomainError(_("This field of action belongs to another dialogue."), field="field_id")
