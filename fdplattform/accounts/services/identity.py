"""Who is asking: one query from the session's token to the person and all that the person is."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from pyramid.authorization import Authenticated, Everyone
from sqlalchemy import and_, or_, select, update
from sqlalchemy.orm import Session

from fdplattform.accounts.models import Account, AccountSession, Membership
from fdplattform.accounts.tokens import token_hash
from fdplattform.journal.services import GUEST, Actor
from fdplattform.security.permissions import Role, principal

#: `last_seen_at` is at most this much behind.
SEEN_EVERY = timedelta(hours=1)


@dataclass(frozen=True, kw_only=True)
class RoleHeld:
    """A role, and the municipality in which it holds (None: everywhere)."""

    role: Role
    municipality_id: int | None


@dataclass(frozen=True, kw_only=True)
class Person:
    """Whoever is known during one request: by an account, or by a link."""

    name: str
    #: What ACLs compare: everyone, and each role as `principal(role, municipality_id)`; with an account, authenticated.
    principals: frozenset[str]
    roles: tuple[RoleHeld, ...] = ()

    @property
    def actor(self) -> Actor:
        """How the journal names this person."""
        raise NotImplementedError

    def has(self, role: Role, municipality_id: int | None = None) -> bool:
        """True when the person has `role` (there)."""
        return principal(role, municipality_id) in self.principals

    @property
    def municipality_ids(self) -> frozenset[int]:
        """The municipalities in which the person has any role."""
        return frozenset(held.municipality_id for held in self.roles if held.municipality_id is not None)


@dataclass(frozen=True, kw_only=True)
class Identity(Person):
    """A person who is signed in to an account."""

    account_id: int
    email: str
    locale: str | None
    session_id: int
    last_seen_at: datetime

    @property
    def actor(self) -> Actor:
        return Actor("account", self.account_id, self.name)


@dataclass(frozen=True, kw_only=True)
class Guest(Person):
    """Somebody who has opened a link that stands for a role at one event, and has no account."""

    link_id: int
    #: The date of the event for whose day the link is.
    event_date_id: int

    @property
    def actor(self) -> Actor:
        return Actor(GUEST, self.link_id, self.name)


#: Finds who holds a token that belongs to no account: `find(session, token, now)`.
GuestFinder = Callable[[Session, str, datetime], Guest | None]


def find_identity(session: Session, token: str, now: datetime) -> Identity | None:
    """The person signed in with `token`, or None when the session is unknown, over, revoked or its account disabled."""
    query = (
        select(
            Account.id,
            Account.name,
            Account.email,
            Account.locale,
            AccountSession.id.label("session_id"),
            AccountSession.last_seen_at,
            Membership.role,
            Membership.municipality_id,
        )
        .select_from(AccountSession)
        .join(Account, Account.id == AccountSession.account_id)
        .outerjoin(
            Membership,
            and_(
                Membership.account_id == Account.id,
                or_(Membership.valid_until.is_(None), Membership.valid_until > now),
            ),
        )
        .where(
            AccountSession.token_hash == token_hash(token),
            AccountSession.pending.is_(False),
            AccountSession.revoked_at.is_(None),
            AccountSession.expires_at > now,
            Account.disabled_at.is_(None),
        )
    )
    rows = session.execute(query).all()
    if not rows:
        return None
    first = rows[0]
    roles = tuple(RoleHeld(role=row.role, municipality_id=row.municipality_id) for row in rows if row.role is not None)
    return Identity(
        account_id=first.id,
        name=first.name,
        email=first.email,
        locale=first.locale,
        session_id=first.session_id,
        last_seen_at=first.last_seen_at,
        roles=roles,
        principals=_principals(roles),
    )


def _principals(roles: Iterable[RoleHeld]) -> frozenset[str]:
    return frozenset({Everyone, Authenticated, *(principal(held.role, held.municipality_id) for held in roles)})


def note_seen(session: Session, identity: Identity, now: datetime) -> None:
    """Remember that the device is in use; at most one write in SEEN_EVERY."""
    if now - identity.last_seen_at >= SEEN_EVERY:
        session.execute(update(AccountSession).where(AccountSession.id == identity.session_id).values(last_seen_at=now))
