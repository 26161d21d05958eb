"""One vocabulary of permissions, `subject:action`; a plugin adds its own as `<plugin>:<action>`."""

import warnings
from enum import EnumType, StrEnum

from fdplattform.errors import Retired


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
    EVENT_FOLLOW_UP = "event:follow_up"
    AGENDA_EDIT = "agenda:edit"
    RECORD_EDIT = "record:edit"
    REGISTRATION_REGISTER = "registration:register"
    REGISTRATION_READ = "registration:read"
    REGISTRATION_MANAGE = "registration:manage"
    ATTENDANCE_RECORD = "attendance:record"
    # The draw, letters, the board and the statement: tools that bring their rights along
    DRAW_PLAN = "draw:plan"
    REGISTER_READ = "register:read"
    REPLY_READ = "reply:read"
    REPLY_ENTER = "reply:enter"
    REPLY_OWN = "reply:own"
    PANEL_READ = "panel:read"
    PANEL_EDIT = "panel:edit"
    LETTER_READ = "letter:read"
    LETTER_WRITE = "letter:write"
    BOARD_WRITE = "board:write"
    BOARD_ERASE = "board:erase"
    STATEMENT_WRITE = "statement:write"
    STATEMENT_ANSWER = "statement:answer"


#: A role of API 1.0 that nobody ever had; `events.lifecycle` leaves out what is granted to it.
RETIRED_ROLE = "group_member"


class _Roles(EnumType):
    def __getattr__(cls, name: str) -> str:
        if name != RETIRED_ROLE.upper():
            raise AttributeError(name)
        warnings.warn("nobody has the role GROUP_MEMBER: grant nothing to it", Retired, 2)
        return RETIRED_ROLE


class Role(StrEnum, metaclass=_Roles):
    """What a person is in one place. Who has a link for the day, participants and anonymous people have no account."""

    ADMIN = "admin"
    PROGRAMME_OFFICE = "programme_office"
    COORDINATOR = "coordinator"
    DEPUTY = "deputy"
    FACILITATOR = "facilitator"
    DAY_LINK = "day_link"
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
        Permission.REGISTRATION_READ,
        Permission.REGISTRATION_MANAGE,
        Permission.ATTENDANCE_RECORD,
        Permission.FINDING_EDIT,
        Permission.GROUP_EDIT,
        Permission.JOURNAL_VIEW,
    }
)


#: What of a facilitator's rights a link for the day gives, which anybody can pass on: no contact details.
BY_DAY_LINK = frozenset(
    {
        Permission.EVENT_VIEW,
        Permission.AGENDA_EDIT,
        Permission.RECORD_EDIT,
        Permission.FINDING_EDIT,
        Permission.ATTENDANCE_RECORD,
        Permission.BOARD_WRITE,
        Permission.STATEMENT_WRITE,
    }
)


def day_link_principal(event_id: int) -> str:
    """The name of who has a link for the day of this event in an ACL: `day_link@event:7`."""
    return f"{Role.DAY_LINK}@event:{event_id}"


def principal(role: Role, municipality_id: int | None = None) -> str:
    """The name of a role in an ACL: `admin`, or `coordinator@12` for municipality 12."""
    return role.value if municipality_id is None else f"{role.value}@{municipality_id}"
