"""What staff see and do: how many answered, cards that came by post, corrections, deletion on request."""

from dataclasses import asdict, replace
from typing import Any
from zoneinfo import ZoneInfo

from pyramid.httpexceptions import HTTPNotFound, HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config
from sqlalchemy import func, select

from fdplattform.errors import DomainError
from fdplattform.events.access import journal_access
from fdplattform.events.models import EventDate
from fdplattform.forms import Button, handle, make_form
from fdplattform.security.permissions import Permission
from fdplattform.tools.draw.criteria.services import criteria_of, plan_of
from fdplattform.tools.draw.register.addresses import address_of, correct_address, fingerprint
from fdplattform.tools.draw.register.retention import deletion_dates
from fdplattform.tools.draw.replies.answering import (
    AlreadyAnswered,
    answer,
    categories_of,
    correct,
    erase,
    find_invitee,
)
from fdplattform.tools.draw.replies.counting import category_counts, needs_of, reply_counts
from fdplattform.tools.draw.replies.door import Door, door_of
from fdplattform.tools.draw.replies.invitation import name_of
from fdplattform.tools.draw.replies.lists import ANSWERS, CHANNELS, export, known_about, replies_query
from fdplattform.tools.draw.replies.messages import _
from fdplattform.tools.draw.replies.models import Answer, Channel, Reply
from fdplattform.tools.draw.replies.picture import rows_of
from fdplattform.tools.draw.replies.resources import Invited, Replies
from fdplattform.tools.draw.replies.schemas import (
    AddressSchema,
    CardSchema,
    CorrectSchema,
    LateCardSchema,
    form_values,
    said,
    with_questions,
)
from fdplattform.tools.needs import interpreter_name
from fdplattform.web.pagination import Pages
from fdplattform.web.private import keep_private

PER_PAGE = 50
TEMPLATES = "fdplattform.templates:draw/replies/"
PAGE = f"{TEMPLATES}invited.pt"


@view_config(
    context=Replies, name="", permission=Permission.REPLY_READ, renderer=f"{TEMPLATES}list.pt", request_method="GET"
)
def overview(context: Replies, request: Request) -> dict[str, Any]:
    """Letters, answers, yes and no; the same for each category; and the list of those who answered."""
    keep_private(request)
    journal_access(context, "reply:read")
    event = context.event
    plan, criteria = plan_of(request.db, event.id), criteria_of(request.db, event.id)
    counts, by_category = reply_counts(request.db, event.id), category_counts(request.db, event.id)
    asked = request.GET.get("antwort", "")
    chosen = Answer(asked) if asked in set(Answer) else None
    query = replies_query(event.id, chosen)
    total = request.db.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0
    pages = Pages.of(request, total, PER_PAGE)
    return {
        "title": _("Replies"),
        "here": request.resource_path(context),
        "may_enter": request.has_permission(Permission.REPLY_ENTER, context),
        "plan": plan,
        "door": _door(context, request),
        "counts": counts,
        "funnel": [
            (_("Drawn from the register"), counts.invited),
            (_("Letters posted"), counts.posted),
            (_("Answers"), counts.replies),
            (_("Said yes"), counts.yes),
            (_("Said no"), counts.no),
        ],
        "criteria": rows_of(request, criteria, by_category) if by_category.known else [],
        "needs": list(_needs(context, request)),
        "found": request.db.execute(query.limit(PER_PAGE).offset(pages.offset)).all(),
        "pages": pages,
        "chosen": chosen,
        "answers": ANSWERS,
        "channels": CHANNELS,
        "name_of": name_of,
        "deletion": deletion_dates(request.db, event.id),
    }


@view_config(
    context=Replies, name="eintragen", permission=Permission.REPLY_ENTER, renderer="fdplattform.templates:forms/page.pt"
)
def enter(context: Replies, request: Request) -> Any:
    """A reply card, or a call by somebody who cannot answer online. It counts as an answer online does."""
    keep_private(request)
    event, back = context.event, request.resource_path(context)
    late = _door(context, request) is Door.OVER

    def on_valid(values: dict[str, Any]) -> str:
        invitee = find_invitee(request.db, event.id, values["who"])
        if invitee is None:
            raise DomainError(_("Nobody was invited with this code or number, or several have this name."), "who")
        try:
            what = said(values, values["answer"], invitee.language)
            answer(request.db, context.desk, invitee, what, channel=Channel.CARD)
        except AlreadyAnswered as refusal:
            raise AlreadyAnswered(refusal.message, "who") from None
        request.flash(_("The answer of number ${number} is entered.", mapping={"number": invitee.number}))
        return f"{back}eintragen"

    schema = with_questions(
        LateCardSchema() if late else CardSchema(), request, criteria_of(request.db, event.id), _dates(context, request)
    )
    form = make_form(schema, request, buttons=(Button(title=_("Enter")),), cancel=back)
    return handle(
        request,
        form,
        on_valid=on_valid,
        title=_("Enter a reply card"),
        intro=_("A card counts as much as an answer online. Enter only what stands on it."),
    )


@view_config(context=Invited, name="", permission=Permission.REPLY_READ, renderer=PAGE, request_method="GET")
@view_config(context=Invited, name="", permission=Permission.REPLY_ENTER, renderer=PAGE, request_method="POST")
def edit(context: Invited, request: Request) -> Any:
    """One invited person: what was answered, and the form to correct it."""
    keep_private(request)
    journal_access(context, "reply:read")
    invitee, event = context.invitee, context.replies.event
    reply = request.db.get(Reply, invitee.id)
    may_enter = request.has_permission(Permission.REPLY_ENTER, context)
    back = request.resource_path(context.replies)
    page = {
        "title": name_of(invitee) or _("Deleted"),
        "invitee": invitee,
        "reply": reply,
        "here": request.resource_path(context),
        "back": back,
        "answers": ANSWERS,
        "channels": CHANNELS,
        "may_enter": may_enter,
        "known": known_about(request, invitee, reply),
        "drawn": plan_of(request.db, event.id).drawn_at is not None,
        "panels": request.panels(context),
    }
    if reply is None or reply.shredded_at is not None or not may_enter:
        return {**page, "form": None}

    def on_valid(values: dict[str, Any]) -> str:
        what = said(values, values["answer"], reply.language)
        correct(request.db, context.replies.desk, reply, what, version=values["version"])
        request.flash(_("The answer was corrected."))
        return str(back)

    values = form_values(categories_of(request.db, invitee.id))
    schema = with_questions(
        CorrectSchema(), request, criteria_of(request.db, event.id), _dates(context.replies, request)
    )
    form = make_form(schema, request, cancel=back)
    return handle(request, form, on_valid=on_valid, values=values(reply), current=values, **page)


@view_config(
    context=Invited,
    name="anschrift",
    permission=Permission.REPLY_ENTER,
    renderer="fdplattform.templates:forms/page.pt",
)
def address(context: Invited, request: Request) -> Any:
    """Complete or correct the address of somebody who was drawn."""
    keep_private(request)
    journal_access(context, "reply:read")
    invitee, event = context.invitee, context.replies.event
    if invitee.shredded_at is not None:
        raise HTTPNotFound()
    back = str(request.resource_path(context))

    def on_valid(values: dict[str, Any]) -> str:
        seen = values.pop("seen")
        changed = replace(address_of(invitee), **values)
        correct_address(request.db, event, invitee, changed, seen=seen, actor=request.identity.actor, now=request.now)
        request.flash(_("The address was changed."))
        return back

    form = make_form(AddressSchema(), request, cancel=back)
    intro = _("A letter that is not posted yet is made anew. Who has got the letter already gets no second one.")
    values = {**asdict(address_of(invitee)), "seen": fingerprint(invitee)}
    return handle(request, form, on_valid=on_valid, values=values, title=_("Address of the person"), intro=intro)


@view_config(context=Invited, name="daten-loeschen", permission=Permission.REPLY_READ, renderer=f"{TEMPLATES}erase.pt")
def erase_person(context: Invited, request: Request) -> Any:
    """Delete what is known about somebody who asks for it, after asking once more."""
    keep_private(request)
    if request.method == "POST":
        erase(request.db, context.replies.desk, context.invitee, request.registry.invitee_forgetters)
        request.flash(_("Everything about this person was deleted."))
        return HTTPSeeOther(request.resource_path(context.replies))
    plan = plan_of(request.db, context.replies.event.id)
    return {
        "title": _("Delete this person's data?"),
        "drawn": plan.drawn_at is not None,
        "locked": plan.locked_at is not None,
        "name": name_of(context.invitee),
        "back": request.resource_path(context),
    }


@view_config(context=Replies, name="liste.csv", permission=Permission.REPLY_READ, request_method="GET")
def export_list(context: Replies, request: Request) -> Response:
    """Everybody who said yes, for a spreadsheet."""
    people = reply_counts(request.db, context.event.id).yes
    journal_access(context, "reply:export", people=people)
    response = export(request, context.event)
    response.headers["Cache-Control"] = "no-store"
    return response


def _door(context: Replies, request: Request) -> Door:
    today = request.now.astimezone(ZoneInfo(request.fdp.time_zone)).date()
    return door_of(plan_of(request.db, context.event.id), today, takes_place=True)


def _dates(context: Replies, request: Request) -> list[EventDate]:
    query = select(EventDate).where(EventDate.event_id == context.event.id).order_by(EventDate.starts_at, EventDate.id)
    return list(request.db.scalars(query))


def _needs(context: Replies, request: Request) -> Any:
    needs, number = needs_of(request.db, context.event), request.fmt.number
    for code, people in sorted(needs.interpreters.items()):
        yield _("Interpreter: ${language}", mapping={"language": interpreter_name(request, code)}), number(people)
    if needs.children:
        yield _("Children to look after"), number(needs.children)
    if needs.access:
        yield _("Need something else to take part"), number(needs.access)
