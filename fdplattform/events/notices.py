"""Tell everybody who registered that an event was cancelled, postponed, or goes on."""

from collections.abc import Mapping, Sequence

from pyramid.registry import Registry
from sqlalchemy import select
from sqlalchemy.orm import Session
from translationstring import TranslationString, TranslationStringFactory

from fdplattform.events.models import Event, EventDate
from fdplattform.events.tools import Contact, tools
from fdplattform.jobs.mail import send_mail
from fdplattform.translation.services import is_outdated, translations_of
from fdplattform.workflow import CANCEL, POSTPONE, RESUME

_ = TranslationStringFactory("fdplattform")

#: A postponed event goes on without another date.
AS_PLANNED = "as_planned"

_SUBJECTS = {
    CANCEL: _("Cancelled: ${title}"),
    POSTPONE: _("Postponed: ${title}"),
    RESUME: _("New date: ${title}"),
    AS_PLANNED: _("It takes place: ${title}"),
}
_TEXTS = {
    CANCEL: _("The event “${title}” does not take place."),
    POSTPONE: _("The event “${title}” is postponed. Your registration stays. We will tell you the new date."),
    RESUME: _("The event “${title}” has a new date. Your registration stays."),
    AS_PLANNED: _("The event “${title}” takes place after all, on the day that was planned. Your registration stays."),
}


def tell_registered(session: Session, registry: Registry, event: Event, transition: str) -> int:
    """Put a mail to each person with an e-mail address into the outbox. Returns how many there are.

    `transition` is one of the core's own, or AS_PLANNED.
    Who has none is on the call list of the registration tool.
    """
    people = [contact for tool in tools(registry).values() for contact in tool.contacts(session, event)]
    with_mail = [person for person in people if person.email]
    dates = _dates(session, event) if transition in {RESUME, AS_PLANNED} else []
    written = translations_of(session, event)

    def read_by(person: Contact, name: str) -> str:
        """The text in the person's language; what was translated before the text changed would say the wrong thing."""
        found = written.get(person.language, {}).get(name)
        return getattr(event, name) or "" if found is None or is_outdated(event, found) else found.text

    for number, person in enumerate(with_mail):
        said = {name: read_by(person, name) for name in ("title", "public_notice")}
        key = f"event:{event.id}:{event.version}:{transition}:{number}"
        _tell(session, said, transition, person, key, dates)
    return len(with_mail)


def _dates(session: Session, event: Event) -> list[TranslationString]:
    query = select(EventDate).where(EventDate.event_id == event.id).order_by(EventDate.starts_at)
    return [
        TranslationString(_("${when}, ${place}"), mapping={"when": date.starts_at, "place": date.place})
        for date in session.scalars(query)
    ]


def _tell(
    session: Session,
    said: Mapping[str, str],
    transition: str,
    person: Contact,
    key: str,
    dates: Sequence[TranslationString],
) -> None:
    mapping = {"title": said["title"]}
    body: list[str | TranslationString] = [
        TranslationString(_("Hello ${name},"), mapping={"name": person.name}),
        TranslationString(_TEXTS[transition], mapping=mapping),
        *dates,
    ]
    if said["public_notice"]:
        body.append(said["public_notice"])
    if person.url:
        body.append(TranslationString(_("Your registration: ${url}"), mapping={"url": person.url}))
    subject = TranslationString(_SUBJECTS[transition], mapping=mapping)
    send_mail(session, person.email or "", subject, body, locale=person.language, dedup_key=key)
