"""`/gruppen`: who works on what. Everybody sees the groups; names only where the person agreed to that."""

from dataclasses import dataclass
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.view import view_config
from translationstring import TranslationStringFactory

from fdplattform.dialogues.resources import DialogueResource
from fdplattform.findings.fields import field_options, fields_of
from fdplattform.findings.listing import FieldLink, field_links
from fdplattform.forms import Button, attributes_of, handle, make_form
from fdplattform.groups import services
from fdplattform.groups.models import Group, GroupKind
from fdplattform.groups.resources import GroupResource, GroupsResource
from fdplattform.groups.schemas import GroupEditSchema, GroupSchema, LeadersSchema
from fdplattform.groups.services import GroupText, Leadership, is_set_up
from fdplattform.groups.titles import KIND_TITLES
from fdplattform.security.permissions import Permission
from fdplattform.translation.services import Text
from fdplattform.web.tree import Resource, nearest

_ = TranslationStringFactory("fdplattform")

PAGE = "fdplattform.templates:forms/page.pt"


@dataclass(frozen=True)
class GroupRow:
    """A group as the page shows it."""

    group: Group
    kind: Any
    title: Text
    task: Text
    field: FieldLink | None
    set_up: bool
    #: The name of the person responsible, where everybody may read it.
    public_lead: str | None
    can_extend: bool
    href: str


def may_edit(context: Resource, request: Request) -> bool:
    """Whether the reader works with groups here. Who is not signed in never does."""
    return request.identity is not None and bool(request.has_permission(Permission.GROUP_EDIT, context))


@view_config(
    context=GroupsResource,
    name="",
    permission=Permission.DIALOGUE_VIEW,
    renderer="fdplattform.templates:groups/list.pt",
    request_method="GET",
)
def list_groups(context: GroupsResource, request: Request) -> dict[str, Any]:
    """All groups of the dialogue."""
    place = nearest(context, DialogueResource)
    groups = services.groups_of(request.db, place.dialogue.id)
    fields = fields_of(request.db, place.dialogue.id)
    links = field_links(request, place, fields)
    texts = request.texts(*groups)
    here = context.href
    served = {group.field_id for group in groups if group.kind is GroupKind.WORKING_GROUP}
    return {
        "title": _("Groups"),
        "rows": [
            GroupRow(
                group=group,
                kind=KIND_TITLES[group.kind],
                title=texts.get(group, "title"),
                task=texts.get(group, "task"),
                field=links.get(group.field_id or 0),
                set_up=is_set_up(group),
                public_lead=group.lead_name if group.lead_public else None,
                can_extend=group.kind is GroupKind.PREPARATION,
                href=f"{here}/{group.id}",
            )
            for group in groups
        ],
        "missing": sum(field.id not in served for field in fields),
        "staff": may_edit(context, request),
        "here": here,
        "fields_href": request.resource_path(place, "handlungsfelder"),
    }


@view_config(context=GroupsResource, name="anlegen", permission=Permission.GROUP_EDIT, renderer=PAGE)
def create(context: GroupsResource, request: Request) -> Any:
    """A new group."""

    def save(values: dict[str, Any]) -> str:
        group = services.create_group(
            request.db, context.dialogue, _text(values), now=request.now, actor=request.identity.actor
        )
        request.flash(_("The group is there. Now say who is responsible for it."))
        return request.resource_path(context, str(group.id), "verantwortung")

    form = make_form(
        GroupSchema(),
        request,
        fields=field_options(request.db, context.dialogue.id),
        buttons=[Button(title=_("Create"))],
        once=True,
        cancel=context.href,
    )
    values = {"language": context.dialogue.language}
    return handle(request, form, on_valid=save, values=values, title=_("New group"))


@view_config(context=GroupsResource, name="arbeitsgruppen", permission=Permission.GROUP_EDIT, request_method="POST")
def create_working_groups(context: GroupsResource, request: Request) -> HTTPSeeOther:
    """One for each field of action that has none yet."""
    made = services.create_working_groups(request.db, context.dialogue, now=request.now, actor=request.identity.actor)
    request.flash(_("New working groups: ${count}", mapping={"count": len(made)}))
    return HTTPSeeOther(context.href)


@view_config(context=GroupResource, name="", permission=Permission.GROUP_EDIT, renderer=PAGE)
def edit(context: GroupResource, request: Request) -> Any:
    """Change a group."""

    def save(values: dict[str, Any]) -> str:
        services.edit_group(
            request.db,
            context.dialogue,
            context.group,
            _text(values),
            version=values["version"],
            actor=request.identity.actor,
        )
        request.flash(_("The group is saved."))
        return context.parent_href

    form = make_form(
        GroupEditSchema(),
        request,
        fields=field_options(request.db, context.dialogue.id),
        cancel=context.parent_href,
    )
    values = attributes_of(form, context.group)
    return handle(request, form, on_valid=save, values=values, title=_("Change a group"))


def _text(values: dict[str, Any]) -> GroupText:
    optional = ("task", "field_id", "least_members", "most_members", "first_meeting_at", "first_meeting_place")
    return GroupText(
        kind=values["kind"],
        title=values["title"],
        language=values["language"],
        **{name: values[name] or None for name in optional},
    )


@view_config(context=GroupResource, name="erweitern", permission=Permission.GROUP_EDIT, request_method="POST")
def extend(context: GroupResource, request: Request) -> HTTPSeeOther:
    """The preparation group becomes the steering group."""
    title = request.localizer.translate(KIND_TITLES[GroupKind.STEERING])
    services.extend_to_steering(request.db, context.dialogue, context.group, title=title, actor=request.identity.actor)
    request.flash(_("The preparation group is the steering group now. Change its name and task if you like."))
    return HTTPSeeOther(context.parent_href)


@view_config(
    context=GroupResource,
    name="verantwortung",
    permission=Permission.GROUP_EDIT,
    renderer="fdplattform.templates:groups/leaders.pt",
)
def name_leaders(context: GroupResource, request: Request) -> Any:
    """Who is responsible and who stands in; consent is recorded with its date."""
    group = context.group
    before = (group.lead_name, group.lead_consented_at)

    def save(values: dict[str, Any]) -> str:
        names = ("lead_name", "lead_contact", "deputy_name", "deputy_contact")
        leaders = Leadership(
            **{name: values[name] or None for name in names}, consented=values["consented"], public=values["public"]
        )
        services.name_leaders(
            request.db,
            context.dialogue,
            group,
            leaders,
            version=values["version"],
            now=request.now,
            actor=request.identity.actor,
        )
        if before[1] and group.lead_consented_at is None:
            request.flash(_("Another person is responsible now. Ask for consent and tick it here."), "warning")
            return f"{context.href}/verantwortung"
        request.flash(_("It is saved who is responsible."))
        return context.parent_href

    form = make_form(LeadersSchema(), request, cancel=context.parent_href)
    values = {
        **attributes_of(form, group),
        "consented": group.lead_consented_at is not None,
        "public": group.lead_public,
    }
    return handle(
        request,
        form,
        on_valid=save,
        values=values,
        title=_("Who is responsible?"),
        group_title=context.page_title(request),
        consented_at=group.lead_consented_at,
        withdraw=f"{context.href}/einwilligung-widerrufen",
    )


@view_config(
    context=GroupResource, name="einwilligung-widerrufen", permission=Permission.GROUP_EDIT, request_method="POST"
)
def withdraw(context: GroupResource, request: Request) -> HTTPSeeOther:
    """The person responsible no longer agrees."""
    services.withdraw_consent(request.db, context.dialogue, context.group, actor=request.identity.actor)
    request.flash(_("Name and contact are deleted."))
    return HTTPSeeOther(context.parent_href)


@view_config(
    context=GroupResource,
    name="loeschen",
    permission=Permission.GROUP_EDIT,
    renderer="fdplattform.templates:findings/confirm.pt",
    request_method="GET",
)
def ask_before_deleting(context: GroupResource, request: Request) -> dict[str, Any]:
    """What would be gone."""
    return {
        "title": _("Delete the group?"),
        "thing": context.page_title(request),
        "explanation": _("The names of the people responsible are deleted with it."),
        "here": f"{context.href}/loeschen",
        "back": context.parent_href,
    }


@view_config(context=GroupResource, name="loeschen", permission=Permission.GROUP_EDIT, request_method="POST")
def delete(context: GroupResource, request: Request) -> HTTPSeeOther:
    """Delete it."""
    services.delete_group(request.db, context.dialogue, context.group, actor=request.identity.actor)
    request.flash(_("The group is deleted."))
    return HTTPSeeOther(context.parent_href)
