"""Invitations: somebody is asked by mail to become something, and accepts by a link."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from fdplattform.accounts.messages import _
from fdplattform.accounts.models import Account, LinkPurpose, OneTimeLink
from fdplattform.accounts.services.links import add_link, use_link
from fdplattform.accounts.services.login import fold_email
from fdplattform.accounts.services.memberships import add_membership, holds
from fdplattform.accounts.services.people import create_account, find_account
from fdplattform.errors import Conflict, DomainError
from fdplattform.jobs.mail import mail_address, send_mail
from fdplattform.journal.services import Actor, record
from fdplattform.security.permissions import SITE_ROLES, Role

INVITATION_LASTS = timedelta(days=7)


def invite(
    session: Session,
    *,
    email: str,
    role: Role,
    municipality_id: int | None,
    place: str,
    actor: Actor,
    base_url: str,
    now: datetime,
    locale: str | None = None,
    deputy_for_id: int | None = None,
) -> str:
    """Invite somebody to be `role` (there) by mail; `place` names it in the mail. Returns the link's address.

    An earlier invitation to the same is replaced. Raises DomainError at `email` when the person is that already.
    """
    if (role in SITE_ROLES) != (municipality_id is None):
        raise ValueError(f"{role} {'takes no' if role in SITE_ROLES else 'needs a'} municipality")
    address = fold_email(mail_address(email))
    account = find_account(session, address)
    if account is not None and holds(session, account.id, role, municipality_id, now):
        raise DomainError(_("This person has this role already."), "email")
    session.execute(
        delete(OneTimeLink).where(
            OneTimeLink.purpose == LinkPurpose.INVITATION,
            OneTimeLink.email == address,
            OneTimeLink.role == role,
            OneTimeLink.municipality_id.is_not_distinct_from(municipality_id),
            OneTimeLink.used_at.is_(None),
        )
    )
    token = add_link(
        session,
        now,
        INVITATION_LASTS,
        LinkPurpose.INVITATION,
        email=address,
        role=role,
        municipality_id=municipality_id,
        deputy_for_id=deputy_for_id,
    )
    url = f"{base_url}/einladung/{token}"
    payload = {"email": address, "role": role.value}
    record(session, "invitation:send", actor=actor, municipality_id=municipality_id, payload=payload, at=now)
    send_mail(
        session,
        address,
        _("Invitation: ${place}", mapping={"place": place}),
        [
            _("Hello,"),
            _(
                "${name} invites you to work on the local dialogue: ${place}.",
                mapping={"name": actor.name or place, "place": place},
            ),
            _("With this link you accept. It works once, until ${date}:", mapping={"date": now + INVITATION_LASTS}),
            url,
            _("If you do not know what this is about, please ignore this mail."),
        ],
        locale=account.locale if account and account.locale else locale,
    )
    return url


def open_invitations(session: Session, municipality_id: int | None, now: datetime) -> Sequence[OneTimeLink]:
    """Invitations to this municipality (None: to the whole deployment) that nobody has accepted yet."""
    query = (
        select(OneTimeLink)
        .where(
            OneTimeLink.purpose == LinkPurpose.INVITATION,
            OneTimeLink.municipality_id.is_not_distinct_from(municipality_id),
            OneTimeLink.used_at.is_(None),
            OneTimeLink.expires_at > now,
        )
        .order_by(OneTimeLink.created_at, OneTimeLink.id)
    )
    return session.scalars(query).all()


def withdraw_invitation(
    session: Session, municipality_id: int | None, link_id: int, *, actor: Actor, now: datetime
) -> bool:
    """Let an invitation die. False when this place has no such open invitation."""
    link = next((link for link in open_invitations(session, municipality_id, now) if link.id == link_id), None)
    if link is None:
        return False
    payload = {"email": link.email, "role": link.role}
    record(session, "invitation:withdraw", actor=actor, municipality_id=municipality_id, payload=payload, at=now)
    session.delete(link)
    return True


def accept_invitation(
    session: Session,
    token: str,
    *,
    now: datetime,
    name: str = "",
    password_hash: str = "",
    locale: str | None = None,
) -> Account:
    """Become what one was invited to be. Somebody without an account gets one with `name` and `password_hash`.

    Raises LinkUnusable, or Conflict when the account was locked.
    """
    link = use_link(session, token, now, LinkPurpose.INVITATION)
    assert link.email is not None
    assert link.role is not None
    account = find_account(session, link.email)
    if account is None:
        if not name or not password_hash:
            raise DomainError(_("Please give your name and a password."))
        account = create_account(
            session, email=link.email, name=name, password_hash=password_hash, locale=locale, now=now
        )
    elif account.disabled_at is not None:
        raise Conflict(_("Your account is locked. Please ask the person who invited you."))
    add_membership(
        session,
        account,
        link.role,
        link.municipality_id,
        actor=Actor("account", account.id, account.name),
        now=now,
        deputy_for_id=link.deputy_for_id,
    )
    return account
