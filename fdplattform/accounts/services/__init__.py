"""What can be done with accounts. Other rooms import from here."""

from fdplattform.accounts.services.access_links import create_first_admin_link, create_reset_link
from fdplattform.accounts.services.identity import (
    Guest,
    GuestFinder,
    Identity,
    Person,
    RoleHeld,
    find_identity,
    note_seen,
)
from fdplattform.accounts.services.invitations import (
    accept_invitation,
    invite,
    open_invitations,
    withdraw_invitation,
)
from fdplattform.accounts.services.memberships import (
    LOCAL_ROLES,
    add_membership,
    end_membership,
    find_membership,
    get_member,
    hand_over,
    members_of,
    name_deputy,
)
from fdplattform.accounts.services.people import create_account, delete_account, find_account, search_accounts

__all__ = [
    "LOCAL_ROLES",
    "Guest",
    "GuestFinder",
    "Identity",
    "Person",
    "RoleHeld",
    "accept_invitation",
    "add_membership",
    "create_account",
    "create_first_admin_link",
    "create_reset_link",
    "delete_account",
    "end_membership",
    "find_account",
    "find_identity",
    "find_membership",
    "get_member",
    "hand_over",
    "invite",
    "members_of",
    "name_deputy",
    "note_seen",
    "open_invitations",
    "search_accounts",
    "withdraw_invitation",
]
