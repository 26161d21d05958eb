"""Ready-made rights for the states of a workflow, so that a format says what happens and not who holds which right."""

from collections.abc import Mapping

from fdplattform.events.lifecycle import TEAM
from fdplattform.security.permissions import Permission, Role

Grants = Mapping[str, frozenset[str]]

_WORK = frozenset(
    {
        Permission.EVENT_EDIT,
        Permission.EVENT_ADVANCE,
        Permission.AGENDA_EDIT,
        Permission.RECORD_EDIT,
        Permission.GROUP_EDIT,
    }
)
_DOOR = frozenset({Permission.REGISTRATION_MANAGE, Permission.ATTENDANCE_RECORD})
_RESULTS = frozenset({Permission.FINDING_EDIT, Permission.RECORD_EDIT, Permission.GROUP_EDIT})


def preparing() -> Grants:
    """The team works on the event; nobody else sees it."""
    return _grants(team=_WORK, facilitator=frozenset({Permission.AGENDA_EDIT}))


def announced(*, registration: bool = True) -> Grants:
    """Everybody sees the event, and may register when `registration` is true; facilitators tick who came."""
    grants = _grants(team=_WORK | _DOOR | _RESULTS, facilitator=_DOOR | _RESULTS | {Permission.AGENDA_EDIT})
    if registration:
        grants[Role.ANONYMOUS] = frozenset({Permission.REGISTRATION_REGISTER})
    return grants


def evaluating() -> Grants:
    """The event is over; the team and the facilitators enter what came out."""
    return _grants(team=_WORK | _DOOR | _RESULTS, facilitator=_RESULTS)


def done() -> Grants:
    """The event is closed: it can be read, and its findings can still be worked with."""
    return _grants(team=frozenset({Permission.FINDING_EDIT}), facilitator=frozenset())


def adding(grants: Grants, permission: str, *roles: Role) -> Grants:
    """`grants`, and `permission` for each of `roles`: for the permissions that a plugin brings along."""
    return {**grants, **{role: frozenset({*grants.get(role, ()), permission}) for role in roles}}


def _grants(team: frozenset[Permission], facilitator: frozenset[Permission]) -> dict[str, frozenset[str]]:
    return {**{role: frozenset(team) for role in TEAM}, Role.FACILITATOR: frozenset(facilitator)}
