"""Who may do what at a place, computed from the same ACLs that decide it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pyramid.authorization import ACLHelper, Authenticated, Everyone
from pyramid.location import lineage

from fdplattform.security.permissions import SITE_ROLES, Permission, Role, day_link_principal, principal
from fdplattform.security.titles import PERMISSIONS, ROLES


@dataclass(frozen=True)
class Row:
    """A permission and who has it here."""

    permission: str
    title: str
    description: str
    roles: frozenset[Role]


@dataclass(frozen=True)
class Access:
    """The whole table: each permission, and the roles that have it."""

    roles: tuple[Role, ...]
    rows: tuple[Row, ...]

    def holders(self, row: Row) -> list[Role]:
        """Who has the permission, in the table's order; "everybody" says it all, and the admin goes without saying."""
        if Role.ANONYMOUS in row.roles:
            return [Role.ANONYMOUS]
        return [role for role in self.roles if role in row.roles and role is not Role.ADMIN]

    def title(self, role: Role) -> str:
        """The role in words."""
        return ROLES[role]


def who_may(resource: Any) -> Access:
    """Which role may do what at `resource`. What only the admin may is left out: that is everything.

    A resource adds permissions of its own with `own_permissions`, a mapping from name to title.
    """
    roles = tuple(Role)
    rows = []
    for permission, title, description in _vocabulary(resource):
        holders = frozenset(role for role in roles if may(resource, role, permission))
        if holders - {Role.ADMIN}:
            rows.append(Row(permission, title, description, holders))
    return Access(roles, tuple(rows))


def may(resource: Any, role: Role, permission: str) -> bool:
    """True when somebody who is nothing but `role` (here) has `permission` at `resource`."""
    return bool(ACLHelper().permits(resource, _principals_at(resource, role), permission))


def _principals_at(resource: Any, role: Role) -> frozenset[str]:
    if role is Role.DAY_LINK:
        events = (place.event_id for place in lineage(resource) if hasattr(place, "event_id"))
        return frozenset({Everyone, *(day_link_principal(event_id) for event_id in events)})
    return principals_of(role, _municipality_id(resource))


def principals_of(role: Role, municipality_id: int | None) -> frozenset[str]:
    """What somebody is who is nothing but `role`, where local roles hold in `municipality_id`."""
    if role is Role.ANONYMOUS:
        return frozenset({Everyone})
    if role is Role.PARTICIPANT:
        return frozenset({Everyone, principal(role)})
    local = role not in SITE_ROLES
    if local and municipality_id is None:
        return frozenset({Everyone, Authenticated})
    return frozenset({Everyone, Authenticated, principal(role, municipality_id if local else None)})


def _municipality_id(resource: Any) -> int | None:
    municipality = next((place.municipality for place in lineage(resource) if hasattr(place, "municipality")), None)
    return None if municipality is None else municipality.id


def _vocabulary(resource: Any) -> Iterator[tuple[str, str, str]]:
    for permission in Permission:
        title, description = PERMISSIONS[permission]
        yield permission, title, description
    own: Mapping[str, str] = getattr(resource, "own_permissions", {})
    for name, text in own.items():
        yield name, text, ""
