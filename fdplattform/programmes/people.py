"""Who coordinates in the municipalities of a programme, or is invited to."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from fdplattform.accounts.models import Account, LinkPurpose, Membership, OneTimeLink
from fdplattform.security.permissions import Role


def coordinators(session: Session, municipality_ids: Collection[int], now: datetime) -> dict[int, list[str]]:
    """The names of the coordinators and deputies of each municipality; one query for all."""
    found: dict[int, list[str]] = {key: [] for key in municipality_ids}
    query = (
        select(Membership.municipality_id, Account.name)
        .join(Membership.account)
        .where(
            Membership.municipality_id.in_(found),
            Membership.role.in_((Role.COORDINATOR, Role.DEPUTY)),
            or_(Membership.valid_until.is_(None), Membership.valid_until > now),
            Account.disabled_at.is_(None),
        )
        .order_by(Account.name)
    )
    for municipality_id, name in session.execute(query):
        assert municipality_id is not None
        if name not in found[municipality_id]:
            found[municipality_id].append(name)
    return found


def invitations(session: Session, municipality_ids: Collection[int], now: datetime) -> dict[int, list[OneTimeLink]]:
    """The open invitations to coordinate in each municipality, the oldest first; one query for all."""
    found: dict[int, list[OneTimeLink]] = {key: [] for key in municipality_ids}
    query = (
        select(OneTimeLink)
        .where(
            OneTimeLink.purpose == LinkPurpose.INVITATION,
            OneTimeLink.municipality_id.in_(found),
            OneTimeLink.role == Role.COORDINATOR,
            OneTimeLink.used_at.is_(None),
            OneTimeLink.expires_at > now,
        )
        .order_by(OneTimeLink.created_at, OneTimeLink.id)
    )
    for link in session.scalars(query):
        assert link.municipality_id is not None
        found[link.municipality_id].append(link)
    return found
