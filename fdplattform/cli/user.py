"""`fdplattform user`: accounts from the command line. Passwords are never typed here: each command prints a link."""

from typing import TYPE_CHECKING

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from fdplattform.cli.support.deployment import Deployment, pass_deployment
from fdplattform.errors import DomainError
from fdplattform.security.permissions import SITE_ROLES, Role

if TYPE_CHECKING:
    from fdplattform.accounts.models import Account

CHOICES = (Role.ADMIN, Role.PROGRAMME_OFFICE, Role.COORDINATOR, Role.DEPUTY, Role.FACILITATOR)


@click.group()
def command() -> None:
    """Invite people, help those who are locked out, lock accounts."""


@command.command()
@click.option("--email", required=True, help="Where the invitation goes.")
@click.option("--role", required=True, type=click.Choice([role.value for role in CHOICES]))
@click.option("--municipality", help="Short name in the address (/kommunen/SHORT-NAME); for all but the site's roles.")
@pass_deployment
def create(deployment: Deployment, email: str, role: str, municipality: str | None) -> None:
    """Invite somebody by mail and print the link with which they set name and password."""
    from fdplattform.accounts.services import invite
    from fdplattform.journal.services import COMMAND_LINE

    settings = deployment.settings
    with deployment.transaction() as session:
        place_id, place = _place(session, Role(role), municipality, settings.site_name)
        try:
            url = invite(
                session,
                email=email,
                role=Role(role),
                municipality_id=place_id,
                place=place,
                actor=COMMAND_LINE,
                base_url=settings.base_url,
                now=deployment.registry.clock(),
                locale=settings.default_locale,
            )
        except DomainError as error:
            raise click.ClickException(str(error.message)) from error
    click.echo(url)


@command.command()
@click.option("--email", required=True)
@pass_deployment
def reset(deployment: Deployment, email: str) -> None:
    """Print a link with which the account sets a new password."""
    from fdplattform.accounts.services import create_reset_link

    with deployment.transaction() as session:
        account = _account(session, email)
        click.echo(
            create_reset_link(session, account, base_url=deployment.settings.base_url, now=deployment.registry.clock())
        )


@command.command("first-admin")
@pass_deployment
def first_admin(deployment: Deployment) -> None:
    """Print a link that makes the first admin; nothing when there is one."""
    from fdplattform.accounts.services import create_first_admin_link

    with deployment.transaction() as session:
        url = create_first_admin_link(session, base_url=deployment.settings.base_url, now=deployment.registry.clock())
    if url is not None:
        click.echo(url)


@command.command("without-second-factor")
@click.option("--email", required=True)
@pass_deployment
def without_second_factor(deployment: Deployment, email: str) -> None:
    """Turn the second factor off for somebody who has lost the device and the recovery codes."""
    from fdplattform.accounts.services.second_factor import disable
    from fdplattform.journal.services import COMMAND_LINE

    with deployment.transaction() as session:
        disable(session, _account(session, email), COMMAND_LINE, deployment.registry.clock())


@command.command("list")
@click.argument("text", default="")
@pass_deployment
def list_accounts(deployment: Deployment, text: str) -> None:
    """List the accounts whose name or address contains TEXT."""
    from fdplattform.accounts.services import search_accounts

    with deployment.registry.sessions() as session:
        for account in search_accounts(session, text, limit=1000):
            roles = ",".join(sorted(membership.role for membership in account.memberships))
            click.echo(f"{account.email}\t{account.name}\t{roles}\t{'locked' if account.disabled_at else ''}")


def _place(session: Session, role: Role, slug: str | None, site_name: str) -> tuple[int | None, str]:
    from fdplattform.municipalities.models import Municipality

    if (role in SITE_ROLES) != (slug is None):
        raise click.UsageError(f"{role} {'takes no' if role in SITE_ROLES else 'needs a'} --municipality")
    if slug is None:
        return None, site_name
    municipality = session.scalar(select(Municipality).where(Municipality.slug == slug))
    if municipality is None:
        raise click.ClickException(f"there is no municipality {slug!r}")
    return municipality.id, municipality.name


def _account(session: Session, email: str) -> "Account":
    from fdplattform.accounts.services import find_account

    account = find_account(session, email)
    if account is None:
        raise click.ClickException(f"there is no account {email!r}")
    return account
