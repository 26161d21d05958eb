"""The staff's list of registrations, and what staff do with one of them."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config
from sqlalchemy import Select, func, select

from fdplattform.errors import check_version
from fdplattform.forms import Button, handle, make_form
from fdplattform.journal.services import Actor
from fdplattform.security.permissions import Permission
from fdplattform.tools.needs import interpreter_name
from fdplattform.tools.registration.answers import entry_from, values_of
from fdplattform.tools.registration.codes import codes_of
from fdplattform.tools.registration.counts import total
from fdplattform.tools.registration.export import CONTACT_AND_NEEDS, contact_and_needs, export
from fdplattform.tools.registration.lists import Filter, NeedsSummary, needs_summary, query_of
from fdplattform.tools.registration.messages import _
from fdplattform.tools.registration.models import Registration, Source, Status
from fdplattform.tools.registration.resources import Participant, Participants
from fdplattform.tools.registration.schemas import EnterSchema, PromoteSchema, StaffChangeSchema
from fdplattform.tools.registration.services import cancel, change, register
from fdplattform.tools.registration.staff import promote, reissue_code
from fdplattform.tools.registration.tool import date_rows
from fdplattform.tools.registration.views.register import date_title
from fdplattform.tools.registration.words import SOURCES, STATES
from fdplattform.web.ids import parse_id
from fdplattform.web.pagination import Pages
from fdplattform.web.private import keep_private

PER_PAGE = 100
PAGE = "fdplattform.templates:registration/participant.pt"


def actor_of(request: Request) -> Actor:
    """Who does it, for the journal."""
    actor: Actor = request.identity.actor
    return actor


def filter_of(request: Request) -> Filter:
    """The filter in the address; what is no filter is ignored."""
    asked = request.GET
    state = asked.get("stand", "")
    return Filter(
        date_id=parse_id(asked.get("termin")),
        status=Status(state) if state in set(Status) else None,
        needs=asked.get("bedarf") == "1",
        text=asked.get("name", "").strip()[:100],
    )


@view_config(
    context=Participants,
    name="",
    permission=Permission.REGISTRATION_READ,
    renderer="fdplattform.templates:registration/participants.pt",
    request_method="GET",
)
def list_participants(context: Participants, request: Request) -> dict[str, Any]:
    """Who is registered, how many, and what has to be organised."""
    keep_private(request)
    event = context.event_resource.event
    wanted = filter_of(request)
    rows = date_rows(request.db, event.dates, request.now)
    query = query_of(event.id, wanted)
    pages = Pages.of(request, _count(request, query), PER_PAGE)
    found = request.db.scalars(query.limit(pages.size).offset(pages.offset)).all()
    here = request.resource_path(context)
    return {
        "title": _("Participants"),
        "here": here,
        "may_enter": request.has_permission(Permission.REGISTRATION_MANAGE, context),
        "event_href": request.resource_path(context.event_resource),
        "wanted": wanted,
        "filtered": wanted != Filter(),
        "rows": rows,
        "counts": total(row.counts for row in rows),
        "needs": needs_lines(request, needs_summary(request.db, event.id, wanted.date_id)),
        "found": found,
        "pages": pages,
        "states": STATES,
        "sources": SOURCES,
        "interpreter_name": lambda code: interpreter_name(request, code),
        "query_string": request.query_string,
    }


def _count(request: Request, query: Select[Registration]) -> int:
    return request.db.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0


def needs_lines(request: Request, needs: NeedsSummary) -> list[tuple[str, str]]:
    """The needs in words: what and how much."""
    translate, number = request.localizer.translate, request.fmt.number
    lines = [
        (_("Interpreter: ${language}", mapping={"language": interpreter_name(request, code)}), number(groups))
        for code, groups in needs.interpreters.most_common()
    ]
    if needs.children:
        lines.append((_("Children to look after"), number(needs.children)))
    lines += [(_("Needed to take part"), text) for text in needs.access]
    return [(translate(what), how_much) for what, how_much in lines]


@view_config(
    context=Participants,
    name="eintragen",
    permission=Permission.REGISTRATION_MANAGE,
    renderer="fdplattform.templates:forms/page.pt",
)
def enter(context: Participants, request: Request) -> Any:
    """Enter a registration that came on paper or by telephone. It stands in the queue like every other."""
    keep_private(request)
    event = context.event_resource.event
    rows = date_rows(request.db, event.dates, request.now)
    back = request.resource_path(context)
    if not rows:
        request.flash(_("The event has no date yet. Enter the date first."), "warning")
        return HTTPSeeOther(back)
    schema = EnterSchema()
    if len(rows) == 1:
        del schema["date_id"]

    def on_valid(values: dict[str, Any]) -> str:
        registration = register(
            request.db,
            values.get("date_id", rows[0].date.id),
            entry_from(values, event.language),
            source=values["source"],
            actor=actor_of(request),
            now=request.now,
        )
        _tell_result(request, registration)
        return back

    options = [(row.date.id, date_title(request, row)) for row in rows]
    form = make_form(schema, request, buttons=(Button(title=_("Enter")),), cancel=back, once=True, dates=options)
    values = {"people": 1, "source": Source.TELEPHONE, "language": event.language}
    return handle(request, form, on_valid=on_valid, values=values, title=_("Enter a registration"))


def _tell_result(request: Request, registration: Registration) -> None:
    code = codes_of(request.db).text(registration.code_seed)
    mapping = {"code": code, "name": registration.name}
    if registration.status is Status.CONFIRMED:
        request.flash(_("${name} is registered. The code is ${code}: please pass it on.", mapping=mapping))
    else:
        request.flash(
            _("${name} is on the waiting list. The code is ${code}: please pass it on.", mapping=mapping), "info"
        )


@view_config(
    context=Participant,
    name="",
    permission=Permission.REGISTRATION_READ,
    renderer=PAGE,
    request_method="GET",
)
@view_config(
    context=Participant,
    name="",
    permission=Permission.REGISTRATION_MANAGE,
    renderer=PAGE,
    request_method="POST",
)
def edit(context: Participant, request: Request) -> Any:
    """One registration: how it stands, what can be done, and the form to change it."""
    keep_private(request)
    registration = context.registration
    back = request.resource_path(context.__parent__)
    page = {
        "title": registration.name or _("Deleted"),
        "registration": registration,
        "date": registration.event_date,
        "may_move": len(context.event_resource.event.dates) > 1,
        "here": request.resource_path(context),
        "state": STATES[registration.status],
        "source": SOURCES[registration.source],
        "known": list(zip(CONTACT_AND_NEEDS, contact_and_needs(request, registration), strict=True)),
    }
    may_change = request.has_permission(Permission.REGISTRATION_MANAGE, context)
    if not (may_change and registration.active) or registration.shredded_at is not None:
        return {**page, "form": None}

    def on_valid(values: dict[str, Any]) -> str:
        check_version(registration, values["version"])
        entry = entry_from(values, "de")
        change(request.db, registration, entry, actor=actor_of(request), now=request.now, by_staff=True)
        request.flash(_("The registration was changed."))
        return back

    form = make_form(StaffChangeSchema(), request, cancel=back)
    return handle(request, form, on_valid=on_valid, values=values_of(registration), current=values_of, **page)


@view_config(
    context=Participant,
    name="absagen",
    permission=Permission.REGISTRATION_MANAGE,
    renderer="fdplattform.templates:registration/confirm.pt",
)
def cancel_for(context: Participant, request: Request) -> Any:
    """Cancel for somebody, after asking once more."""
    keep_private(request)
    back = request.resource_path(context.__parent__)
    if request.method == "POST":
        cancel(request.db, context.registration, actor=actor_of(request), now=request.now, by_staff=True)
        request.flash(_("The registration was cancelled."))
        return HTTPSeeOther(back)
    return {
        "title": _("Cancel the registration"),
        "name": context.registration.name,
        "question": _("The place goes to whoever waits next. This cannot be taken back."),
        "button": _("Yes, cancel"),
        "back": request.resource_path(context),
    }


@view_config(
    context=Participant,
    name="vorziehen",
    permission=Permission.REGISTRATION_MANAGE,
    renderer="fdplattform.templates:forms/page.pt",
)
def promote_early(context: Participant, request: Request) -> Any:
    """Give somebody a place before the turn, with a reason that stands in the journal."""
    return give_place(
        context,
        request,
        back=request.resource_path(context.__parent__),
        title=_("Give a place before the turn"),
        button=_("Give a place"),
        done=_("The group has a place now."),
    )


def give_place(context: Participant, request: Request, *, back: str, title: Any, button: Any, done: Any) -> Any:
    """The form that asks for the reason; afterwards the person reads `done` at the address `back`."""
    keep_private(request)

    def on_valid(values: dict[str, Any]) -> str:
        promote(
            request.db,
            context.registration,
            reason=values["reason"],
            let_in=values["let_in"],
            actor=actor_of(request),
            now=request.now,
        )
        request.flash(done)
        return back

    form = make_form(PromoteSchema(), request, buttons=(Button(title=button),), cancel=back)
    intro = _("The reason stands in the journal of the event.")
    return handle(request, form, on_valid=on_valid, title=title, intro=intro)


@view_config(context=Participant, name="neuer-code", permission=Permission.REGISTRATION_MANAGE, request_method="POST")
def new_code(context: Participant, request: Request) -> Response:
    """A new code for who lost the old one."""
    code = reissue_code(request.db, context.registration, actor=actor_of(request), now=request.now)
    request.flash(_("The new code is ${code}. The old one no longer works.", mapping={"code": code}))
    return HTTPSeeOther(request.resource_path(context))


@view_config(context=Participants, name="liste.csv", permission=Permission.REGISTRATION_READ, request_method="GET")
def export_list(context: Participants, request: Request) -> Response:
    """The list for a spreadsheet, with the filter of the page."""
    response = export(request, context.event_resource.event, filter_of(request))
    response.headers["Cache-Control"] = "no-store"
    return response
