"""What formats want to be asked weeks and months after a step: tasks of the team, and one mail for each."""

import logging
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from pyramid.config import Configurator
from pyramid.registry import Registry
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload
from translationstring import TranslationString, TranslationStringFactory

from fdplattform.accounts.models import Membership
from fdplattform.accounts.services import members_of
from fdplattform.dialogues.models import Dialogue
from fdplattform.errors import Conflict
from fdplattform.events.facts import STEP_TAG
from fdplattform.events.lifecycle import TEAM
from fdplattform.events.models import Event, EventFollowUp
from fdplattform.events.record import note
from fdplattform.jobs.mail import send_mail
from fdplattform.jobs.registry import JobContext
from fdplattform.journal.models import JournalEntry
from fdplattform.journal.services import Actor
from fdplattform.plugins.format import FollowUp
from fdplattform.workflow import CANCELLED

_ = TranslationStringFactory("fdplattform")
log = logging.getLogger(__name__)

EVERY = timedelta(hours=1)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A follow-up of an event whose step was taken."""

    event: Event
    follow_up: FollowUp
    due_at: datetime
    told_at: datetime | None = None
    done_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """True while nobody has dealt with it."""
        return self.done_at is None


def asked(
    session: Session,
    registry: Registry,
    *,
    event_id: int | None = None,
    municipality_ids: Collection[int] | None = None,
) -> Sequence[Asked]:
    """The follow-ups whose step was taken, by the day on which they are due; of one event, or of some municipalities.

    The events come with their dialogues, municipalities and dates; three queries however many there are.
    """
    declared = {each.id: each.conduct.follow_ups for each in registry.plugins.formats.values()}
    steps = {follow_up.from_step for follow_ups in declared.values() for follow_up in follow_ups}
    if not steps:
        return []
    step = JournalEntry.payload["transition"].as_string()
    query = (
        select(Event, step, JournalEntry.at)
        .join(JournalEntry, JournalEntry.event_id == Event.id)
        .join(Event.dialogue)
        .options(joinedload(Event.dialogue).joinedload(Dialogue.municipality), selectinload(Event.dates))
        .where(
            JournalEntry.tag == STEP_TAG,
            step.in_(steps),
            Event.format_id.in_([format_id for format_id, follow_ups in declared.items() if follow_ups]),
            Event.state != CANCELLED,
        )
        .order_by(JournalEntry.id)
    )
    if event_id is not None:
        query = query.where(Event.id == event_id)
    if municipality_ids is not None:
        query = query.where(Dialogue.municipality_id.in_(municipality_ids))
    rows = session.execute(query).all()
    # A step that was taken twice counts from the last time.
    taken = {(event.id, transition): (event, at) for event, transition, at in rows}
    known = _known(session, {event.id for event, _transition, _at in rows})
    found = [
        Asked(
            event=event,
            follow_up=follow_up,
            due_at=at + follow_up.after,
            told_at=row.told_at if (row := known.get((event.id, follow_up.id))) else None,
            done_at=row.done_at if row else None,
        )
        for (_event_id, transition), (event, at) in taken.items()
        for follow_up in declared[event.format_id]
        if follow_up.from_step == transition
    ]
    return sorted(found, key=lambda each: (each.due_at, each.event.id))


def _known(session: Session, event_ids: Collection[int]) -> dict[tuple[int, str], EventFollowUp]:
    if not event_ids:
        return {}
    query = select(EventFollowUp).where(EventFollowUp.event_id.in_(event_ids))
    return {(row.event_id, row.follow_up_id): row for row in session.scalars(query)}


def set_done(
    session: Session, registry: Registry, event: Event, follow_up_id: str, *, actor: Actor, now: datetime
) -> None:
    """Somebody has dealt with it. Raises Conflict when the event asks no such thing, or no longer."""
    waiting = {each.follow_up.id: each for each in asked(session, registry, event_id=event.id)}
    found = waiting.get(follow_up_id)
    if found is None or not found.is_open:
        raise Conflict(_("This was dealt with already."))
    _row(session, found).done_at = now
    dialogue = session.get_one(Dialogue, event.dialogue_id)
    note(session, "event:follow_up", event, dialogue, actor, at=now, what=found.follow_up.title)


def _row(session: Session, item: Asked) -> EventFollowUp:
    key = (item.event.id, item.follow_up.id)
    row = session.get(EventFollowUp, key)
    if row is None:
        row = EventFollowUp(event_id=key[0], follow_up_id=key[1])
        session.add(row)
    return row


def tell_all(context: JobContext) -> None:
    """The periodic job: write to the team about what is due, once, also when the worker was down on the day."""
    with context.registry.sessions() as session:
        due = [each.event.id for each in asked(session, context.registry) if _must_be_told(each, context.now)]
    for event_id in sorted(set(due)):
        try:
            _tell(context, event_id)
        except Exception:
            # One event at fault must not keep the others' mail back; the next run tries it again.
            log.exception("the follow-ups of event %s failed", event_id)


def _must_be_told(item: Asked, now: datetime) -> bool:
    return item.is_open and item.told_at is None and item.due_at <= now


def _tell(context: JobContext, event_id: int) -> None:
    with context.transaction() as session:
        session.get(Event, event_id, with_for_update=True)
        for item in asked(session, context.registry, event_id=event_id):
            if _must_be_told(item, context.now):
                _row(session, item).told_at = context.now
                for member in members_of(session, item.event.dialogue.municipality_id, context.now):
                    if member.role in TEAM and member.account.disabled_at is None:
                        _write(session, context, item, member)


def _write(session: Session, context: JobContext, item: Asked, member: Membership) -> None:
    dialogue = item.event.dialogue
    path = "/".join(("kommunen", dialogue.municipality.slug, dialogue.slug, item.event.slug, "schritte"))
    body = [
        TranslationString(_("Hello ${name},"), mapping={"name": member.account.name}),
        TranslationString(
            _("for the event “${title}” this is due now: ${what}."),
            mapping={"title": item.event.title, "what": item.follow_up.title},
        ),
        *([item.follow_up.description] if item.follow_up.description else []),
        TranslationString(
            _("Here you find it, and tick it off: ${url}"), mapping={"url": f"{context.settings.base_url}/{path}"}
        ),
    ]
    send_mail(
        session,
        member.account.email,
        TranslationString(_("Please follow up: ${title}"), mapping={"title": item.event.title}),
        body,
        locale=member.account.locale,
        dedup_key=f"follow-up:{item.event.id}:{item.follow_up.id}:{member.account_id}",
    )


def includeme(config: Configurator) -> None:
    config.add_periodic_job("events:follow_ups", every=EVERY, handler=tell_all)
    config.add_journal_tag("event:follow_up", _("${title}: followed up, ${what}"))
