"""Names of municipalities for the pages about accounts. The room that has the municipalities says them."""

from collections.abc import Callable, Iterable, Mapping

from pyramid.config import Configurator
from pyramid.request import Request
from sqlalchemy.orm import Session

from fdplattform.accounts.models import Account

PlaceNames = Callable[[Session, frozenset[int]], Mapping[int, str]]


def places_of(request: Request, accounts: Iterable[Account]) -> Mapping[int, str]:
    """The names of all municipalities in which the accounts are something, by id."""
    ids = frozenset(
        membership.municipality_id
        for account in accounts
        for membership in account.memberships
        if membership.municipality_id is not None
    )
    names: Mapping[int, str] = request.registry.place_names(request.db, ids) if ids else {}
    return names


def set_place_names(config: Configurator, names: PlaceNames) -> None:
    """Directive: `names(session, ids)` says how municipalities are called."""

    def register() -> None:
        config.registry.place_names = names

    config.action("place names", register)


def includeme(config: Configurator) -> None:
    config.add_directive("set_place_names", set_place_names)
