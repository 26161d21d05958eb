"""Signing in and out.

Three steps, because hashing must not happen inside a transaction: `read_credentials` in a short session, then
`passwords.verify_password`, then `log_in` in the request's transaction, which makes sure that nothing has changed.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, joinedload

from fdplattform.accounts.messages import _
from fdplattform.accounts.models import Account, AccountSession
from fdplattform.accounts.services.second_factor import Vault, accept_code
from fdplattform.accounts.services.sessions import PENDING_LASTS, SESSION_LASTS, open_session, revoke_session
from fdplattform.accounts.tokens import token_hash
from fdplattform.errors import DomainError
from fdplattform.journal.services import Actor, record


@dataclass(frozen=True, kw_only=True)
class Credentials:
    """What a password is compared with."""

    account_id: int
    password_hash: str


@dataclass(frozen=True, kw_only=True)
class SignIn:
    """The outcome of a right password: the cookie's token; `pending` when the second factor is still owed."""

    token: str
    pending: bool

    @property
    def lasts(self) -> timedelta:
        """How long the cookie holds."""
        return PENDING_LASTS if self.pending else SESSION_LASTS


def fold_email(text: str) -> str:
    """An address as it is stored and compared."""
    return text.strip().casefold()


def read_credentials(session: Session, email: str) -> Credentials | None:
    """What the password for `email` must fit, or None when nobody with this address may sign in."""
    row = session.execute(
        select(Account.id, Account.password_hash).where(
            Account.email == fold_email(email), Account.disabled_at.is_(None)
        )
    ).one_or_none()
    return Credentials(account_id=row.id, password_hash=row.password_hash) if row else None


def refusal() -> DomainError:
    """The one answer to every failed attempt: it tells nobody which accounts exist."""
    return DomainError(_("This e-mail address and this password do not fit together."), "password")


def log_in(session: Session, credentials: Credentials, *, device: str, now: datetime) -> SignIn:
    """Sign in with verified credentials. Raises DomainError when they were changed in the meantime."""
    account = session.get(Account, credentials.account_id, with_for_update=True)
    if account is None or account.disabled_at is not None or account.password_hash != credentials.password_hash:
        raise refusal()
    pending = account.totp_secret is not None
    if not pending:
        _record_sign_in(session, account, now)
    return SignIn(token=open_session(session, account.id, device, now, pending=pending), pending=pending)


def find_pending(session: Session, token: str, now: datetime) -> AccountSession | None:
    """The sign-in that owes its second factor, or None when it took too long."""
    return session.scalar(
        select(AccountSession)
        .options(joinedload(AccountSession.account))
        .where(
            AccountSession.token_hash == token_hash(token),
            AccountSession.pending.is_(True),
            AccountSession.expires_at > now,
        )
    )


def confirm(session: Session, vault: Vault, token: str, code: str, now: datetime) -> SignIn:
    """Pay the second factor with a code or a recovery code. Raises DomainError at the field `code`."""
    pending = find_pending(session, token, now)
    if pending is None or pending.account.disabled_at is not None:
        raise DomainError(_("Signing in took too long. Please begin again."))
    if not accept_code(session, vault, pending.account, code, now):
        raise DomainError(_("This code does not fit, or it was used already. Please wait for the next one."), "code")
    session.execute(delete(AccountSession).where(AccountSession.id == pending.id))
    _record_sign_in(session, pending.account, now)
    return SignIn(token=open_session(session, pending.account_id, pending.device, now), pending=False)


def log_out(session: Session, account_id: int, session_id: int, now: datetime) -> None:
    """Sign this device out."""
    revoke_session(session, account_id, session_id, now)


def _record_sign_in(session: Session, account: Account, now: datetime) -> None:
    record(session, "account:log_in", actor=Actor("account", account.id, account.name), subject_id=account.id, at=now)
