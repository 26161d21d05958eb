"""Programmes, agreements and own contributions."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload
from translationstring import TranslationStringFactory

from fdplattform.errors import DomainError, check_version
from fdplattform.journal.services import Actor, record
from fdplattform.municipalities.models import Municipality
from fdplattform.municipalities.services import activate
from fdplattform.programmes.models import (
    Agreement,
    ContributionKind,
    ContributionStatus,
    OwnContribution,
    Programme,
)

_ = TranslationStringFactory("fdplattform")


@dataclass(frozen=True, kw_only=True)
class ProgrammeData:
    """What a programme is."""

    title: str
    client: str
    provider: str
    planned_municipalities: int
    building_blocks: Sequence[int]
    starts_on: date
    ends_on: date

    def values(self) -> dict[str, Any]:
        """As columns. Raises DomainError when the end comes before the start."""
        if self.ends_on < self.starts_on:
            raise DomainError(_("The end comes before the start."), field="ends_on")
        return {**asdict(self), "building_blocks": sorted(set(self.building_blocks))}


@dataclass(frozen=True, kw_only=True)
class AgreementData:
    """What was agreed with a municipality."""

    blocks: Sequence[int]
    concluded_on: date
    contact: str | None = None
    notes: str | None = None


@dataclass(frozen=True)
class Promise:
    """How certain a contribution is."""

    status: ContributionStatus
    note: str | None = None


@dataclass(frozen=True)
class ProgrammeRow:
    """A programme in the list, and with how many municipalities there is an agreement."""

    programme: Programme
    municipalities: int


def list_programmes(session: Session) -> list[ProgrammeRow]:
    """All programmes, the latest first."""
    agreed = func.count(Agreement.municipality_id.distinct())
    query = (
        select(Programme, agreed)
        .outerjoin(Agreement, Agreement.programme_id == Programme.id)
        .group_by(Programme.id)
        .order_by(Programme.starts_on.desc(), Programme.id.desc())
    )
    return [ProgrammeRow(programme, count) for programme, count in session.execute(query)]


def find_programme(session: Session, programme_id: int) -> Programme | None:
    """A programme with nothing else loaded."""
    return session.get(Programme, programme_id)


def create_programme(session: Session, data: ProgrammeData, *, actor: Actor) -> Programme:
    """A new programme. Raises DomainError when the end comes before the start."""
    programme = Programme(**data.values())
    session.add(programme)
    session.flush()
    _record(session, "programme:create", programme, actor, payload={"title": programme.title})
    return programme


def edit_programme(session: Session, programme: Programme, data: ProgrammeData, *, version: int, actor: Actor) -> None:
    """Change a programme. Raises StaleVersion, and DomainError when the end comes before the start."""
    check_version(programme, version)
    values = data.values()
    changed = sorted(name for name, value in values.items() if getattr(programme, name) != value)
    for name in changed:
        setattr(programme, name, values[name])
    if changed:
        _record(session, "programme:edit", programme, actor, payload={"title": programme.title, "fields": changed})


def agreements_of(session: Session, programme_id: int) -> Sequence[Agreement]:
    """The agreements of a programme with their municipalities and contributions, by name: three queries at most."""
    query = (
        select(Agreement)
        .join(Agreement.municipality)
        .where(Agreement.programme_id == programme_id)
        .options(joinedload(Agreement.municipality), selectinload(Agreement.contributions))
        .order_by(Municipality.search_name, Agreement.id)
    )
    return session.scalars(query).all()


def find_agreement(session: Session, programme_id: int, agreement_id: int) -> Agreement | None:
    """One agreement of this programme, with its municipality and contributions."""
    query = (
        select(Agreement)
        .where(Agreement.id == agreement_id, Agreement.programme_id == programme_id)
        .options(joinedload(Agreement.municipality), selectinload(Agreement.contributions))
    )
    return session.scalar(query)


def conclude_agreement(
    session: Session, programme: Programme, municipality: Municipality, data: AgreementData, *, actor: Actor
) -> Agreement:
    """Give a municipality its place in a programme, with every own contribution still open.

    The first agreement stays within the programme's building blocks; a further one may go beyond them. Raises
    DomainError for blocks that are agreed already or that a first agreement cannot have.
    """
    _check_blocks(session, programme, municipality.id, data.blocks)
    agreement = Agreement(
        programme_id=programme.id,
        municipality_id=municipality.id,
        blocks=sorted(set(data.blocks)),
        concluded_on=data.concluded_on,
        contact=data.contact,
        notes=data.notes,
        contributions=[OwnContribution(kind=kind, status=ContributionStatus.OPEN) for kind in ContributionKind],
    )
    session.add(agreement)
    session.flush()
    activate(session, municipality.id)
    _record(
        session,
        "agreement:conclude",
        programme,
        actor,
        municipality_id=municipality.id,
        payload={"municipality": municipality.name, "programme": programme.title, "blocks": agreement.blocks},
    )
    return agreement


def edit_agreement(
    session: Session, programme: Programme, agreement: Agreement, data: AgreementData, *, version: int, actor: Actor
) -> None:
    """Change what was agreed. Raises StaleVersion, and DomainError for blocks that cannot be agreed (any more)."""
    check_version(agreement, version)
    _check_blocks(session, programme, agreement.municipality_id, data.blocks, of=agreement)
    values = {**asdict(data), "blocks": sorted(set(data.blocks))}
    changed = sorted(name for name, value in values.items() if getattr(agreement, name) != value)
    for name in changed:
        setattr(agreement, name, values[name])
    if changed:
        _record(
            session,
            "agreement:edit",
            programme,
            actor,
            municipality_id=agreement.municipality_id,
            payload={"programme": programme.title, "fields": changed},
        )


def _check_blocks(
    session: Session,
    programme: Programme,
    municipality_id: int,
    blocks: Sequence[int],
    of: Agreement | None = None,
) -> None:
    """Hold the blocks, of a new agreement or `of` this one, to the municipality's others."""
    query = select(Agreement).where(
        Agreement.programme_id == programme.id, Agreement.municipality_id == municipality_id
    )
    others = [each for each in session.scalars(query) if each is not of]
    earlier = [each for each in others if of is None or each.id < of.id]
    agreed = {block for each in others for block in each.blocks} & set(blocks)
    if agreed:
        message = _("Already agreed: building block ${blocks}.", mapping={"blocks": _listed(agreed)})
        raise DomainError(message, field="blocks")
    beyond = set(blocks) - set(programme.building_blocks)
    if beyond and not earlier:
        message = _(
            "The programme does not cover building block ${blocks}. It needs a further agreement after the first one.",
            mapping={"blocks": _listed(beyond)},
        )
        raise DomainError(message, field="blocks")


def _listed(blocks: set[int]) -> str:
    return ", ".join(str(block) for block in sorted(blocks))


def edit_contributions(
    session: Session,
    programme: Programme,
    agreement: Agreement,
    promises: Mapping[ContributionKind, Promise],
    *,
    version: int,
    actor: Actor,
) -> None:
    """Note how certain each contribution is. Raises StaleVersion."""
    check_version(agreement, version)
    changed = [
        (contribution, promises[contribution.kind])
        for contribution in agreement.contributions
        if contribution.kind in promises
        and Promise(contribution.status, contribution.note) != promises[contribution.kind]
    ]
    if not changed:
        return
    changes = {
        contribution.kind.value: [contribution.status.value, promise.status.value] for contribution, promise in changed
    }
    for contribution, promise in changed:
        contribution.status, contribution.note = promise.status, promise.note
    # The contributions are part of the agreement: a change of one makes other people's open forms stale.
    agreement.version += 1
    _record(
        session,
        "agreement:contributions",
        programme,
        actor,
        municipality_id=agreement.municipality_id,
        payload={"programme": programme.title, "changes": changes},
    )


def _record(
    session: Session,
    tag: str,
    programme: Programme,
    actor: Actor,
    *,
    payload: dict[str, Any],
    municipality_id: int | None = None,
) -> None:
    record(session, tag, actor=actor, subject_id=programme.id, municipality_id=municipality_id, payload=payload)
