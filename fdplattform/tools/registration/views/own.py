"""What people see and do with their code: no account, no e-mail needed. A code shows its own registration only."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from fdplattform.errors import Conflict
from fdplattform.events.calendar import MEDIA_TYPE, CalendarEntry, calendar_file
from fdplattform.journal.services import RESIDENT
from fdplattform.security.permissions import Permission
from fdplattform.tools.registration.codes import codes_of
from fdplattform.tools.registration.counts import waiting_before
from fdplattform.tools.registration.messages import _
from fdplattform.tools.registration.models import Registration, Status
from fdplattform.tools.registration.moving import other_dates
from fdplattform.tools.registration.resources import RegistrationDesk, RegistrationResource
from fdplattform.tools.registration.services import cancel, find_by_code
from fdplattform.translation.services import make_text
from fdplattform.web.private import keep_private, qr_response
from fdplattform.workflow import CANCELLED


def own_path(request: Request, registration: Registration, view: str = "") -> str:
    """The address of the registration's own page."""
    code = codes_of(request.db).text(registration.code_seed)
    return f"/anmeldung/{code}/{view}".rstrip("/")


@view_config(
    context=RegistrationDesk,
    name="",
    permission=Permission.SITE_VIEW,
    renderer="fdplattform.templates:registration/desk.pt",
)
def desk(_context: RegistrationDesk, request: Request) -> Any:
    """Enter a code. A wrong one answers 422, which the rate limit counts."""
    keep_private(request)
    typed = request.POST.get("code", "").strip()
    unknown = False
    if request.method == "POST":
        found = find_by_code(request.db, typed)
        if found is not None:
            return HTTPSeeOther(own_path(request, found))
        unknown = True
        request.response.status_code = 422
    return {"title": _("My registration"), "typed": typed, "unknown": unknown}


def may_move(request: Request, context: RegistrationResource) -> bool:
    """True while a resident can still go to another date, and there is one."""
    registration = context.registration
    takes_place = context.event.state != CANCELLED and context.event.postponed_at is None
    in_time = registration.active and takes_place and request.now < context.date.starts_at
    return in_time and bool(other_dates(request.db, registration, request.now, by_staff=False))


@dataclass(frozen=True)
class Standing:
    """How a registration stands, in words."""

    kind: str
    title: str
    text: str


def standing(request: Request, registration: Registration) -> Standing:
    """What the page says first."""
    if registration.event_date.event.state == CANCELLED:
        return Standing("danger", _("The event does not take place"), "")
    if registration.status is Status.CANCELLED:
        return Standing("info", _("Your registration is cancelled"), _("You may register again at any time."))
    if registration.status is Status.CONFIRMED:
        return Standing("success", _("You are registered"), _("Your place is safe. We look forward to seeing you."))
    before = waiting_before(request.db, registration)
    position = _(
        "You are number ${position} on the waiting list. When a place is free, you move up by yourself.",
        mapping={"position": before + 1},
    )
    return Standing("warning", _("You are on the waiting list"), position)


@view_config(
    context=RegistrationResource,
    name="",
    permission=Permission.REGISTRATION_OWN,
    renderer="fdplattform.templates:registration/own.pt",
    request_method="GET",
)
def own(context: RegistrationResource, request: Request) -> dict[str, Any]:
    """The confirmation: the state in words, the code, what can be done."""
    keep_private(request)
    registration, event = context.registration, context.event
    words = standing(request, registration)
    begun = request.now >= context.date.starts_at
    return {
        "title": words.title,
        "standing": words,
        "registration": registration,
        "code": codes_of(request.db).text(registration.code_seed),
        "path": own_path(request, registration),
        "date": context.date,
        "event": event,
        "notice": request.texts(event).get(event, "public_notice"),
        "as_written": partial(make_text, language=event.language),
        "event_title": request.texts(event).get(event, "title"),
        "event_href": request.resource_path(context.event_resource),
        "postponed": event.postponed_at is not None,
        "takes_place": event.state != CANCELLED,
        "may_move": may_move(request, context),
        "may_change": registration.active and not begun and event.state != CANCELLED,
        "unreachable": not (registration.email or registration.phone),
    }


@view_config(
    context=RegistrationResource,
    name="absagen",
    permission=Permission.REGISTRATION_OWN,
    renderer="fdplattform.templates:registration/cancel.pt",
)
def cancel_own(context: RegistrationResource, request: Request) -> Any:
    """Ask once more, then cancel."""
    keep_private(request)
    registration = context.registration
    back = own_path(request, registration)
    if request.method == "POST":
        try:
            cancel(request.db, registration, actor=RESIDENT, now=request.now)
        except Conflict as refusal:
            request.flash(refusal.message, "warning")
        return HTTPSeeOther(back)
    if not registration.active:
        return HTTPSeeOther(back)
    return {
        "title": _("Cancel the registration"),
        "registration": registration,
        "event_title": request.texts(context.event).get(context.event, "title"),
        "date": context.date,
        "back": back,
    }


@view_config(context=RegistrationResource, name="qr.svg", permission=Permission.REGISTRATION_OWN, request_method="GET")
def qr_code(context: RegistrationResource, request: Request) -> Response:
    """The registration's address as a QR code."""
    return qr_response(codes_of(request.db).url(context.registration.code_seed))


@view_config(
    context=RegistrationResource, name="termin.ics", permission=Permission.REGISTRATION_OWN, request_method="GET"
)
def calendar(context: RegistrationResource, request: Request) -> Response:
    """The date for the person's own calendar."""
    codes = codes_of(request.db)
    entry = CalendarEntry(
        event=context.event,
        date=context.date,
        title=request.texts(context.event).get(context.event, "title").value,
        url=codes.url(context.registration.code_seed),
    )
    content = calendar_file([entry], base_url=codes.base_url, now=request.now)
    response = Response(content, content_type=MEDIA_TYPE, charset="utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="termin.ics"'
    response.headers["Cache-Control"] = "no-store"
    return response
