"""What there is to do about groups: those that cannot work yet."""

from collections.abc import Collection, Iterator

from pyramid.request import Request
from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload
from translationstring import TranslationStringFactory

from fdplattform.dialogues.models import Dialogue, DialogueState
from fdplattform.dialogues.resources import dialogue_resource
from fdplattform.groups.models import Group, GroupKind
from fdplattform.municipalities.resources import municipality_resource
from fdplattform.security.permissions import Permission
from fdplattform.web.tasks import Task

_ = TranslationStringFactory("fdplattform")


def group_tasks(request: Request, municipality_ids: Collection[int]) -> Iterator[Task]:
    """The working groups without a person responsible, without consent or without a deputy."""
    query = (
        select(Group, Dialogue)
        .join(Dialogue, Dialogue.id == Group.dialogue_id)
        .options(joinedload(Dialogue.municipality))
        .where(
            Dialogue.municipality_id.in_(municipality_ids),
            Dialogue.state != DialogueState.CLOSED,
            Group.kind == GroupKind.WORKING_GROUP,
            or_(Group.lead_name.is_(None), Group.lead_consented_at.is_(None), Group.deputy_name.is_(None)),
        )
    )
    rows = request.db.execute(query).all()
    texts = request.texts(*(dialogue for _group, dialogue in rows))
    for group, dialogue in rows:
        meeting = group.first_meeting_at
        yield Task(
            title=_("Name who is responsible and who stands in: ${group}", mapping={"group": group.title}),
            about=texts.get(dialogue, "title"),
            municipality=dialogue.municipality.name,
            place=dialogue_resource(municipality_resource(request, dialogue.municipality), dialogue),
            view="gruppen",
            permission=Permission.GROUP_EDIT,
            due=None if meeting is None else request.fmt.local(meeting).date(),
        )
