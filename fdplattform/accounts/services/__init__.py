"""What can be done with accounts. Other rooms import from here."""

from fdplattform.accounts.services.identity import Identity, RoleHeld, find_identity, note_seen

__all__ = ["Identity", "RoleHeld", "find_identity", "note_seen"]
