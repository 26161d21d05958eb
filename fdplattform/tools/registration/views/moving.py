"""Go to another date of the same event: with the code, or by staff."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.view import view_config

from fdplattform.errors import check_version
from fdplattform.forms import Button, handle, make_form
from fdplattform.journal.services import RESIDENT, Actor
from fdplattform.security.permissions import Permission
from fdplattform.tools.registration.messages import _
from fdplattform.tools.registration.models import Registration, Status
from fdplattform.tools.registration.moving import move, other_dates
from fdplattform.tools.registration.resources import Participant, RegistrationResource
from fdplattform.tools.registration.schemas import MoveSchema
from fdplattform.tools.registration.tool import date_rows
from fdplattform.tools.registration.views.own import may_move, own_path
from fdplattform.tools.registration.views.participants import actor_of
from fdplattform.tools.registration.views.register import date_title
from fdplattform.web.private import keep_private

FORM_PAGE = "fdplattform.templates:forms/page.pt"
NAME = "anderer-termin"


@view_config(context=RegistrationResource, name=NAME, permission=Permission.REGISTRATION_OWN, renderer=FORM_PAGE)
def move_own(context: RegistrationResource, request: Request) -> Any:
    """Choose another date, with the code."""
    keep_private(request)
    back = own_path(request, context.registration)
    if not may_move(request, context):
        return HTTPSeeOther(back)
    return _page(request, context.registration, back, actor=RESIDENT, by_staff=False)


@view_config(context=Participant, name=NAME, permission=Permission.REGISTRATION_MANAGE, renderer=FORM_PAGE)
def move_for(context: Participant, request: Request) -> Any:
    """Choose another date for somebody."""
    keep_private(request)
    back = request.resource_path(context)
    registration = context.registration
    if not registration.active or len(context.event_resource.event.dates) < 2:
        return HTTPSeeOther(back)
    return _page(request, registration, back, actor=actor_of(request), by_staff=True)


def _page(request: Request, registration: Registration, back: str, *, actor: Actor, by_staff: bool) -> Any:
    rows = date_rows(request.db, other_dates(request.db, registration, request.now, by_staff=by_staff), request.now)
    here = registration.event_date

    def on_valid(values: dict[str, Any]) -> str:
        check_version(registration, values["version"])
        moved = move(request.db, registration, values["date_id"], actor=actor, now=request.now, by_staff=by_staff)
        if moved.status is Status.CONFIRMED:
            request.flash(_("The registration is for another date now."))
        else:
            request.flash(_("That date is full: the registration is on its waiting list now."), "info")
        return back

    form = make_form(
        MoveSchema(),
        request,
        buttons=(Button(title=_("Go to this date")),),
        cancel=back,
        dates=[(row.date.id, date_title(request, row)) for row in rows],
    )
    return handle(
        request,
        form,
        on_valid=on_valid,
        values={"version": registration.version},
        title=_("Another date"),
        intro=_(
            "Until now: ${when}. The place there is given up at once; where the new date is full, the registration "
            "waits.",
            mapping={"when": request.fmt.period(here.starts_at, here.ends_at)},
        ),
    )
