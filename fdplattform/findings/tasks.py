"""What there is to do about results: those that nobody sees yet."""

from collections.abc import Collection, Iterator

from pyramid.request import Request
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload
from translationstring import TranslationStringFactory

from fdplattform.dialogues.models import Dialogue
from fdplattform.dialogues.resources import dialogue_resource
from fdplattform.findings.models import Finding
from fdplattform.municipalities.resources import municipality_resource
from fdplattform.security.permissions import Permission
from fdplattform.web.tasks import Task

_ = TranslationStringFactory("fdplattform")


def finding_tasks(request: Request, municipality_ids: Collection[int]) -> Iterator[Task]:
    """The dialogues with results that are not published."""
    counts = (
        select(Finding.dialogue_id, func.count().label("total"))
        .where(Finding.published.is_(False))
        .group_by(Finding.dialogue_id)
        .subquery()
    )
    query = (
        select(Dialogue, counts.c.total)
        .join(counts, counts.c.dialogue_id == Dialogue.id)
        .options(joinedload(Dialogue.municipality))
        .where(Dialogue.municipality_id.in_(municipality_ids))
    )
    rows = request.db.execute(query).all()
    texts = request.texts(*(dialogue for dialogue, _total in rows))
    for dialogue, total in rows:
        yield Task(
            title=_("Check results and publish them: ${count}", mapping={"count": total}),
            about=texts.get(dialogue, "title"),
            municipality=dialogue.municipality.name,
            place=dialogue_resource(municipality_resource(request, dialogue.municipality), dialogue),
            view="ergebnisse",
            permission=Permission.FINDING_EDIT,
        )
