"""What there is to do about dialogues: plan and publish them, begin and end their phases."""

from collections.abc import Collection, Iterator
from datetime import date, timedelta
from functools import partial

from pyramid.request import Request
from sqlalchemy import and_, exists, or_, select
from sqlalchemy.orm import contains_eager, joinedload
from translationstring import TranslationStringFactory

from fdplattform.dialogues.models import Dialogue, DialogueState, Phase, PhaseStatus
from fdplattform.dialogues.resources import dialogue_resource
from fdplattform.method import block
from fdplattform.municipalities.models import Municipality
from fdplattform.municipalities.resources import municipality_resource
from fdplattform.security.permissions import Permission
from fdplattform.web.tasks import Task

_ = TranslationStringFactory("fdplattform")

#: A phase is announced so long before it begins or ends.
NOTICE = timedelta(days=14)


def first_tasks(request: Request, municipality_ids: Collection[int]) -> Iterator[Task]:
    """Municipalities in which there is no dialogue yet."""
    query = (
        select(Municipality)
        .where(Municipality.id.in_(municipality_ids), ~exists().where(Dialogue.municipality_id == Municipality.id))
        .order_by(Municipality.name)
    )
    for municipality in request.db.scalars(query):
        yield Task(
            title=_("Start a dialogue"),
            municipality=municipality.name,
            place=municipality_resource(request, municipality),
            view="dialog-anlegen",
            permission=Permission.DIALOGUE_CREATE,
        )


def draft_tasks(request: Request, municipality_ids: Collection[int]) -> Iterator[Task]:
    """Dialogues that have no dates yet, and those that nobody sees yet."""
    planned = exists().where(Phase.dialogue_id == Dialogue.id, Phase.starts_on.is_not(None))
    query = (
        select(Dialogue, planned)
        .options(joinedload(Dialogue.municipality))
        .where(Dialogue.municipality_id.in_(municipality_ids), Dialogue.state != DialogueState.CLOSED)
        .order_by(Dialogue.id)
    )
    rows = request.db.execute(query).all()
    texts = request.texts(*(dialogue for dialogue, _planned in rows))
    for dialogue, is_planned in rows:
        of_dialogue = partial(
            Task,
            about=texts.get(dialogue, "title"),
            municipality=dialogue.municipality.name,
            place=dialogue_resource(municipality_resource(request, dialogue.municipality), dialogue),
        )
        if not is_planned:
            yield of_dialogue(
                title=_("Enter when the phases begin and end"), view="phasen", permission=Permission.DIALOGUE_EDIT
            )
        if dialogue.state is DialogueState.DRAFT:
            yield of_dialogue(title=_("Look at the draft and publish it"), permission=Permission.DIALOGUE_PUBLISH)


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
