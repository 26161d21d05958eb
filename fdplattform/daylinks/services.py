"""Make, open and revoke links for the day."""

import hmac
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

from pyramid.authorization import Everyone
from sqlalchemy import delete, select
from sqlalchemy.orm import Session, joinedload

from fdplattform.accounts.services import Guest
from fdplattform.accounts.services.links import LinkUnusable
from fdplattform.accounts.tokens import token_hash
from fdplattform.daylinks.messages import _
from fdplattform.daylinks.models import SEED_LENGTH, DayLink
from fdplattform.dialogues.models import Dialogue
from fdplattform.errors import NotAllowed
from fdplattform.events.models import Event, EventDate
from fdplattform.journal.services import GUEST, Actor, record
from fdplattform.security.permissions import day_link_principal

#: So long after the end of the date results can still be entered.
AFTER_THE_END = timedelta(hours=6)
#: So long after its end a link stays in the list.
LISTED = timedelta(days=7)


@dataclass(frozen=True)
class Window:
    """From when until when a link works."""

    opens: datetime
    closes: datetime

    def __contains__(self, now: datetime) -> bool:
        return self.opens <= now < self.closes


def window_of(date: EventDate, zone: ZoneInfo) -> Window:
    """From midnight of the date's first day, on the clocks of `zone`, until six hours after its end.

    A date that is moved takes its links along.
    """
    first_day = date.starts_at.astimezone(zone).date()
    return Window(datetime.combine(first_day, time(), zone), date.ends_at + AFTER_THE_END)


def token_of(secret: str, seed: str) -> str:
    """The secret part of a link's address: 256 bits."""
    digest = hmac.new(secret.encode(), f"day link:{seed}".encode(), sha256).digest()
    return urlsafe_b64encode(digest).rstrip(b"=").decode()


def add_link(
    session: Session, event: Event, date: EventDate, name: str, *, secret: str, actor: Actor, now: datetime
) -> DayLink:
    """A new link for `date`, given to `name`."""
    seed = secrets.token_hex(SEED_LENGTH // 2)
    link = DayLink(
        event_id=event.id,
        event_date_id=date.id,
        name=name,
        seed=seed,
        token_hash=token_hash(token_of(secret, seed)),
        created_at=now,
    )
    session.add(link)
    session.flush()
    _note(session, "day_link:add", link, event, actor)
    return link


def links_of(session: Session, event_id: int) -> Sequence[DayLink]:
    """The event's links with their dates, the newest first."""
    query = select(DayLink).options(joinedload(DayLink.date)).where(DayLink.event_id == event_id)
    return session.scalars(query.order_by(DayLink.id.desc())).all()


def find_link(session: Session, event_id: int, link_id: int) -> DayLink | None:
    """The event's link with this id, with its date."""
    query = select(DayLink).options(joinedload(DayLink.date))
    return session.scalar(query.where(DayLink.event_id == event_id, DayLink.id == link_id))


def usable_link(session: Session, token: str, *, zone: ZoneInfo, now: datetime) -> DayLink:
    """The link with this token, with its date.

    Raises LinkUnusable when there is none, it was revoked or its day is over; NotAllowed before its day.
    """
    query = select(DayLink).options(joinedload(DayLink.date)).where(DayLink.token_hash == token_hash(token))
    link = session.scalar(query)
    if link is None or link.revoked_at is not None:
        raise LinkUnusable()
    window = window_of(link.date, zone)
    if now >= window.closes:
        raise LinkUnusable()
    if now < window.opens:
        raise NotAllowed(_("This link does not work yet. It is for the day of the event only."))
    return link


def open_link(session: Session, link: DayLink, *, now: datetime) -> None:
    """Note that somebody leads the event from now on, by this link."""
    link.opened_at = now
    _note(session, "day_link:open", link, session.get_one(Event, link.event_id), Actor(GUEST, link.id, link.name))


def revoke_link(session: Session, link: DayLink, *, actor: Actor, now: datetime) -> None:
    """Every device that was opened with the link is out at once. Doing it twice changes nothing."""
    if link.revoked_at is not None:
        return
    link.revoked_at = now
    _note(session, "day_link:revoke", link, session.get_one(Event, link.event_id), actor)


def find_guest(session: Session, token: str, *, zone: ZoneInfo, now: datetime) -> Guest | None:
    """Who asks with this token, or None when the link is none, revoked, or not for now."""
    query = select(DayLink).options(joinedload(DayLink.date))
    link = session.scalar(query.where(DayLink.token_hash == token_hash(token), DayLink.revoked_at.is_(None)))
    if link is None or now not in window_of(link.date, zone):
        return None
    principals = frozenset({Everyone, day_link_principal(link.event_id)})
    return Guest(name=link.name, link_id=link.id, event_date_id=link.event_date_id, principals=principals)


def forget_old_links(session: Session, now: datetime) -> None:
    """Delete links whose date has been over for a week."""
    over = select(EventDate.id).where(EventDate.ends_at < now - LISTED)
    session.execute(delete(DayLink).where(DayLink.event_date_id.in_(over)))


def _note(session: Session, tag: str, link: DayLink, event: Event, actor: Actor) -> None:
    record(
        session,
        tag,
        actor=actor,
        subject_id=link.id,
        municipality_id=session.get_one(Dialogue, event.dialogue_id).municipality_id,
        dialogue_id=event.dialogue_id,
        event_id=event.id,
        payload={"name": link.name},
    )
