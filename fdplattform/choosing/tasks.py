"""What there is to do about choosing: dialogues that have no event yet."""

from collections.abc import Collection, Iterator

from pyramid.request import Request
from sqlalchemy import exists, select
from sqlalchemy.orm import joinedload
from translationstring import TranslationStringFactory

from fdplattform.dialogues.models import Dialogue, DialogueState
from fdplattform.dialogues.resources import dialogue_resource
from fdplattform.events.models import Event
from fdplattform.municipalities.resources import municipality_resource
from fdplattform.security.permissions import Permission
from fdplattform.web.tasks import Task

_ = TranslationStringFactory("fdplattform")


def choosing_tasks(request: Request, municipality_ids: Collection[int]) -> Iterator[Task]:
    """The dialogues for which no format was chosen yet."""
    query = (
        select(Dialogue)
        .options(joinedload(Dialogue.municipality))
        .where(
            Dialogue.municipality_id.in_(municipality_ids),
            Dialogue.state != DialogueState.CLOSED,
            ~exists().where(Event.dialogue_id == Dialogue.id),
        )
        .order_by(Dialogue.id)
    )
    dialogues = request.db.scalars(query).all()
    texts = request.texts(*dialogues)
    for dialogue in dialogues:
        yield Task(
            title=_("Choose a format for the first event"),
            about=texts.get(dialogue, "title"),
            municipality=dialogue.municipality.name,
            place=dialogue_resource(municipality_resource(request, dialogue.municipality), dialogue),
            view="format-waehlen",
            permission=Permission.EVENT_CREATE,
        )
