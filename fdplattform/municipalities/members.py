"""`/kommunen/{municipality}/mitglieder`: the team, invitations to it, deputies, and handing over."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from pyramid.config import Configurator
from pyramid.httpexceptions import HTTPNotFound, HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config
from sqlalchemy import select
from sqlalchemy.orm import Session
from translationstring import TranslationStringFactory

from fdplattform.accounts.models import Membership
from fdplattform.accounts.services import invitations, memberships
from fdplattform.accounts.services.memberships import roles_given_by
from fdplattform.errors import NotAllowed
from fdplattform.forms import Button, Choice, Date, Email, FormSchema, handle, make_form
from fdplattform.municipalities.models import Municipality
from fdplattform.municipalities.resources import MunicipalityResource
from fdplattform.security.permissions import Permission, Role
from fdplattform.security.titles import ROLES
from fdplattform.web.ids import parse_id
from fdplattform.web.toolbar import ADMINISTRATION

_ = TranslationStringFactory("fdplattform")

NAME = "mitglieder"
FORM = "fdplattform.templates:forms/page.pt"
HOME = "/verwaltung"


def role_options(bindings: Mapping[str, Any]) -> Sequence[tuple[Role, Any]]:
    """The roles that whoever asks may give."""
    return [(role, ROLES[role]) for role in bindings["roles"]]


def coordinator_options(bindings: Mapping[str, Any]) -> Sequence[tuple[str, Any]]:
    """The coordinators."""
    return [(str(member.id), member.account.name) for member in bindings["members"] if member.role is Role.COORDINATOR]


def member_options(bindings: Mapping[str, Any]) -> Sequence[tuple[str, Any]]:
    """Everybody in the team, once."""
    first = {member.account_id: member for member in reversed(bindings["members"])}
    return [(str(member.id), member.account.name) for member in first.values()]


class InviteSchema(FormSchema):
    """Who is invited to the team, and as what."""

    email = Email(title=_("E-mail address"), autocomplete="off")
    role = Choice(role_options, kind=Role, title=_("Role"))


class DeputySchema(FormSchema):
    """Who stands in for whom, and until when."""

    coordinator = Choice(coordinator_options, kind=int, title=_("Who is represented?"))
    member = Choice(member_options, kind=int, title=_("Who stands in?"))
    until = Date(title=_("Last day"), description=_("Leave it empty if it holds until you end it."), required=False)


class HandOverSchema(FormSchema):
    """Who hands over to whom."""

    coordinator = Choice(coordinator_options, kind=int, title=_("Who hands over?"))
    member = Choice(member_options, kind=int, title=_("Who takes over?"))


def team(context: MunicipalityResource, request: Request) -> str:
    """The address of the team's page."""
    return str(request.resource_path(context, NAME))


def end_of_day(day: date, request: Request) -> datetime:
    """The first moment after `day` on the deployment's clock."""
    return datetime.combine(day + timedelta(days=1), time(), ZoneInfo(request.fdp.time_zone))


@view_config(
    context=MunicipalityResource,
    name=NAME,
    permission=Permission.MUNICIPALITY_MEMBERS,
    request_method="GET",
    renderer="fdplattform.templates:municipalities/members.pt",
)
def members_page(context: MunicipalityResource, request: Request) -> dict[str, Any]:
    """The team and the open invitations."""
    here = context.municipality.id
    given = roles_given_by(request.identity, here)
    return {
        "title": _("Team"),
        "members": memberships.members_of(request.db, here, request.now),
        "invitations": invitations.open_invitations(request.db, here, request.now),
        "roles": ROLES,
        "given": given,
        "leads": Role.COORDINATOR in given,
    }


@view_config(
    context=MunicipalityResource,
    name="mitglied-einladen",
    permission=Permission.MUNICIPALITY_MEMBERS,
    renderer=FORM,
)
def invite(context: MunicipalityResource, request: Request) -> Any:
    """Invite somebody to the team."""
    here = context.municipality

    def on_valid(values: dict[str, Any]) -> str:
        role = values["role"]
        invitations.invite(
            request.db,
            email=values["email"],
            role=role,
            municipality_id=here.id,
            place=here.name,
            actor=request.identity.actor,
            base_url=request.fdp.base_url,
            now=request.now,
            locale=request.locale_name,
        )
        request.flash(_("The invitation is on its way."))
        return team(context, request)

    form = make_form(
        InviteSchema(),
        request,
        buttons=[Button(title=_("Send invitation"))],
        cancel=team(context, request),
        roles=roles_given_by(request.identity, here.id),
    )
    intro = _("The person gets a mail with a link that works for seven days.")
    return handle(request, form, on_valid=on_valid, title=_("Invite somebody"), intro=intro)


@view_config(
    context=MunicipalityResource,
    name="einladung-zurueckziehen",
    permission=Permission.MUNICIPALITY_MEMBERS,
    request_method="POST",
)
def withdraw(context: MunicipalityResource, request: Request) -> Response:
    """Withdraw an open invitation."""
    link_id = parse_id(request.POST.get("invitation")) or 0
    here = context.municipality.id
    if not invitations.withdraw_invitation(request.db, here, link_id, actor=request.identity.actor, now=request.now):
        raise HTTPNotFound()
    request.flash(_("The invitation is withdrawn."))
    return HTTPSeeOther(team(context, request))


@view_config(
    context=MunicipalityResource,
    name="mitglied-beenden",
    permission=Permission.MUNICIPALITY_MEMBERS,
    request_method="POST",
)
def end(context: MunicipalityResource, request: Request) -> Response:
    """End somebody's place in the team, or one's own."""
    member = find_member(context, request, parse_id(request.POST.get("membership")))
    own = member.account_id == request.identity.account_id
    if not own and member.role not in roles_given_by(request.identity, context.municipality.id):
        raise NotAllowed(_("Only the coordination can do this."))
    memberships.end_membership(request.db, member, actor=request.identity.actor, now=request.now)
    request.flash(_("The place in the team is ended."))
    return HTTPSeeOther(HOME if own else team(context, request))


@view_config(context=MunicipalityResource, name="vertretung", permission=Permission.MUNICIPALITY_MEMBERS, renderer=FORM)
def name_deputy(context: MunicipalityResource, request: Request) -> Any:
    """Let a member stand in for a coordinator."""
    only_coordination(context, request)
    if alone(context, request):
        return first_invite(context, request)

    def on_valid(values: dict[str, Any]) -> str:
        coordinator = find_member(context, request, values["coordinator"])
        until = values["until"]
        memberships.name_deputy(
            request.db,
            find_member(context, request, values["member"]),
            deputy_for=coordinator.account,
            valid_until=None if until is None else end_of_day(until, request),
            actor=request.identity.actor,
            now=request.now,
        )
        request.flash(_("The deputy is named."))
        return team(context, request)

    form = team_form(DeputySchema(), context, request, Button(title=_("Name deputy")))
    intro = _("A deputy may do everything that the coordination may do, except give the coordination to others.")
    return handle(request, form, on_valid=on_valid, title=_("Name a deputy"), intro=intro)


@view_config(context=MunicipalityResource, name="uebergeben", permission=Permission.MUNICIPALITY_MEMBERS, renderer=FORM)
def hand_over(context: MunicipalityResource, request: Request) -> Any:
    """Give the coordination to another member of the team."""
    only_coordination(context, request)
    if alone(context, request):
        return first_invite(context, request)

    def on_valid(values: dict[str, Any]) -> str:
        coordinator = find_member(context, request, values["coordinator"])
        own = coordinator.account_id == request.identity.account_id
        memberships.hand_over(
            request.db,
            coordinator,
            find_member(context, request, values["member"]),
            actor=request.identity.actor,
            now=request.now,
        )
        request.flash(_("The coordination is handed over."))
        return HOME if own else team(context, request)

    form = team_form(HandOverSchema(), context, request, Button(title=_("Hand over")))
    intro = _("Everything stays as it is; only the person changes. Who hands over leaves the team.")
    return handle(request, form, on_valid=on_valid, title=_("Hand over the coordination"), intro=intro)


def only_coordination(context: MunicipalityResource, request: Request) -> None:
    """Raises NotAllowed for a deputy."""
    if Role.COORDINATOR not in roles_given_by(request.identity, context.municipality.id):
        raise NotAllowed(_("Only the coordination can do this."))


def alone(context: MunicipalityResource, request: Request) -> bool:
    """True while the team is one person: nobody is there to stand in or to take over."""
    members = memberships.members_of(request.db, context.municipality.id, request.now)
    return len({member.account_id for member in members}) < 2


def first_invite(context: MunicipalityResource, request: Request) -> Response:
    """On to the form with which the team grows."""
    request.flash(_("Nobody else is in the team yet. Please invite somebody first."), "info")
    return HTTPSeeOther(request.resource_path(context, "mitglied-einladen"))


def team_form(schema: FormSchema, context: MunicipalityResource, request: Request, button: Button) -> Any:
    """A form that offers the members of the team."""
    members = memberships.members_of(request.db, context.municipality.id, request.now)
    return make_form(schema, request, buttons=[button], cancel=team(context, request), members=members)


def find_member(context: MunicipalityResource, request: Request, membership_id: int | None) -> Membership:
    """The membership in this very municipality. Raises HTTPNotFound for another's."""
    member = memberships.get_member(request.db, context.municipality.id, membership_id or 0)
    if member is None:
        raise HTTPNotFound()
    return member


def place_names(session: Session, ids: frozenset[int]) -> dict[int, str]:
    """How municipalities are called, for the pages about accounts."""
    rows = session.execute(select(Municipality.id, Municipality.name).where(Municipality.id.in_(ids)))
    return {row.id: row.name for row in rows}


def includeme(config: Configurator) -> None:
    config.set_place_names(place_names)
    config.add_toolbar_link(
        MunicipalityResource,
        NAME,
        _("Team"),
        permission=Permission.MUNICIPALITY_MEMBERS,
        order=70,
        group=ADMINISTRATION,
    )
    config.add_access_page(MunicipalityResource, Permission.MUNICIPALITY_WORK)
