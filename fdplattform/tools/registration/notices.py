"""What people are told, and how: by e-mail, or by a call from the staff's list, or they see it by their code."""

from datetime import datetime
from enum import StrEnum

from fdplattform.events.calendar import MEDIA_TYPE, CalendarEntry, calendar_file, place
from fdplattform.jobs.mail import Attachment, send_mail
from fdplattform.tools.codes import Codes
from fdplattform.tools.registration.codes import codes_of
from fdplattform.tools.registration.messages import _
from fdplattform.tools.registration.models import Registration
from fdplattform.tools.registration.queue import Locked
from fdplattform.translation.services import load_texts


class News(StrEnum):
    """What happened to a registration."""

    CONFIRMED = "confirmed"
    WAITING = "waiting"
    PROMOTED = "promoted"
    CHANGED = "changed"
    MOVED = "moved"
    OTHER_DATE = "other_date"
    CANCELLED = "cancelled"
    NEW_CODE = "new_code"


_SUBJECTS = {
    News.CONFIRMED: _("You are registered: ${title}"),
    News.WAITING: _("You are on the waiting list: ${title}"),
    News.PROMOTED: _("You have a place now: ${title}"),
    News.CHANGED: _("Your registration was changed: ${title}"),
    News.MOVED: _("New time or place: ${title}"),
    News.OTHER_DATE: _("You are registered for another date: ${title}"),
    News.CANCELLED: _("Your registration was cancelled: ${title}"),
    News.NEW_CODE: _("Your new code: ${title}"),
}

_SENTENCES = {
    News.CONFIRMED: _("You are registered. We look forward to seeing you."),
    News.WAITING: _(
        "All places are taken at the moment. You are on the waiting list, and we tell you when you move up."
    ),
    News.PROMOTED: _("A place has become free, and it is yours. You are no longer on the waiting list."),
    News.CHANGED: _("Your registration was changed. This is how it stands now."),
    News.MOVED: _("The event has a new time or a new place. Your registration stays."),
    News.OTHER_DATE: _("You are registered for another date now. Please delete the old one from your calendar."),
    News.CANCELLED: _("Your registration was cancelled."),
    News.NEW_CODE: _("You have a new code. The old one no longer works."),
}


def tell(locked: Locked, registration: Registration, news: News, *, now: datetime, knows: bool) -> None:
    """Tell the person, in the same transaction. `knows`: who did it or stood beside need not be called."""
    # The versions of both name the change, so that it is told once.
    locked.session.flush()
    if registration.email:
        _mail(locked, registration, news, now)
    elif not knows:
        registration.news_at = now


def _mail(locked: Locked, registration: Registration, news: News, now: datetime) -> None:
    codes = codes_of(locked.session)
    language = registration.language or locked.event.language
    title = load_texts(locked.session, [locked.event], language).get(locked.event, "title").value
    body = [
        _("Hello ${name},", mapping={"name": registration.name}),
        _SENTENCES[news],
        title,
        _("When: ${start}", mapping={"start": locked.date.starts_at}),
        _("Where: ${place}", mapping={"place": place(locked.date)}),
        _("Number of people: ${people}", mapping={"people": registration.people}),
    ]
    if news is not News.CANCELLED:
        code, url = codes.text(registration.code_seed), codes.url(registration.code_seed)
        body.append(_("Your code: ${code}", mapping={"code": code}))
        body.append(_("Here you can look at your registration, change it or cancel it: ${url}", mapping={"url": url}))
    send_mail(
        locked.session,
        registration.email or "",
        _SUBJECTS[news] % {"title": title},
        body,
        locale=language,
        dedup_key=f"registration:{registration.id}:{news}:{registration.version}:{locked.date.version}",
        attachments=_attachments(locked, registration, news, title, codes, now),
    )


def _attachments(
    locked: Locked, registration: Registration, news: News, title: str, codes: Codes, now: datetime
) -> list[Attachment]:
    if news not in {News.CONFIRMED, News.PROMOTED, News.MOVED, News.OTHER_DATE}:
        return []
    entry = CalendarEntry(event=locked.event, date=locked.date, title=title, url=codes.url(registration.code_seed))
    content = calendar_file([entry], base_url=codes.base_url, now=now)
    return [Attachment("termin.ics", MEDIA_TYPE, content)]
