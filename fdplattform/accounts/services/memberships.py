"""Who is what in a municipality: coordinators, their deputies, facilitators."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, joinedload

from fdplattform.accounts.messages import _
from fdplattform.accounts.models import Account, Membership
from fdplattform.accounts.services.identity import Identity
from fdplattform.errors import Conflict, DomainError
from fdplattform.journal.services import Actor, record
from fdplattform.security.permissions import SITE_ROLES, Role

#: Roles that a coordinator gives in the own municipality.
LOCAL_ROLES = (Role.COORDINATOR, Role.DEPUTY, Role.FACILITATOR)


def roles_given_by(identity: Identity, municipality_id: int) -> tuple[Role, ...]:
    """The roles that the person gives and takes in the municipality. A deputy does not replace the coordinator."""
    leads = identity.has(Role.ADMIN) or identity.has(Role.COORDINATOR, municipality_id)
    return LOCAL_ROLES if leads else (Role.FACILITATOR,)


def add_membership(
    session: Session,
    account: Account,
    role: Role,
    municipality_id: int | None,
    *,
    actor: Actor,
    now: datetime,
    deputy_for_id: int | None = None,
    valid_until: datetime | None = None,
) -> Membership:
    """Make the account `role` (there). One who is that already keeps the membership, with the new end and deputyship.

    Raises ValueError for a site role with a municipality or a local one without.
    """
    if (role in SITE_ROLES) != (municipality_id is None):
        raise ValueError(f"{role} {'takes no' if role in SITE_ROLES else 'needs a'} municipality")
    membership = find_membership(session, account.id, role, municipality_id)
    if membership is None:
        membership = Membership(account_id=account.id, role=role, municipality_id=municipality_id, created_at=now)
        session.add(membership)
    membership.deputy_for_id = deputy_for_id
    membership.valid_until = valid_until
    session.flush()
    _record(session, "member:add", membership, account, actor, now)
    return membership


def find_membership(session: Session, account_id: int, role: Role, municipality_id: int | None) -> Membership | None:
    """The membership, ended ones too."""
    return session.scalar(
        select(Membership).where(
            Membership.account_id == account_id,
            Membership.role == role,
            Membership.municipality_id.is_not_distinct_from(municipality_id),
        )
    )


def holds(session: Session, account_id: int, role: Role, municipality_id: int | None, now: datetime) -> bool:
    """True when the account is `role` (there) now; a membership that has ended gives nothing."""
    found = find_membership(session, account_id, role, municipality_id)
    return found is not None and (found.valid_until is None or found.valid_until > now)


def members_of(session: Session, municipality_id: int, now: datetime) -> Sequence[Membership]:
    """Everybody who is something in the municipality, with their accounts, by role and name."""
    query = (
        select(Membership)
        .join(Membership.account)
        .options(joinedload(Membership.account), joinedload(Membership.deputy_for))
        .where(
            Membership.municipality_id == municipality_id,
            or_(Membership.valid_until.is_(None), Membership.valid_until > now),
        )
        .order_by(func.lower(Account.name), Membership.id)
    )
    order = list(Role)
    return sorted(session.scalars(query), key=lambda membership: order.index(membership.role))


def get_member(session: Session, municipality_id: int, membership_id: int) -> Membership | None:
    """The membership with its account, if it belongs to this municipality."""
    return session.scalar(
        select(Membership)
        .options(joinedload(Membership.account))
        .where(Membership.id == membership_id, Membership.municipality_id == municipality_id)
    )


def end_membership(session: Session, membership: Membership, *, actor: Actor, now: datetime) -> None:
    """End it at once. Raises Conflict for the last coordinator or admin: hand over first."""
    if membership.role in {Role.COORDINATOR, Role.ADMIN} and _others(session, membership, now) == 0:
        raise Conflict(_("Nobody else has this role here. Please hand it over first."))
    account = session.get_one(Account, membership.account_id)
    _record(session, "member:end", membership, account, actor, now)
    session.delete(membership)
    session.flush()


def name_deputy(
    session: Session,
    member: Membership,
    *,
    deputy_for: Account,
    valid_until: datetime | None,
    actor: Actor,
    now: datetime,
) -> Membership:
    """Let a member stand in for the coordinator `deputy_for`, until `valid_until` or until it is ended.

    Raises DomainError when the two are the same person, `deputy_for` coordinates nothing here, or the end is past.
    """
    if valid_until is not None and valid_until <= now:
        raise DomainError(_("This day is over already."), "until")
    if member.account_id == deputy_for.id:
        raise DomainError(_("Nobody can be their own deputy."), "member")
    if not holds(session, deputy_for.id, Role.COORDINATOR, member.municipality_id, now):
        raise DomainError(_("Only coordinators have deputies."), "deputy_for")
    return add_membership(
        session,
        member.account,
        Role.DEPUTY,
        member.municipality_id,
        actor=actor,
        now=now,
        deputy_for_id=deputy_for.id,
        valid_until=valid_until,
    )


def hand_over(
    session: Session, coordinator: Membership, successor: Membership, *, actor: Actor, now: datetime
) -> Membership:
    """Give the coordination to another member of the same municipality: the old coordinator's membership ends, and the
    successor is no deputy any more. Raises DomainError when they are the same person or from different places.
    """
    if coordinator.role != Role.COORDINATOR or coordinator.municipality_id != successor.municipality_id:
        raise DomainError(_("Coordination can only be handed over inside one municipality."), "member")
    if coordinator.account_id == successor.account_id:
        raise DomainError(_("Please choose another person."), "member")
    new = add_membership(
        session, successor.account, Role.COORDINATOR, coordinator.municipality_id, actor=actor, now=now
    )
    for deputyship in session.scalars(
        select(Membership).where(
            Membership.municipality_id == coordinator.municipality_id,
            Membership.role == Role.DEPUTY,
            or_(Membership.account_id == successor.account_id, Membership.deputy_for_id == coordinator.account_id),
        )
    ):
        if deputyship.account_id == successor.account_id:
            session.delete(deputyship)
        else:
            deputyship.deputy_for_id = successor.account_id
    end_membership(session, coordinator, actor=actor, now=now)
    record(
        session,
        "municipality:hand_over",
        actor=actor,
        subject_id=coordinator.municipality_id,
        municipality_id=coordinator.municipality_id,
        payload={"name": successor.account.name},
        at=now,
    )
    return new


def _others(session: Session, membership: Membership, now: datetime) -> int:
    query = (
        select(func.count())
        .select_from(Membership)
        .join(Membership.account)
        .where(
            Membership.role == membership.role,
            Membership.municipality_id.is_not_distinct_from(membership.municipality_id),
            Membership.id != membership.id,
            Account.disabled_at.is_(None),
            or_(Membership.valid_until.is_(None), Membership.valid_until > now),
        )
    )
    return session.scalar(query) or 0


def _record(session: Session, tag: str, membership: Membership, account: Account, actor: Actor, now: datetime) -> None:
    record(
        session,
        tag,
        actor=actor,
        subject_id=account.id,
        municipality_id=membership.municipality_id,
        payload={"name": account.name, "role": membership.role.value},
        at=now,
    )
