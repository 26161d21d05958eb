"""Secret links that work once."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from fdplattform.accounts.messages import _
from fdplattform.accounts.models import LinkPurpose, OneTimeLink
from fdplattform.accounts.tokens import new_token, token_hash
from fdplattform.db.sql import affected
from fdplattform.errors import DomainError


class LinkUnusable(DomainError):
    """The link is unknown, over, or was used before."""

    status = 410

    def __init__(self) -> None:
        super().__init__(_("This link is no longer valid."))


def add_link(session: Session, now: datetime, lasts: timedelta, purpose: LinkPurpose, **what: object) -> str:
    """A new link; `what` fills its columns. Returns its token, which is stored nowhere."""
    token = new_token()
    session.add(
        OneTimeLink(token_hash=token_hash(token), purpose=purpose, created_at=now, expires_at=now + lasts, **what)
    )
    return token


def find_link(session: Session, token: str, now: datetime, *purposes: LinkPurpose) -> OneTimeLink:
    """The link with this token, for one of `purposes`. Raises LinkUnusable."""
    link = session.scalar(select(OneTimeLink).where(OneTimeLink.token_hash == token_hash(token)))
    if link is None or link.purpose not in purposes or link.used_at is not None or link.expires_at <= now:
        raise LinkUnusable()
    return link


def use_link(session: Session, token: str, now: datetime, purpose: LinkPurpose) -> OneTimeLink:
    """The link, used up by this. Raises LinkUnusable."""
    link = find_link(session, token, now, purpose)
    # One statement decides, so that of two clicks one loses.
    statement = (
        update(OneTimeLink)
        .where(OneTimeLink.id == link.id, OneTimeLink.used_at.is_(None))
        .values(used_at=now)
        .execution_options(synchronize_session=False)
    )
    if not affected(session, statement):
        raise LinkUnusable()
    return link


def forget_old_links(session: Session, now: datetime) -> None:
    """Delete links that are over or used."""
    session.execute(delete(OneTimeLink).where((OneTimeLink.expires_at <= now) | OneTimeLink.used_at.is_not(None)))
