"""`/verwaltung`: the first page after signing in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from pyramid.request import Request
from pyramid.view import view_config
from sqlalchemy import select
from translationstring import TranslationStringFactory

from fdplattform.municipalities.models import Municipality
from fdplattform.municipalities.resources import municipality_resource
from fdplattform.security.permissions import Permission
from fdplattform.web.tasks import Task, tasks_in
from fdplattform.web.tree import Administration

_ = TranslationStringFactory("fdplattform")

#: Today and the six days that follow.
WEEK = timedelta(days=6)


@dataclass(frozen=True)
class Section:
    """Tasks that are about equally urgent."""

    id: str
    title: Any
    tasks: Sequence[dict[str, Any]]


@view_config(
    context=Administration,
    name="",
    permission=Permission.WORK_VIEW,
    renderer="fdplattform.templates:office/week.pt",
    request_method="GET",
)
def my_week(_context: Administration, request: Request) -> dict[str, Any]:
    """What is overdue, what is due this week, and what comes later."""
    ids = request.identity.municipality_ids
    today = request.fmt.local(request.now).date()
    tasks = tasks_in(request, ids)
    return {
        "title": _("My week"),
        "name": request.identity.name,
        "sections": [section for section in _sections(request, tasks, today) if section.tasks],
        "places": _places(request, ids),
        "is_office": request.has_permission(Permission.PROGRAMME_VIEW, request.root),
    }


def _sections(request: Request, tasks: Sequence[Task], today: date) -> list[Section]:
    overdue = [task for task in tasks if task.due is not None and task.due < today]
    week = [task for task in tasks if task.due is not None and today <= task.due <= today + WEEK]
    later = [task for task in tasks if task.due is None or task.due > today + WEEK]
    return [
        Section("overdue", _("Overdue"), [_row(request, task) for task in overdue]),
        Section("week", _("This week"), [_row(request, task) for task in week]),
        Section("later", _("Later"), [_row(request, task) for task in later]),
    ]


def _row(request: Request, task: Task) -> dict[str, Any]:
    path = task.view.split("/") if task.view else []
    return {"task": task, "href": request.resource_path(task.place, *path)}


def _places(request: Request, ids: frozenset[int]) -> list[tuple[str, str]]:
    if not ids:
        return []
    query = select(Municipality).where(Municipality.id.in_(ids)).order_by(Municipality.name)
    return [
        (each.name, request.resource_path(municipality_resource(request, each))) for each in request.db.scalars(query)
    ]
