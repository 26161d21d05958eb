"""Factories for tests: each makes one thing with sensible defaults, commits it and returns it."""

from functools import cache
from itertools import count
from typing import Any

from pyramid.registry import Registry
from sqlalchemy.orm import Session

from fdplattform.accounts.models import Account
from fdplattform.accounts.passwords import hash_password
from fdplattform.accounts.services import add_membership, create_account
from fdplattform.journal.services import SYSTEM
from fdplattform.municipalities.models import Municipality, MunicipalityKind
from fdplattform.security.permissions import Role

#: The password of every account that a factory makes.
PASSWORD = "drei Boote im Hafen"


@cache
def _password_hash() -> str:
    return hash_password(PASSWORD)


class Make:
    """`make.municipality(name="Ostfildern")`; what is not said is filled in."""

    def __init__(self, session: Session, registry: Registry) -> None:
        self.session = session
        self.registry = registry
        self._numbers = count(1)

    def municipality(self, name: str | None = None, **columns: Any) -> Municipality:
        """A fictional municipality that takes part."""
        number = next(self._numbers)
        name = name or f"Musterstadt {number}"
        given = {
            "slug": f"musterstadt-{number}",
            "kind": MunicipalityKind.GEMEINDE,
            "name": name,
            "official_name": f"{name}, Stadt",
            "search_name": name.casefold(),
            "type": "Stadt",
            "state": "Baden-Württemberg",
            "fictional": True,
            "active": True,
        }
        municipality = Municipality(**given | columns)
        self.session.add(municipality)
        self.session.commit()
        return municipality

    def account(
        self,
        role: Role | None = None,
        municipality: Municipality | None = None,
        *,
        email: str | None = None,
        name: str | None = None,
    ) -> Account:
        """An account with PASSWORD, which is `role` (in `municipality`)."""
        number = next(self._numbers)
        now = self.registry.clock()
        account = create_account(
            self.session,
            email=email or f"person{number}@example.org",
            name=name or f"Person {number}",
            password_hash=_password_hash(),
            now=now,
        )
        if role is not None:
            place = None if municipality is None else municipality.id
            add_membership(self.session, account, role, place, actor=SYSTEM, now=now)
        self.session.commit()
        return account
