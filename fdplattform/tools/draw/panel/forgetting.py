"""Take who it was out of the seats of a panel: that somebody sat there stays known."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from fdplattform.tools.draw.panel.models import Member, letter_key
from fdplattform.tools.draw.register.models import Invitee
from fdplattform.tools.letters.runs import forget_recipients

_NO_CONTACT: dict[str, Any] = dict.fromkeys(
    ("name", "street", "postal_code", "city", "email", "phone", "language", "invitee_id")
)


def forget(session: Session, ids: Collection[int], now: datetime) -> None:
    """Delete name and contact of the members with these ids, and the letters to them."""
    forget_recipients(session, [letter_key(member_id) for member_id in ids], now)
    session.execute(
        update(Member).where(Member.id.in_(ids)).values(**_NO_CONTACT, shredded_at=now, version=Member.version + 1),
        execution_options={"synchronize_session": False},
    )


def forget_invited(session: Session, invitee: Invitee, now: datetime) -> None:
    """The same for the seats of an invited person."""
    forget(session, session.scalars(select(Member.id).where(Member.invitee_id == invitee.id)).all(), now)
