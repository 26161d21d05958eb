"""Groups on the page of a dialogue and on the page of its fields of action."""

from typing import Any

from pyramid.config import Configurator
from pyramid.request import Request
from sqlalchemy import func, select
from translationstring import TranslationStringFactory

from fdplattform.dialogues.resources import DialogueResource
from fdplattform.findings.notes import FieldNote
from fdplattform.groups.models import Group, GroupKind
from fdplattform.groups.services import groups_of, is_set_up
from fdplattform.groups.titles import KIND_TITLES

_ = TranslationStringFactory("fdplattform")


def dialogue_groups(place: DialogueResource, request: Request) -> dict[str, Any] | None:
    """How many groups of each kind there are."""
    query = (
        select(Group.kind, func.count().label("total"))
        .where(Group.dialogue_id == place.dialogue.id)
        .group_by(Group.kind)
    )
    counts = {row.kind: row.total for row in request.db.execute(query)}
    if not counts:
        return None
    return {
        "counts": [(KIND_TITLES[kind], counts[kind]) for kind in GroupKind if kind in counts],
        "href": request.resource_path(place, "gruppen"),
    }


def working_group_notes(request: Request, place: DialogueResource) -> dict[int, list[FieldNote]]:
    """The working groups by their field of action, with what everybody may know."""
    groups = [group for group in groups_of(request.db, place.dialogue.id) if group.field_id]
    texts = request.texts(*groups)
    page = request.resource_path(place, "gruppen")
    notes: dict[int, list[FieldNote]] = {}
    for group in groups:
        lines = [texts.get(group, "title"), *_lines(request, group)]
        note = FieldNote(KIND_TITLES[group.kind], tuple(lines), f"{page}#gruppe-{group.id}")
        notes.setdefault(group.field_id or 0, []).append(note)
    return notes


def _lines(request: Request, group: Group) -> list[Any]:
    lines: list[Any] = [] if is_set_up(group) else [_("Not yet set up")]
    if group.lead_public and group.lead_name:
        lines.append(_("Responsible: ${name}", mapping={"name": group.lead_name}))
    if group.first_meeting_at:
        lines.append(_("Next meeting: ${when}", mapping={"when": request.fmt.period(group.first_meeting_at)}))
    return lines


def includeme(config: Configurator) -> None:
    config.add_panel(DialogueResource, "groups", dialogue_groups, "fdplattform.templates:groups/panel.pt", order=70)
    config.add_field_notes("groups", working_group_notes)
