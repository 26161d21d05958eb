"""One vocabulary of permissions, `subject:action`; a plugin adds its own as `<plugin>:<action>`."""

from enum import StrEnum


class Permission(StrEnum):
    """What the core asks before it shows or does something."""

    # Anybody
    SITE_VIEW = "site:view"
    # Whoever has the code of a registration
    REGISTRATION_OWN = "registration:own"
    # Any signed-in person
    ACCOUNT_OWN = "account:own"
    WORK_VIEW = "work:view"
    # The admin of a deployment
    SITE_ADMINISTER = "site:administer"
    ACCOUNT_MANAGE = "account:manage"
    PLUGIN_MANAGE = "plugin:manage"
    # The programme office
    PROGRAMME_VIEW = "programme:view"
    PROGRAMME_EDIT = "programme:edit"
    # A municipality
    MUNICIPALITY_VIEW = "municipality:view"
    MUNICIPALITY_WORK = "municipality:work"
    MUNICIPALITY_EDIT = "municipality:edit"
    MUNICIPALITY_MEMBERS = "municipality:members"
    MUNICIPALITY_FORMATS = "municipality:formats"
    # A dialogue
    DIALOGUE_CREATE = "dialogue:create"
    DIALOGUE_VIEW = "dialogue:view"
    DIALOGUE_EDIT = "dialogue:edit"
    DIALOGUE_PUBLISH = "dialogue:publish"
    JOURNAL_VIEW = "journal:view"
    FINDING_EDIT = "finding:edit"
    GROUP_EDIT = "group:edit"
    # An event; its workflow says who has which of these in which state
    EVENT_CREATE = "event:create"
    EVENT_VIEW = "event:view"
    EVENT_EDIT = "event:edit"
    EVENT_ADVANCE = "event:advance"
    EVENT_CANCEL = "event:cancel"
    EVENT_PUBLISH = "event:publish"
    AGENDA_EDIT = "agenda:edit"
    RECORD_EDIT = "record:edit"
    REGISTRATION_REGISTER = "registration:register"
    REGISTRATION_MANAGE = "registration:manage"
    ATTENDANCE_RECORD = "attendance:record"


class Role(StrEnum):
    """What a person is in one place. Anonymous people and participants by code have no account."""

    ADMIN = "admin"
    PROGRAMME_OFFICE = "programme_office"
    COORDINATOR = "coordinator"
    DEPUTY = "deputy"
    FACILITATOR = "facilitator"
    GROUP_MEMBER = "group_member"
    PARTICIPANT = "participant"
    ANONYMOUS = "anonymous"


#: Roles that hold in the whole deployment; every other role holds in one municipality.
SITE_ROLES = frozenset({Role.ADMIN, Role.PROGRAMME_OFFICE})

#: The event permissions that a workflow's states may grant (besides the plugin's own).
GRANTABLE = frozenset(
    {
        Permission.EVENT_VIEW,
        Permission.EVENT_EDIT,
        Permission.EVENT_ADVANCE,
        Permission.EVENT_CANCEL,
        Permission.EVENT_PUBLISH,
        Permission.AGENDA_EDIT,
        Permission.RECORD_EDIT,
        Permission.REGISTRATION_REGISTER,
        Permission.REGISTRATION_MANAGE,
        Permission.ATTENDANCE_RECORD,
        Permission.FINDING_EDIT,
        Permission.GROUP_EDIT,
        Permission.JOURNAL_VIEW,
    }
)


def principal(role: Role, municipality_id: int | None = None) -> str:
    """The name of a role in an ACL: `admin`, or `coordinator@12` for municipality 12."""
    return role.value if municipality_id is None else f"{role.value}@{municipality_id}"
