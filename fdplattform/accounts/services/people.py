"""Accounts themselves: made, changed, switched off, erased, found."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, or_, select
from sqlalchemy.orm import Session, selectinload

from fdplattform.accounts.messages import _
from fdplattform.accounts.models import Account, Membership, OneTimeLink
from fdplattform.accounts.services.login import fold_email
from fdplattform.accounts.services.sessions import revoke_sessions
from fdplattform.errors import Conflict, DomainError, StaleVersion
from fdplattform.jobs.mail import mail_address, send_mail
from fdplattform.journal.services import Actor, forget_actor, record, shred
from fdplattform.security.permissions import Role


def create_account(
    session: Session, *, email: str, name: str, password_hash: str, locale: str | None = None, now: datetime
) -> Account:
    """A new account that may sign in but is nothing anywhere yet. Raises DomainError at `email` when it is taken."""
    address = fold_email(mail_address(email))
    if find_account(session, address) is not None:
        raise DomainError(_("There is an account with this e-mail address already."), "email")
    account = Account(email=address, name=name.strip(), password_hash=password_hash, locale=locale, created_at=now)
    session.add(account)
    session.flush()
    record(session, "account:create", actor=_self(account), subject_id=account.id, at=now)
    return account


def find_account(session: Session, email: str) -> Account | None:
    """The account with this address, disabled ones too."""
    return session.scalar(select(Account).where(Account.email == fold_email(email)))


def change_profile(
    session: Session, account: Account, *, name: str, email: str, locale: str | None, version: int, now: datetime
) -> None:
    """Change what a person says about themselves. Raises StaleVersion, or DomainError at `email` when it is taken."""
    if account.version != version:
        raise StaleVersion(_("Your profile was changed in another window."), account)
    address = fold_email(mail_address(email))
    taken = find_account(session, address)
    if taken is not None and taken.id != account.id:
        raise DomainError(_("There is an account with this e-mail address already."), "email")
    if address != account.email:
        _tell_of_new_address(session, account, address)
    account.name, account.email, account.locale = name.strip(), address, locale
    record(session, "account:edit", actor=_self(account), subject_id=account.id, at=now)


def _tell_of_new_address(session: Session, account: Account, new: str) -> None:
    send_mail(
        session,
        account.email,
        _("Your e-mail address was changed"),
        [
            _("Hello,"),
            _("From now on you sign in with ${email}.", mapping={"email": new}),
            _("If that was not you, please call the administration of this site at once."),
        ],
        locale=account.locale,
    )


def change_password(
    session: Session, account: Account, password_hash: str, *, keep_session: int | None, now: datetime
) -> None:
    """Set a new password; every other device is signed out and open reset links die."""
    account.password_hash = password_hash
    revoke_sessions(session, account.id, now, but=keep_session)
    session.execute(delete(OneTimeLink).where(OneTimeLink.account_id == account.id))
    record(session, "account:change_password", actor=_self(account), subject_id=account.id, at=now)


def disable_account(session: Session, account: Account, *, actor: Actor, now: datetime) -> None:
    """Lock the account and sign it out everywhere. Raises Conflict for the last admin."""
    _keep_an_admin(session, account, now)
    account.disabled_at = now
    revoke_sessions(session, account.id, now)
    record(session, "account:disable", actor=actor, subject_id=account.id, at=now)


def enable_account(session: Session, account: Account, *, actor: Actor, now: datetime) -> None:
    """Let a locked account sign in again."""
    account.disabled_at = None
    record(session, "account:enable", actor=actor, subject_id=account.id, at=now)


def delete_account(session: Session, account: Account, *, actor: Actor, now: datetime) -> None:
    """Erase the account and the person's name wherever it is kept; what they did stays on record without a name.

    Raises Conflict for the last admin.
    """
    _keep_an_admin(session, account, now)
    account_id, email = account.id, account.email
    session.execute(delete(OneTimeLink).where(OneTimeLink.email == email))
    session.delete(account)
    session.flush()
    own = actor.type == "account" and actor.id == account_id
    record(
        session, "account:delete", actor=Actor("account", account_id) if own else actor, subject_id=account_id, at=now
    )
    session.flush()
    forget_actor(session, "account", account_id)
    shred(session, "account", account_id)
    shred(session, "member", account_id)


def search_accounts(session: Session, text: str = "", *, limit: int, offset: int = 0) -> Sequence[Account]:
    """Accounts whose name or address contains `text`, by name, with their memberships."""
    query = select(Account).where(*_containing(text)).options(selectinload(Account.memberships))
    return session.scalars(query.order_by(func.lower(Account.name), Account.id).limit(limit).offset(offset)).all()


def count_accounts(session: Session, text: str = "") -> int:
    """How many accounts `search_accounts` would find."""
    return session.scalar(select(func.count()).select_from(Account).where(*_containing(text))) or 0


def _containing(text: str) -> list[ColumnElement[bool]]:
    wanted = text.strip()
    if not wanted:
        return []
    # SQLite folds the case of ASCII letters only, so other letters are looked for as names write them, too.
    spellings = {wanted, wanted.lower(), wanted.upper(), wanted.title()}
    by_name = [Account.name.icontains(spelling, autoescape=True) for spelling in sorted(spellings)]
    return [or_(*by_name, Account.email.contains(fold_email(wanted), autoescape=True))]


def active_admins(session: Session, now: datetime) -> int:
    """How many admins can sign in."""
    query = (
        select(func.count(Account.id.distinct()))
        .join(Membership, Membership.account_id == Account.id)
        .where(
            Membership.role == Role.ADMIN,
            Account.disabled_at.is_(None),
            or_(Membership.valid_until.is_(None), Membership.valid_until > now),
        )
    )
    return session.scalar(query) or 0


def _keep_an_admin(session: Session, account: Account, now: datetime) -> None:
    is_admin = session.scalar(
        select(Membership.id).where(Membership.account_id == account.id, Membership.role == Role.ADMIN)
    )
    if is_admin is not None and account.disabled_at is None and active_admins(session, now) == 1:
        raise Conflict(_("This is the only admin. Please appoint another admin first."))


def _self(account: Account) -> Actor:
    return Actor("account", account.id, account.name)
