"""Take everything personal out of answers, and out of all that is known about somebody who was invited."""

from collections.abc import Callable, Collection
from datetime import datetime
from typing import Any

from pyramid.config import Configurator
from sqlalchemy import Select, delete, select, update
from sqlalchemy.orm import Session

from fdplattform.tools.draw.register.models import Invitee, InviteeCategory
from fdplattform.tools.draw.register.retention import shred_invitees
from fdplattform.tools.draw.replies.models import Reply, ReplyCategory

_NO_NEEDS: dict[str, Any] = {"interpreter": None, "access_needs": None, "children": 0, "dates": []}
_NOTHING: dict[str, Any] = {**dict.fromkeys(("token", "email", "phone", "language", "consented_at")), **_NO_NEEDS}

#: Deletes what a room above this one knows about an invited person.
Forgetter = Callable[[Session, Invitee, datetime], None]


def forget_person(session: Session, invitee: Invitee, forgetters: Collection[Forgetter], now: datetime) -> None:
    """Delete name, address and code of an invited person, what they answered, and the letters in which they stand.

    `forgetters` are those of the rooms above. By a fingerprint a further extract of the register leaves the person out.
    """
    forget_replies(session, [invitee.id], now)
    for forget in forgetters:
        forget(session, invitee, now)
    shred_invitees(session, [invitee.id], now, barred=True)


def forget_replies(session: Session, invitee_ids: Collection[int] | Select[int], now: datetime) -> None:
    """Delete everything but yes or no from the answers of these people."""
    session.flush()
    forget_categories(session, invitee_ids)
    session.execute(
        update(Reply)
        .where(Reply.invitee_id.in_(invitee_ids))
        .values(**_NOTHING, shredded_at=now, version=Reply.version + 1),
        execution_options={"synchronize_session": "fetch"},
    )


def forget_categories(session: Session, invitee_ids: Collection[int] | Select[int]) -> None:
    """Delete what these people told about themselves for the draw."""
    session.execute(delete(ReplyCategory).where(ReplyCategory.invitee_id.in_(invitee_ids)))


def forget_what_the_draw_needed(session: Session, event_id: int, seated: Select[Any]) -> None:
    """Delete what was kept in case somebody is drawn: nobody is replaced any more.

    Nobody's categories stay, neither those from the register nor those that people told; the needs of those whom
    `seated` selects do, because they still take part.
    """
    session.flush()
    forget_categories(session, select(Reply.invitee_id).where(Reply.event_id == event_id))
    invited = select(Invitee.id).where(Invitee.event_id == event_id)
    session.execute(delete(InviteeCategory).where(InviteeCategory.invitee_id.in_(invited)))
    session.execute(
        update(Reply)
        .where(Reply.event_id == event_id, Reply.invitee_id.not_in(seated))
        .values(**_NO_NEEDS, version=Reply.version + 1),
        execution_options={"synchronize_session": "fetch"},
    )


def add_invitee_forgetter(config: Configurator, name: str, forget: Forgetter) -> None:
    """Directive: when an invited person wants to be forgotten, `forget` is called, too."""
    config.action(("invitee forgetter", name), lambda: config.registry.invitee_forgetters.append(forget))


def includeme(config: Configurator) -> None:
    config.registry.invitee_forgetters = []
    config.add_directive("add_invitee_forgetter", add_invitee_forgetter)
