"""`/verwaltung/konto`, one's own account, and `/verwaltung/konten`, everybody's."""

from dataclasses import dataclass

from pyramid.authorization import Allow, Authenticated
from pyramid.config import Configurator
from pyramid.request import Request
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from fdplattform.accounts.messages import _
from fdplattform.accounts.models import Account
from fdplattform.security.permissions import Permission
from fdplattform.web.ids import parse_id
from fdplattform.web.tree import Acl, Administration, Resource

OWN = "konto"
ALL = "konten"


@dataclass(kw_only=True)
class OwnAccount(Resource):
    """`/verwaltung/konto`: the account of whoever asks."""

    def __acl__(self) -> Acl:
        return [(Allow, Authenticated, Permission.ACCOUNT_OWN)]

    @property
    def account(self) -> Account:
        """The account of the signed-in person."""
        return self.request.db.get_one(Account, self.request.identity.account_id)

    def page_title(self, request: Request) -> str:
        """For the breadcrumbs."""
        return str(request.localizer.translate(_("My account")))


@dataclass(kw_only=True)
class Accounts(Resource):
    """`/verwaltung/konten`: all accounts, for the admin."""

    def page_title(self, request: Request) -> str:
        """For the breadcrumbs."""
        return str(request.localizer.translate(_("Accounts")))


@dataclass(kw_only=True)
class AccountResource(Resource):
    """`/verwaltung/konten/{id}`"""

    account: Account

    def page_title(self, _request: Request) -> str:
        """For the breadcrumbs."""
        return self.account.name


def _find(parent: Administration, name: str) -> Resource | None:
    kinds: dict[str, type[OwnAccount | Accounts]] = {OWN: OwnAccount, ALL: Accounts}
    kind = kinds.get(name)
    return None if kind is None else kind(__name__=name, __parent__=parent, request=parent.request)


def _find_account(parent: Accounts, name: str) -> Resource | None:
    account_id = parse_id(name)
    if account_id is None:
        return None
    account = parent.request.db.scalar(
        select(Account).options(selectinload(Account.memberships)).where(Account.id == account_id)
    )
    if account is None:
        return None
    return AccountResource(__name__=name, __parent__=parent, request=parent.request, account=account)


def includeme(config: Configurator) -> None:
    config.add_child_finder(Administration, _find)
    config.add_child_finder(Accounts, _find_account)
