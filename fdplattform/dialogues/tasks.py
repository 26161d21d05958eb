"""What there is to do about phases: those that should begin, and those that end."""

from collections.abc import Collection, Iterator
from datetime import date, timedelta

from pyramid.request import Request
from sqlalchemy import and_, or_, select
from sqlalchemy.orm import contains_eager
from translationstring import TranslationStringFactory

from fdplattform.dialogues.models import Dialogue, DialogueState, Phase, PhaseStatus
from fdplattform.dialogues.resources import dialogue_resource
from fdplattform.method import block
from fdplattform.municipalities.resources import municipality_resource
from fdplattform.security.permissions import Permission
from fdplattform.web.tasks import Task

_ = TranslationStringFactory("fdplattform")

#: A phase is announced so long before it begins or ends.
NOTICE = timedelta(days=14)


def phase_tasks(request: Request, municipality_ids: Collection[int]) -> Iterator[Task]:
    """A planned phase whose first day is near or past, and a running one whose last day is."""
    today = request.fmt.local(request.now).date()
    phases = request.db.scalars(
        select(Phase)
        .join(Phase.dialogue)
        .join(Dialogue.municipality)
        .options(contains_eager(Phase.dialogue).contains_eager(Dialogue.municipality))
        .where(
            Dialogue.municipality_id.in_(municipality_ids),
            Dialogue.state != DialogueState.CLOSED,
            or_(
                and_(Phase.status == PhaseStatus.PLANNED, Phase.starts_on <= today + NOTICE),
                and_(Phase.status == PhaseStatus.RUNNING, Phase.ends_on <= today + NOTICE),
            ),
        )
    ).all()
    texts = request.texts(*{phase.dialogue for phase in phases})
    for phase in phases:
        dialogue = phase.dialogue
        title, due = _what(phase)
        yield Task(
            title=title,
            about=texts.get(dialogue, "title"),
            municipality=dialogue.municipality.name,
            place=dialogue_resource(municipality_resource(request, dialogue.municipality), dialogue),
            view="phasen",
            permission=Permission.DIALOGUE_EDIT,
            due=due,
        )


def _what(phase: Phase) -> tuple[str, date | None]:
    mapping = {"number": phase.block, "title": block(phase.block).title}
    if phase.status is PhaseStatus.PLANNED:
        return _("Begin building block ${number}", mapping=mapping), phase.starts_on
    return _("Finish building block ${number}", mapping=mapping), phase.ends_on
