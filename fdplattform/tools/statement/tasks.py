"""What there is to do about statements: responses that were promised until a day."""

from collections.abc import Collection, Iterator

from pyramid.request import Request
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload
from translationstring import TranslationStringFactory

from fdplattform.dialogues.models import Dialogue
from fdplattform.dialogues.resources import dialogue_resource
from fdplattform.events.models import Event
from fdplattform.events.resources import event_resource
from fdplattform.municipalities.resources import municipality_resource
from fdplattform.security.permissions import Permission
from fdplattform.tools.statement.models import PointStatus, StatementPoint
from fdplattform.tools.statement.resources import NAME
from fdplattform.web.tasks import Task
from fdplattform.workflow import CANCELLED

_ = TranslationStringFactory("fdplattform")


def point_tasks(request: Request, municipality_ids: Collection[int]) -> Iterator[Task]:
    """The statements with points that nobody has responded to, due with the first of them."""
    waiting = (
        select(StatementPoint.event_id, func.count().label("points"), func.min(StatementPoint.due_on).label("due"))
        .where(StatementPoint.status == PointStatus.OPEN, StatementPoint.due_on.is_not(None))
        .group_by(StatementPoint.event_id)
        .subquery()
    )
    query = (
        select(Event, waiting.c.points, waiting.c.due)
        .join(waiting, waiting.c.event_id == Event.id)
        .join(Event.dialogue)
        .options(joinedload(Event.dialogue).joinedload(Dialogue.municipality))
        .where(Dialogue.municipality_id.in_(municipality_ids), Event.state != CANCELLED)
        .order_by(Event.id)
    )
    rows = request.db.execute(query).all()
    texts = request.texts(*(row.Event for row in rows))
    for event, points, due in rows:
        municipality = event.dialogue.municipality
        place = dialogue_resource(municipality_resource(request, municipality), event.dialogue)
        yield Task(
            title=_("Get the responses that were promised: ${count}", mapping={"count": points}),
            about=texts.get(event, "title"),
            municipality=municipality.name,
            place=event_resource(place, event),
            view=f"{NAME}/punkte",
            permission=Permission.STATEMENT_ANSWER,
            due=due,
        )
