"""Links that give access: a new password for a forgotten one, and the first admin of a deployment."""

from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from fdplattform.accounts.messages import _
from fdplattform.accounts.models import Account, LinkPurpose, OneTimeLink
from fdplattform.accounts.services.links import LinkUnusable, add_link, find_link, use_link
from fdplattform.accounts.services.login import fold_email
from fdplattform.accounts.services.memberships import add_membership
from fdplattform.accounts.services.people import active_admins, change_password, create_account, find_account
from fdplattform.jobs.mail import send_mail
from fdplattform.jobs.registry import JobContext
from fdplattform.jobs.services import enqueue
from fdplattform.journal.services import Actor
from fdplattform.security.permissions import Role

RESET_LASTS = timedelta(hours=2)
FIRST_ADMIN_LASTS = timedelta(days=7)

#: Job that sends a reset link, if there is an account. A job, so that the page takes as long when there is none.
SEND_RESET = "account:send_reset"


def request_reset(session: Session, email: str) -> None:
    """Ask for a link to set a new password. Does the same whether or not there is such an account."""
    enqueue(session, SEND_RESET, {"email": fold_email(email)})


def send_reset(context: JobContext, payload: dict[str, str]) -> None:
    """Job handler: mail a reset link to the account, if it exists and is not locked."""
    with context.transaction() as session:
        account = find_account(session, payload["email"])
        if account is None or account.disabled_at is not None:
            return
        url = create_reset_link(session, account, base_url=context.settings.base_url, now=context.now)
        send_mail(
            session,
            account.email,
            _("Set a new password"),
            [
                _("Hello,"),
                _(
                    "With this link you set a new password. It works once, until ${date}:",
                    mapping={"date": context.now + RESET_LASTS},
                ),
                url,
                _("If you did not ask for it, please ignore this mail. Your password stays as it is."),
            ],
            locale=account.locale,
            dedup_key=f"mail:{context.key}",
        )


def create_reset_link(session: Session, account: Account, *, base_url: str, now: datetime) -> str:
    """The address at which the account's password can be set once."""
    token = add_link(session, now, RESET_LASTS, LinkPurpose.PASSWORD_RESET, account_id=account.id)
    return f"{base_url}/zugang/{token}"


def linked_account(session: Session, token: str, now: datetime) -> Account:
    """Whose password the link resets. Raises LinkUnusable."""
    link = find_link(session, token, now, LinkPurpose.PASSWORD_RESET)
    return session.get_one(Account, link.account_id)


def reset_password(session: Session, token: str, password_hash: str, now: datetime) -> Account:
    """Set a new password by link; every device is signed out. Raises LinkUnusable."""
    link = use_link(session, token, now, LinkPurpose.PASSWORD_RESET)
    account = session.get_one(Account, link.account_id)
    change_password(session, account, password_hash, keep_session=None, now=now)
    return account


def create_first_admin_link(session: Session, *, base_url: str, now: datetime) -> str | None:
    """The address at which the first admin makes their account, or None when there is an admin already.

    Links made before die.
    """
    if active_admins(session, now):
        return None
    session.execute(delete(OneTimeLink).where(OneTimeLink.purpose == LinkPurpose.FIRST_ADMIN))
    return f"{base_url}/zugang/{add_link(session, now, FIRST_ADMIN_LASTS, LinkPurpose.FIRST_ADMIN)}"


def accept_first_admin(
    session: Session, token: str, *, email: str, name: str, password_hash: str, locale: str | None, now: datetime
) -> Account:
    """Make the first admin. Raises LinkUnusable, also when there is an admin by now."""
    use_link(session, token, now, LinkPurpose.FIRST_ADMIN)
    if active_admins(session, now):
        raise LinkUnusable()
    account = create_account(session, email=email, name=name, password_hash=password_hash, locale=locale, now=now)
    add_membership(session, account, Role.ADMIN, None, actor=Actor("account", account.id, account.name), now=now)
    return account
