"""What the tool tells the domain: the statement on the event's page, its facts for guards, who may do what."""

from collections.abc import Mapping
from typing import Any

from pyramid.request import Request
from sqlalchemy.orm import Session
from translationstring import TranslationStringFactory

from fdplattform.events.lifecycle import TEAM
from fdplattform.events.models import Event
from fdplattform.events.resources import EventResource
from fdplattform.events.toolbar import RESULTS
from fdplattform.events.tools import Tool, ToolLink, ToolPanel
from fdplattform.plugins.format import BadFormat, ToolUse
from fdplattform.security.permissions import Permission, Role
from fdplattform.tools.statement.models import PointStatus
from fdplattform.tools.statement.points import points_of
from fdplattform.tools.statement.resources import NAME, owning_place
from fdplattform.tools.statement.sample import fill
from fdplattform.tools.statement.services import (
    DRAFTING,
    OF_ORIGIN,
    TOOL,
    drafts_of,
    is_drafted,
    owner_id,
    statement_of,
)
from fdplattform.tools.statement.shown import carried, point_rows
from fdplattform.web.tree import nearest

_ = TranslationStringFactory("fdplattform")


def panel(request: Request, event: Event, _use: ToolUse) -> ToolPanel | None:
    """The statement with its points and responses, as soon as it is no longer written and its event is public."""
    here = nearest(request.context, EventResource)
    owner = owning_place(here)
    use = owner.use(TOOL)
    if use is None or is_drafted(owner.event, use) or not request.has_permission(Permission.EVENT_VIEW, owner):
        return None
    statement, points = statement_of(request.db, owner.event.id), points_of(request.db, owner.event.id)
    if statement is None and not points:
        return None
    texts = request.texts(*filter(None, [statement]), *points)
    return ToolPanel(
        template="fdplattform.templates:statement/panel.pt",
        result=True,
        values={
            "text": texts.get(statement, "text") if statement else None,
            "carried": carried(statement),
            "reservations": texts.get(statement, "reservations") if statement and statement.reservations else None,
            "points": point_rows(request, points),
            "origin": (owner.texts.get(owner.event, "title"), request.resource_path(owner))
            if owner.event.id != event.id
            else None,
            "answering": request.resource_path(owner, NAME, "punkte")
            if request.identity is not None and request.has_permission(Permission.STATEMENT_ANSWER, owner)
            else None,
        },
    )


def facts(session: Session, event: Event, use: ToolUse) -> Mapping[str, Any]:
    """For guards: how many drafts, how it is carried (None: not said), how many points, and how many have a response.

    At an event that works with the statement of the one it follows, the facts are those of that statement.
    """
    event_id = owner_id(event, use)
    statement, points = statement_of(session, event_id), points_of(session, event_id)
    return {
        "drafts": len(drafts_of(session, statement)) if statement else 0,
        "written": statement is not None,
        "unanimity": statement.unanimity.value if statement and statement.unanimity else None,
        "points": len(points),
        "responded": sum(point.status is not PointStatus.OPEN for point in points),
        "all_responded": bool(points) and all(point.status is not PointStatus.OPEN for point in points),
    }


def check(use: ToolUse) -> None:
    """The words are written in states in which the tool is live. Raises BadFormat."""
    drafting = frozenset(use.options.get(DRAFTING, ()))
    if use.states is not None and not drafting <= use.states:
        raise BadFormat(f"{TOOL} is drafted in {', '.join(sorted(drafting - use.states))}, where it is not live")


STATEMENT = Tool(
    id=TOOL,
    title=_("Joint statement"),
    check=check,
    options=frozenset({DRAFTING, OF_ORIGIN}),
    links=(
        ToolLink(title=_("Statement"), view=NAME, permission=Permission.STATEMENT_WRITE, group=RESULTS, order=10),
        ToolLink(
            title=_("Points and responses"),
            view=f"{NAME}/punkte",
            permission=Permission.STATEMENT_ANSWER,
            group=RESULTS,
            order=20,
        ),
    ),
    rights={
        **dict.fromkeys(TEAM, frozenset({Permission.STATEMENT_WRITE, Permission.STATEMENT_ANSWER})),
        Role.FACILITATOR: frozenset({Permission.STATEMENT_WRITE}),
    },
    panel=panel,
    facts=facts,
    sample=fill,
)
