"""At the door: tick who came, let people in who are not on the list, a list on paper that always works."""

from typing import Any
from zoneinfo import ZoneInfo

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from fdplattform.accounts.services.identity import Guest
from fdplattform.daylinks.services import window_of
from fdplattform.errors import DomainError, NotAllowed
from fdplattform.events.models import EventDate
from fdplattform.events.resources import EventResource
from fdplattform.forms import Button, handle, make_form
from fdplattform.security.permissions import Permission
from fdplattform.tools.registration.counts import counts_by_date
from fdplattform.tools.registration.lists import Filter, query_of
from fdplattform.tools.registration.messages import _
from fdplattform.tools.registration.models import Registration, Source, Status
from fdplattform.tools.registration.resources import Participant, participants_resource
from fdplattform.tools.registration.schemas import WalkInSchema
from fdplattform.tools.registration.services import Entry, register
from fdplattform.tools.registration.staff import set_attended
from fdplattform.tools.registration.views.participants import actor_of, give_place
from fdplattform.web.private import keep_private


def chosen_date(context: EventResource, request: Request) -> EventDate | None:
    """The date that the address names, else the one that is on or comes next, else the last; None without dates."""
    dates = sorted(context.event.dates, key=lambda date: date.starts_at)
    asked = request.params.get("termin", "")
    named = next((date for date in dates if str(date.id) == asked), None)
    ahead = next((date for date in dates if date.ends_at > request.now), None)
    return named or ahead or (dates[-1] if dates else None)


def may_let_in(context: EventResource, request: Request, date: EventDate) -> bool:
    """Whether the person may give a waiting group a place: on the day whoever stands at the door, else the team.

    Who stands there with a link, stands at the door of the link's date only: two dates may be on one day.
    """
    if isinstance(request.identity, Guest) and request.identity.event_date_id != date.id:
        return False
    on_the_day = request.now in window_of(date, ZoneInfo(request.fdp.time_zone))
    permission = Permission.ATTENDANCE_RECORD if on_the_day else Permission.REGISTRATION_MANAGE
    return bool(request.has_permission(permission, context))


def _page(context: EventResource, request: Request, title: str) -> dict[str, Any]:
    keep_private(request)
    date = chosen_date(context, request)
    found: list[Registration] = []
    if date is not None:
        query = query_of(context.event.id, Filter(date_id=date.id))
        found = [item for item in request.db.scalars(query) if item.active]
    return {
        "title": title,
        "event_title": context.texts.get(context.event, "title"),
        "event_href": request.resource_path(context),
        "participants_href": request.resource_path(participants_resource(context)),
        "dates": context.event.dates,
        "date": date,
        "counts": counts_by_date(request.db, [date])[date.id] if date else None,
        "expected": [item for item in found if item.status is Status.CONFIRMED],
        "waiting": [item for item in found if item.status is Status.WAITING],
        "may_let_in": date is not None and may_let_in(context, request, date),
    }


@view_config(
    context=EventResource,
    name="anwesenheit",
    permission=Permission.ATTENDANCE_RECORD,
    renderer="fdplattform.templates:registration/attendance.pt",
    request_method="GET",
)
def attendance(context: EventResource, request: Request) -> dict[str, Any]:
    """The list to tick on a tablet."""
    return _page(context, request, _("Attendance"))


@view_config(
    context=EventResource,
    name="anwesenheitsliste",
    permission=Permission.ATTENDANCE_RECORD,
    renderer="fdplattform.templates:registration/attendance_paper.pt",
    request_method="GET",
)
def attendance_on_paper(context: EventResource, request: Request) -> dict[str, Any]:
    """The list to print, with room for people who come without registration."""
    return {**_page(context, request, _("Attendance list")), "blank_lines": range(10)}


@view_config(context=Participant, name="anwesend", permission=Permission.ATTENDANCE_RECORD, request_method="POST")
def tick(context: Participant, request: Request) -> Response:
    """Note how many of a group came; an empty number takes the note back. One tiny request for each tick."""
    typed = request.POST.get("people", "").strip()
    registration = context.registration
    try:
        if typed and not (typed.isascii() and typed.isdigit() and len(typed) < 5):
            raise DomainError(_("Please write a whole number."))
        set_attended(request.db, registration, int(typed) if typed else None, actor=actor_of(request))
    except DomainError as refusal:
        request.flash(refusal.message, "warning")
    return HTTPSeeOther(_row(context, request))


def _row(context: Participant, request: Request) -> str:
    """The address of the group's line in the list."""
    query = {"termin": context.registration.event_date_id}
    path = request.resource_path(context.event_resource, "anwesenheit", query=query)
    return f"{path}#r{context.registration.id}"


@view_config(
    context=Participant,
    name="einlassen",
    permission=Permission.ATTENDANCE_RECORD,
    renderer="fdplattform.templates:forms/page.pt",
)
def let_in(context: Participant, request: Request) -> Any:
    """Who waits stands at the door, and gets a place with a reason that stands in the journal."""
    registration = context.registration
    if not may_let_in(context.event_resource, request, registration.event_date):
        raise NotAllowed(_("Except on the day of the event, only the team gives places to who waits."))
    # Who has a link for the day may not open the team's list, under which the registration stands.
    request.page.place = context.event_resource
    return give_place(
        context,
        request,
        back=_row(context, request),
        title=_("Let in: ${name}", mapping={"name": registration.name or "–"}),
        button=_("Let in"),
        done=_("The group has a place now. Tick who is here."),
    )


@view_config(
    context=EventResource,
    name="an-der-tuer",
    permission=Permission.ATTENDANCE_RECORD,
    renderer="fdplattform.templates:forms/page.pt",
)
def walk_in(context: EventResource, request: Request) -> Any:
    """Somebody stands at the door without a registration."""
    keep_private(request)
    date = chosen_date(context, request)
    if date is None:
        return HTTPSeeOther(request.resource_path(context, "anwesenheit"))
    back = request.resource_path(context, "anwesenheit", query={"termin": date.id})

    def on_valid(values: dict[str, Any]) -> str:
        registration = register(
            request.db,
            date.id,
            Entry(name=values["name"], people=values["people"], language=context.event.language),
            source=Source.WALK_IN,
            actor=actor_of(request),
            now=request.now,
            let_in=values["let_in"],
        )
        if registration.status is Status.CONFIRMED:
            request.flash(_("${name} is in.", mapping={"name": registration.name}))
        else:
            request.flash(
                _(
                    "No place is free, or others wait for it: ${name} is on the waiting list.",
                    mapping={"name": registration.name},
                ),
                "warning",
            )
        return back

    form = make_form(
        WalkInSchema(),
        request,
        action=request.resource_path(context, "an-der-tuer", query={"termin": date.id}),
        buttons=(Button(title=_("Let in")),),
        cancel=back,
        once=True,
    )
    return handle(request, form, on_valid=on_valid, values={"people": 1}, title=_("At the door"))
