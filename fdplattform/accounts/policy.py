"""Pyramid's security policy: who is asking, and does the tree's ACL let them."""

from collections.abc import Callable
from typing import Any

from pyramid.authorization import ACLHelper, Everyone
from pyramid.config import Configurator
from pyramid.registry import Registry
from pyramid.request import Request, RequestLocalCache
from pyramid.response import Response
from pyramid.security import Allowed, Denied
from pyramid.tweens import EXCVIEW
from sqlalchemy.orm import Session

from fdplattform.accounts.services import GuestFinder, Identity, Person, find_identity, note_seen
from fdplattform.security.cookie import read_token
from fdplattform.security.tweens import TRANSACTION
from fdplattform.web.database import SAFE_METHODS

ANONYMOUS = frozenset({Everyone})


class SecurityPolicy:
    """Sessions in the database, roles from memberships, permissions from the ACLs of the resource tree."""

    def __init__(self) -> None:
        self._identities = RequestLocalCache(_load_identity)
        self._acl = ACLHelper()

    def identity(self, request: Request) -> Person | None:
        """Who is signed in, or has opened a link; asked once per request, and not at all without a cookie."""
        found: Person | None = self._identities.get_or_create(request)
        return found

    def authenticated_userid(self, request: Request) -> str | None:
        """The account's id as text."""
        identity = self.identity(request)
        return str(identity.account_id) if isinstance(identity, Identity) else None

    def permits(self, request: Request, context: Any, permission: str) -> Allowed | Denied:
        """Whether the person asking has `permission` at `context`."""
        identity = self.identity(request)
        return self._acl.permits(context, identity.principals if identity else ANONYMOUS, permission)

    def remember(self, _request: Request, _userid: str, **_options: Any) -> list[tuple[str, str]]:
        """Nothing: signing in opens a session row, see `accounts.services.log_in`."""
        return []

    def forget(self, _request: Request, **_options: Any) -> list[tuple[str, str]]:
        """Nothing: signing out revokes the session row."""
        return []


def _load_identity(request: Request) -> Person | None:
    token = read_token(request)
    if token is None:
        return None
    if request.method in SAFE_METHODS:
        return _find_person(request, request.db, token)
    # Asked in a short session of its own: `request.db` takes the write lock at first use, and a view that hashes a
    # password first must not hold it meanwhile.
    with request.registry.sessions() as session:
        return _find_person(request, session, token)


def _find_person(request: Request, session: Session, token: str) -> Person | None:
    person = find_identity(session, token, request.now)
    if person is not None:
        return person
    finders: list[GuestFinder] = request.registry.guest_finders
    guests = (find(session, token, request.now) for find in finders)
    return next((guest for guest in guests if guest is not None), None)


def seen_tween_factory(handler: Callable[[Request], Response], _registry: Registry) -> Callable[[Request], Response]:
    """Tween inside the transaction: a device that did something was seen. Reading never writes."""

    def seen_tween(request: Request) -> Response:
        response = handler(request)
        if request.method not in SAFE_METHODS and request.exception is None and isinstance(request.identity, Identity):
            note_seen(request.db, request.identity, request.now)
        return response

    return seen_tween


def add_guest_finder(config: Configurator, find: GuestFinder) -> None:
    """Directive: let `find` say who holds a token that belongs to no account."""
    config.action(("guest finder", find), config.registry.guest_finders.append, (find,))


def includeme(config: Configurator) -> None:
    config.registry.guest_finders = []
    config.add_directive("add_guest_finder", add_guest_finder)
    config.set_security_policy(SecurityPolicy())
    config.add_tween("fdplattform.accounts.policy.seen_tween_factory", under=TRANSACTION, over=EXCVIEW)
