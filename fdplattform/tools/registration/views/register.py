"""The form with which a resident registers: one page, one click; and the one with which the entry is changed."""

from collections.abc import Callable, Mapping
from typing import Any

import deform
from markupsafe import Markup
from pyramid.httpexceptions import HTTPNotFound, HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from fdplattform.errors import check_version
from fdplattform.events.models import EventDate
from fdplattform.events.resources import EventResource
from fdplattform.forms import Button, handle, make_form
from fdplattform.journal.services import RESIDENT
from fdplattform.security.permissions import Permission
from fdplattform.tools.registration.answers import entry_from, values_of
from fdplattform.tools.registration.door import Door, door_of
from fdplattform.tools.registration.messages import _
from fdplattform.tools.registration.models import Registration, Source
from fdplattform.tools.registration.resources import RegistrationResource
from fdplattform.tools.registration.schemas import ChangeSchema, RegisterSchema
from fdplattform.tools.registration.services import AlreadySent, change, closes_at, register
from fdplattform.tools.registration.tool import DateRow, date_rows
from fdplattform.tools.registration.views.own import own_path
from fdplattform.web.fresh import fresh_token
from fdplattform.web.private import keep_private

REGISTER = Button(title=_("Register now"))


def _door(context: EventResource, request: Request) -> Door:
    return door_of(context.event, context.event.dates, context.format, context.use("registration"), request.now)


@view_config(
    context=EventResource,
    name="anmelden",
    permission=Permission.EVENT_VIEW,
    renderer="fdplattform.templates:registration/register.pt",
    shared_form=True,
)
def register_online(context: EventResource, request: Request) -> Any:
    """The form, or a plain word why there is none. An event whose format knows no registration has no such page."""
    if context.format is not None and context.format.conduct.tool("registration") is None:
        raise HTTPNotFound()
    request.response.headers["X-Robots-Tag"] = "noindex"
    door = _door(context, request)
    page = {
        "title": _("Register"),
        "event_title": context.texts.get(context.event, "title"),
        "door": door,
        "earlier": None,
        "rows": [],
    }
    if door is not Door.OPEN:
        request.response.status_int = 409 if request.method == "POST" else 200
        return {**page, "form": None}
    dates = [date for date in context.event.dates if request.now < closes_at(date)]
    try:
        answer = handle(
            request, _form(request, dates), on_valid=_save(request, dates), values=_first_values(request), **page
        )
    except AlreadySent as again:
        request.response.status_int = 409
        answer = {**page, "earlier": _earlier(request, again.registration), "form": _anew(request, dates)}
    # Whoever has registered goes on; the seats are counted only for who sees the form.
    return answer if isinstance(answer, Response) else {**answer, "rows": date_rows(request.db, dates, request.now)}


def _form(request: Request, dates: list[EventDate]) -> deform.Form:
    schema, options = RegisterSchema(), []
    if len(dates) == 1:
        del schema["date_id"]
    else:
        rows = date_rows(request.db, dates, request.now)
        options = [(row.date.id, date_title(request, row)) for row in rows]
    return make_form(schema, request, buttons=(REGISTER,), dates=options)


def _save(request: Request, dates: list[EventDate]) -> Callable[[dict[str, Any]], str]:
    def save(values: dict[str, Any]) -> str:
        registration = register(
            request.db,
            values.get("date_id", dates[0].id),
            entry_from(values, request.locale_name),
            source=Source.ONLINE,
            actor=RESIDENT,
            now=request.now,
            token=values["token"],
        )
        return own_path(request, registration)

    return save


def _anew(request: Request, dates: list[EventDate]) -> Markup:
    """The form with what was typed and a fresh token, for who registers somebody else after going back."""
    form = _form(request, dates)
    typed = form.validate(request.POST.items())
    form.set_appstruct({**typed, **_first_values(request, people=typed["people"])})
    return Markup(form.render())  # noqa: S704 - our own widgets


def _first_values(request: Request, people: int = 1) -> dict[str, Any]:
    return {"people": people, "token": fresh_token(request)}


def date_title(request: Request, row: DateRow) -> str:
    """A date to choose, with its place and what is free."""
    when = request.fmt.period(row.date.starts_at, row.date.ends_at)
    if row.counts.capacity is None:
        return f"{when} · {row.date.place}"
    free = _("waiting list") if row.counts.full else _("${free} free", mapping={"free": row.counts.free})
    return f"{when} · {row.date.place} · {request.localizer.translate(free)}"


def _earlier(request: Request, registration: Registration) -> Mapping[str, str]:
    return {"name": registration.name or "", "href": own_path(request, registration)}


@view_config(
    context=RegistrationResource,
    name="aendern",
    permission=Permission.REGISTRATION_OWN,
    renderer="fdplattform.templates:forms/page.pt",
)
def change_own(context: RegistrationResource, request: Request) -> Any:
    """Change what was entered. Where nothing can be changed any more, the registration's page says why."""
    keep_private(request)
    registration = context.registration
    back = own_path(request, registration)
    if not registration.active or request.now >= context.date.starts_at:
        return HTTPSeeOther(back)
    language = registration.language or request.locale_name

    def on_valid(values: dict[str, Any]) -> str:
        check_version(registration, values["version"])
        change(request.db, registration, entry_from(values, language), actor=RESIDENT, now=request.now)
        request.flash(_("Your registration was changed."))
        return back

    form = make_form(ChangeSchema(), request, cancel=back)
    return handle(
        request,
        form,
        on_valid=on_valid,
        values=values_of(registration),
        current=values_of,
        title=_("Change my registration"),
        intro=request.fmt.period(context.date.starts_at, context.date.ends_at),
    )
