"""The codes of registrations."""

from sqlalchemy.orm import Session

from fdplattform.tools import codes
from fdplattform.tools.codes import REGISTRATION, Codes


def codes_of(session: Session) -> Codes:
    """What makes and recognises the codes of registrations."""
    return codes.codes_of(session, REGISTRATION)
