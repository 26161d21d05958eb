"""Signed-in devices: opened at sign-in, listed for their owner, revocable at once."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from fdplattform.accounts.models import AccountSession
from fdplattform.accounts.tokens import new_token, token_hash
from fdplattform.db.sql import affected

#: How long a device stays signed in.
SESSION_LASTS = timedelta(days=14)
#: How long the second factor may take after the password.
PENDING_LASTS = timedelta(minutes=10)

#: The longer name first: Edge also says "Chrome", Chrome also says "Safari".
BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


def device_of(user_agent: str | None) -> str:
    """What a person recognises a device by: "Firefox, Windows"; empty when nothing is known."""
    header = user_agent or ""
    found = (next((name for sign, name in table if sign in header), None) for table in (BROWSERS, SYSTEMS))
    return ", ".join(name for name in found if name)


def open_session(session: Session, account_id: int, device: str, now: datetime, *, pending: bool = False) -> str:
    """Sign a device in. Returns the token for its cookie, which is stored nowhere."""
    token = new_token()
    session.add(
        AccountSession(
            token_hash=token_hash(token),
            account_id=account_id,
            pending=pending,
            device=device,
            created_at=now,
            last_seen_at=now,
            expires_at=now + (PENDING_LASTS if pending else SESSION_LASTS),
        )
    )
    return token


def signed_in_devices(session: Session, account_id: int, now: datetime) -> Sequence[AccountSession]:
    """The devices on which the account is signed in, the last seen first."""
    query = (
        select(AccountSession)
        .where(
            AccountSession.account_id == account_id,
            AccountSession.pending.is_(False),
            AccountSession.revoked_at.is_(None),
            AccountSession.expires_at > now,
        )
        .order_by(AccountSession.last_seen_at.desc(), AccountSession.id.desc())
    )
    return session.scalars(query).all()


def revoke_session(session: Session, account_id: int, session_id: int, now: datetime) -> bool:
    """Sign one of the account's devices out. False when it has no such device."""
    statement = (
        update(AccountSession)
        .where(
            AccountSession.id == session_id,
            AccountSession.account_id == account_id,
            AccountSession.revoked_at.is_(None),
        )
        .values(revoked_at=now)
    )
    return bool(affected(session, statement))


def revoke_sessions(session: Session, account_id: int, now: datetime, *, but: int | None = None) -> int:
    """Sign all devices of the account out, except the session `but`. Returns how many there were."""
    statement = (
        update(AccountSession)
        .where(
            AccountSession.account_id == account_id,
            AccountSession.id != (but or 0),
            AccountSession.revoked_at.is_(None),
        )
        .values(revoked_at=now)
    )
    return affected(session, statement)


def forget_old_sessions(session: Session, now: datetime) -> None:
    """Delete sessions that are over."""
    session.execute(
        delete(AccountSession).where(or_(AccountSession.expires_at <= now, AccountSession.revoked_at.is_not(None)))
    )
