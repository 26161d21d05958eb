"""The address of somebody who was drawn is completed or corrected, where the register was wrong or out of date."""

import hashlib
from datetime import datetime

from sqlalchemy.orm import Session

from fdplattform.errors import Conflict
from fdplattform.events.models import Event
from fdplattform.journal.services import Actor
from fdplattform.tools.draw.register.messages import _
from fdplattform.tools.draw.register.models import Invitee, letter_key
from fdplattform.tools.draw.register.people import Address
from fdplattform.tools.draw.register.services import journal
from fdplattform.tools.letters.runs import forget_recipients


def address_of(invitee: Invitee) -> Address:
    """What the letter goes by. Of somebody whose data was deleted nothing is left."""
    return Address(
        given_name=invitee.given_name or "",
        family_name=invitee.family_name or "",
        street=invitee.street or "",
        postal_code=invitee.postal_code or "",
        city=invitee.city or "",
        language=invitee.language,
    )


def fingerprint(invitee: Invitee) -> str:
    """Stays the same as long as nobody changes the address."""
    return hashlib.sha256(repr(address_of(invitee)).encode()).hexdigest()[:16]


def correct_address(
    session: Session, event: Event, invitee: Invitee, address: Address, *, seen: str, actor: Actor, now: datetime
) -> None:
    """Change name and address. A letter to the person that is not posted yet is made anew; a posted one stays posted.

    `seen` is the fingerprint of what the form showed: raises Conflict when somebody else has changed it since.
    """
    session.refresh(invitee, with_for_update=True)
    if invitee.shredded_at is not None or fingerprint(invitee) != seen:
        raise Conflict(_("Somebody else has changed this address meanwhile. Look at it once more."))
    if address == address_of(invitee):
        return
    for name in Address.__dataclass_fields__:
        setattr(invitee, name, getattr(address, name))
    session.flush()
    forget_recipients(session, [letter_key(invitee.id)], now, only_open=True)
    journal(session, "register:address", event, actor, number=invitee.number)
