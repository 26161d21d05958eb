"""How a statement and its points are shown."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from pyramid.request import Request
from translationstring import TranslationString

from fdplattform.events.lights import traffic_light
from fdplattform.tools.statement.models import PointStatus, Statement, StatementPoint
from fdplattform.tools.statement.schemas import STATUSES, UNANIMITY

#: How a status looks; its words say it all.
BADGES: Mapping[PointStatus, str] = {
    PointStatus.OPEN: "info",
    PointStatus.TAKEN_UP: "success",
    PointStatus.PARTLY: "success",
    PointStatus.EXAMINED: "warning",
    PointStatus.NOT_TAKEN_UP: "danger",
}


def carried(statement: Statement | None) -> TranslationString | None:
    """How the statement is carried, in words; None while nobody has said it."""
    return None if statement is None else dict(UNANIMITY).get(statement.unanimity)


def point_row(request: Request, point: StatementPoint, today: date) -> dict[str, Any]:
    """A point as pages show it; its texts are asked for with `request.texts` before."""
    texts = request.texts(point)
    answered = point.status is not PointStatus.OPEN
    return {
        "point": point,
        "text": texts.get(point, "text"),
        "body": texts.get(point, "body"),
        "status": dict(STATUSES)[point.status],
        "badge": BADGES[point.status],
        "light": None if answered else traffic_light(point.due_on, today, done=False),
        "due": None if answered or point.due_on is None else request.fmt.date(point.due_on),
        "response": texts.get(point, "response"),
        "responded": request.fmt.date(point.responded_on) if point.responded_on else None,
        "outcome": texts.get(point, "outcome"),
        "outcome_on": request.fmt.date(point.outcome_on) if point.outcome_on else None,
    }


def point_rows(request: Request, points: list[StatementPoint] | Any) -> list[dict[str, Any]]:
    """All points, with one query for their texts."""
    request.texts(*points)
    today = request.fmt.local(request.now).date()
    return [point_row(request, point, today) for point in points]
