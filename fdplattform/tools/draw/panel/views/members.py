"""`…/gremium`: who sits on the panel, who moves up, who is entered by hand."""

from typing import Any

from pyramid.httpexceptions import HTTPNotFound, HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from fdplattform.events.access import journal_access
from fdplattform.forms import Button, attributes_of, handle, make_form
from fdplattform.security.permissions import Permission
from fdplattform.tools.draw.criteria.services import criteria_of, plan_of
from fdplattform.tools.draw.engine.errors import DrawError
from fdplattform.tools.draw.panel import members, seats
from fdplattform.tools.draw.panel.members import Person
from fdplattform.tools.draw.panel.messages import _
from fdplattform.tools.draw.panel.models import Member, Origin, RunState
from fdplattform.tools.draw.panel.resources import Panel, PanelMember
from fdplattform.tools.draw.panel.retention import deadlines
from fdplattform.tools.draw.panel.runs import active_run
from fdplattform.tools.draw.panel.schemas import ChangePersonSchema, PersonSchema, counts_schema
from fdplattform.tools.draw.panel.views.common import back_to, doing
from fdplattform.tools.draw.panel.words import ORIGINS, said, stored
from fdplattform.tools.draw.replies.needs import NEEDS, NeedsOf
from fdplattform.tools.draw.replies.services import willing
from fdplattform.web.private import keep_private
from fdplattform.web.spreadsheets import csv_response

CONFIRM = "fdplattform.templates:draw/panel/confirm.pt"
MEMBER = "fdplattform.templates:draw/panel/member.pt"
#: How an entry is asked for in the address.
KINDS = {"hand": Origin.BY_HAND, "benannt": Origin.NOMINATED, "reserve": Origin.BY_HAND}
ENTER_TITLES = {
    "hand": _("Enter a member"),
    "benannt": _("Enter somebody on a seat outside the sample"),
    "reserve": _("Enter somebody for the reserve"),
}

INTROS = {
    Origin.NOMINATED: _("A pseudonym is enough. Ask only for what you need to reach the person."),
    Origin.BY_HAND: _(
        "A pseudonym is enough. Ask only for what you need to reach the person. With the first entry the panel counts "
        "as drawn: no answer is taken any more, and who said no or did not answer is deleted four weeks later."
    ),
}


@view_config(
    context=Panel,
    name="",
    permission=Permission.PANEL_READ,
    renderer="fdplattform.templates:draw/panel/members.pt",
    request_method="GET",
)
def show(context: Panel, request: Request) -> dict[str, Any]:
    """Who sits, who left, how large the reserve is, and what can be done."""
    journal_access(context, "panel:read")
    keep_private(request)
    event, session = context.event_resource.event, request.db
    everybody = members.everybody_of(session, event.id)
    present = [member for member in everybody if member.sits]
    run = active_run(session, event.id)
    drawn = run is not None and run.state is RunState.DRAWN
    sat = {member.invitee_id for member in everybody}
    plan = plan_of(session, event.id)
    needs = NeedsOf(request, event.id, (member.invitee_id for member in present))
    return {
        "title": _("Panel"),
        "here": request.resource_path(context),
        "may_change": request.has_permission(Permission.PANEL_EDIT, context),
        "event_href": request.resource_path(context.event_resource),
        "present": present,
        "waiting": [member for member in everybody if member.waits],
        "left": [member for member in everybody if member.left_at is not None],
        "drawn": drawn,
        "replaceable": drawn and run is not None and run.has_sealed,
        "reserve": sum(person.invitee_id not in sat for person in willing(session, event.id)) if drawn else None,
        "plan": plan,
        "nominated": sum(member.origin is Origin.NOMINATED for member in present),
        "origins": ORIGINS,
        "letters_href": _letters_href(context, request),
        "deadlines": deadlines(event, event.dates, everybody[0].entered_at) if everybody else None,
        "needs": {member.id: found for member in present if (found := needs.said(member.invitee_id))},
    }


def _letters_href(context: Panel, request: Request) -> str | None:
    """Where letters to the members are made, at events that use letters."""
    place = context.event_resource
    return str(request.resource_path(place, "briefe", "drawn")) if place.use("letters") is not None else None


@view_config(
    context=Panel,
    name="eintragen",
    permission=Permission.PANEL_EDIT,
    renderer="fdplattform.templates:forms/page.pt",
)
def enter(context: Panel, request: Request) -> Any:
    """Enter somebody on a seat outside the sample, or who was drawn without this program."""
    keep_private(request)
    kind = request.GET.get("art", "hand")
    origin = KINDS.get(kind)
    if origin is None:
        raise HTTPNotFound()

    def on_valid(values: dict[str, Any]) -> str:
        members.enter(request.db, origin, Person(**values), doing(context, request), reserve=kind == "reserve")
        request.flash(_("${name} is on the list.", mapping={"name": values["name"]}))
        return str(request.resource_path(context))

    form = make_form(
        PersonSchema(), request, buttons=(Button(title=_("Enter")),), cancel=request.resource_path(context)
    )
    return handle(
        request,
        form,
        on_valid=on_valid,
        values={"language": context.event_resource.event.language},
        title=ENTER_TITLES[kind],
        intro=INTROS[origin],
    )


@view_config(context=PanelMember, name="", permission=Permission.PANEL_READ, renderer=MEMBER, request_method="GET")
@view_config(context=PanelMember, name="", permission=Permission.PANEL_EDIT, renderer=MEMBER, request_method="POST")
def edit(context: PanelMember, request: Request) -> Any:
    """One member: name and contact, and what can be done."""
    journal_access(context, "panel:read")
    keep_private(request)
    member = context.member
    page = {
        "title": member.name or _("Deleted"),
        "member": member,
        "here": request.resource_path(context),
        "back": request.resource_path(context.__parent__),
        "origin": ORIGINS[member.origin],
        "by_hand": member.origin in members.ENTERED,
        "needs": NeedsOf(request, member.event_id, [member.invitee_id]).said(member.invitee_id),
    }
    if member.shredded_at is not None or not request.has_permission(Permission.PANEL_EDIT, context):
        return {**page, "form": None}

    def on_valid(values: dict[str, Any]) -> str:
        version = values.pop("version")
        members.change(request.db, member, Person(**values), version, doing(context, request))
        request.flash(_("The entry was changed."))
        return str(page["back"])

    form = make_form(ChangePersonSchema(), request, cancel=page["back"])
    return handle(request, form, on_valid=on_valid, values=attributes_of(form, member), **page)


@view_config(context=PanelMember, name="ersetzen", permission=Permission.PANEL_EDIT, renderer=CONFIRM)
def replace(context: PanelMember, request: Request) -> Any:
    """Somebody cannot come: draw who moves up from the reserve, under the same quotas."""
    keep_private(request)
    panel, event = context.__parent__, context.event_resource.event
    reasons: list[str] = []
    if request.method == "POST":
        run = active_run(request.db, event.id)
        if run is None:
            return back_to(request, panel, _("The panel was not drawn here: enter the new member by hand."), "warning")
        try:
            joined = seats.replace(request.db, run, context.member, doing(context, request))
        except DrawError as fault:
            request.response.status_int = 409
            reasons = [said(stored(sentence), request.localizer.translate) for sentence in fault.reasons]
        else:
            return _tell_joined(request, panel, joined)
    return {
        "title": _("Draw a replacement"),
        "lead": context.member.name,
        "question": _(
            "Somebody from the reserve moves up, drawn under the same quotas. Who leaves now is not drawn again. "
            "Everybody can see in the record that a seat was filled anew."
        ),
        "reasons": reasons,
        "button": _("Draw now"),
        "back": request.resource_path(panel),
    }


def _tell_joined(request: Request, panel: Any, joined: list[Member]) -> HTTPSeeOther:
    names = ", ".join(member.name or "–" for member in joined)
    return back_to(request, panel, _("${names} moves up. Please call at once.", mapping={"names": names}))


@view_config(context=PanelMember, name="einruecken", permission=Permission.PANEL_EDIT, request_method="POST")
def move_up(context: PanelMember, request: Request) -> Response:
    """Somebody from the reserve of a panel that was not drawn here takes a seat."""
    members.move_up(request.db, context.member, doing(context, request))
    return back_to(request, context.__parent__, _("${name} is on the list.", mapping={"name": context.member.name}))


@view_config(context=PanelMember, name="austragen", permission=Permission.PANEL_EDIT, renderer=CONFIRM)
def leave(context: PanelMember, request: Request) -> Any:
    """Somebody leaves, and nobody takes the seat."""
    keep_private(request)
    if request.method == "POST":
        members.leave(request.db, context.member, doing(context, request))
        return back_to(request, context.__parent__, _("The person is no longer on the panel."))
    return {
        "title": _("Let the person leave without a replacement"),
        "lead": context.member.name,
        "question": _("The seat stays empty, and the quotas may no longer be kept."),
        "button": _("Yes, without a replacement"),
        "back": request.resource_path(context.__parent__),
    }


@view_config(context=PanelMember, name="daten-loeschen", permission=Permission.PANEL_READ, renderer=CONFIRM)
def erase(context: PanelMember, request: Request) -> Any:
    """Delete what is known about a member who asks for it, after asking once more."""
    keep_private(request)
    if request.method == "POST":
        members.erase(request.db, context.member, request.registry.invitee_forgetters, doing(context, request))
        return back_to(request, context.__parent__, _("Everything about this person was deleted."))
    return {
        "title": _("Delete this person's data?"),
        "lead": context.member.name,
        "question": _(
            "Name, contact, invitation and answer are deleted at once, and every file of letters in which they stand. "
            "The seat stays in the numbers until somebody else takes it. As long as there is a sealed record of the "
            "draw, the person's categories stay in it without a name. This cannot be taken back."
        ),
        "button": _("Yes, delete everything"),
        "back": request.resource_path(context),
    }


@view_config(context=PanelMember, name="entfernen", permission=Permission.PANEL_EDIT, request_method="POST")
def remove(context: PanelMember, request: Request) -> Response:
    """Take back an entry made by hand."""
    members.remove(request.db, context.member, doing(context, request))
    return back_to(request, context.__parent__, _("The entry was removed."))


@view_config(
    context=Panel,
    name="quoten",
    permission=Permission.PANEL_EDIT,
    renderer="fdplattform.templates:draw/panel/quotas.pt",
)
def count(context: Panel, request: Request) -> Any:
    """How many members of a panel that was not drawn here belong to each category."""
    event, session = context.event_resource.event, request.db
    criteria = criteria_of(session, event.id)
    back = request.resource_path(context)
    schema = counts_schema(criteria)

    def on_valid(values: dict[str, Any]) -> str:
        numbers = {int(name.removeprefix("category_")): number for name, number in values.items()}
        members.count(session, numbers, doing(context, request))
        request.flash(_("The numbers were saved."))
        return str(back)

    form = make_form(schema, request, cancel=back)
    counts = members.counts_of(session, event.id)
    return handle(
        request,
        form,
        on_valid=on_valid,
        values={f"category_{category_id}": number for category_id, number in counts.items()},
        title=_("How many members belong to each category?"),
        intro=_("Only these numbers are kept, and not of whom they are true."),
        has_criteria=bool(criteria),
        event_href=request.resource_path(context.event_resource),
    )


@view_config(context=Panel, name="liste.csv", permission=Permission.PANEL_READ, request_method="GET")
def export(context: Panel, request: Request) -> Response:
    """The members as a table for spreadsheets."""
    journal_access(context, "panel:export")
    event, translate = context.event_resource.event, request.localizer.translate
    header = [_("Name"), _("Street and number"), _("Postal code"), _("City"), _("E-mail"), _("Telephone")]
    header += [_("Language"), _("How the person came onto the panel")]
    header += NEEDS
    everybody = members.members_of(request.db, event.id)
    needs = NeedsOf(request, event.id, (m.invitee_id for m in everybody))
    rows = [
        (
            *(m.name, m.street, m.postal_code, m.city, m.email, m.phone, m.language, translate(ORIGINS[m.origin])),
            *needs.row(m.invitee_id),
        )
        for m in everybody
    ]
    response = csv_response(f"gremium-{event.slug}.csv", [translate(title) for title in header], rows)
    response.headers["Cache-Control"] = "no-store"
    return response
