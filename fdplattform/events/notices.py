"""Tell everybody who registered that an event was cancelled, postponed, or goes on."""

from collections.abc import Sequence

from pyramid.registry import Registry
from sqlalchemy import select
from sqlalchemy.orm import Session
from translationstring import TranslationString, TranslationStringFactory

from fdplattform.events.models import Event, EventDate
from fdplattform.events.tools import Contact, tools
from fdplattform.jobs.mail import send_mail
from fdplattform.workflow import CANCEL, POSTPONE, RESUME

_ = TranslationStringFactory("fdplattform")

_SUBJECTS = {
    CANCEL: _("Cancelled: ${title}"),
    POSTPONE: _("Postponed: ${title}"),
    RESUME: _("New date: ${title}"),
}
_TEXTS = {
    CANCEL: _("The event “${title}” does not take place."),
    POSTPONE: _("The event “${title}” is postponed. Your registration stays. We will tell you the new date."),
    RESUME: _("The event “${title}” has a new date. Your registration stays."),
}


def tell_registered(session: Session, registry: Registry, event: Event, transition: str) -> int:
    """Put a mail to each person with an e-mail address into the outbox. Returns how many there are.

    Who has none is on the call list of the registration tool.
    """
    people = [contact for tool in tools(registry).values() for contact in tool.contacts(session, event)]
    with_mail = [person for person in people if person.email]
    dates = _dates(session, event) if transition == RESUME else []
    for number, person in enumerate(with_mail):
        _tell(session, event, transition, person, f"event:{event.id}:{event.version}:{transition}:{number}", dates)
    return len(with_mail)


def _dates(session: Session, event: Event) -> list[TranslationString]:
    query = select(EventDate).where(EventDate.event_id == event.id).order_by(EventDate.starts_at)
    return [
        TranslationString(_("${when}, ${place}"), mapping={"when": date.starts_at, "place": date.place})
        for date in session.scalars(query)
    ]


def _tell(
    session: Session,
    event: Event,
    transition: str,
    person: Contact,
    key: str,
    dates: Sequence[TranslationString],
) -> None:
    mapping = {"title": event.title}
    body: list[str | TranslationString] = [
        TranslationString(_("Hello ${name},"), mapping={"name": person.name}),
        TranslationString(_TEXTS[transition], mapping=mapping),
        *dates,
    ]
    if event.public_notice:
        body.append(event.public_notice)
    if person.url:
        body.append(TranslationString(_("Your registration: ${url}"), mapping={"url": person.url}))
    subject = TranslationString(_SUBJECTS[transition], mapping=mapping)
    send_mail(session, person.email or "", subject, body, locale=person.language, dedup_key=key)
